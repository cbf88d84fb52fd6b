import type { CartChange, SharedLine } from '../../../contracts/dining.ts'
import type { CartLine, PricedLine } from '../../../contracts/order.ts'
import { CART_LINES_MAX } from '../rules.ts'

/** The same goods with the same choices are the same wish, whoever has it. */
export const wishKeyOf = ({ productId, skuId, choiceIds }: Pick<CartLine, 'productId' | 'skuId' | 'choiceIds'>): string =>
  JSON.stringify([productId, skuId ?? '', [...choiceIds].sort()])

const QUANTITY_MAX = 99

export type CartRefusal = 'LineUnknown' | 'NotYours' | 'CartFull'

/**
 * What the shared cart is after a change by one guest. A wish that the guest has in there already grows; somebody else's
 * is left alone. `priced` is the line to add, as the server knows it.
 */
export function changedCart(
  lines: readonly SharedLine[], change: CartChange, { guest, priced }: { guest: number, priced: SharedLine | null },
): SharedLine[] | CartRefusal {
  if (change.kind === 'SetQuantity') return withQuantity(lines, change, guest)
  if (!priced) throw new Error('A line is priced before it is added.')
  const own = lines.find(line => line.guest === guest && wishKeyOf(line) === wishKeyOf(priced))
  if (own) {
    const quantity = Math.min(QUANTITY_MAX, own.quantity + priced.quantity)
    return lines.map(line => line.id === own.id ? { ...line, unitFen: priced.unitFen, quantity } : line)
  }
  return lines.length >= CART_LINES_MAX ? 'CartFull' : [...lines, { ...priced, guest }]
}

function withQuantity(
  lines: readonly SharedLine[], { lineId, quantity }: Extract<CartChange, { kind: 'SetQuantity' }>, guest: number,
): SharedLine[] | CartRefusal {
  const line = lines.find(one => one.id === lineId)
  if (!line) return 'LineUnknown'
  if (line.guest !== guest) return 'NotYours'
  return quantity === 0 ? lines.filter(one => one !== line) : lines.map(one => one === line ? { ...one, quantity } : one)
}

/** A priced line as it stands in the shared cart. */
export function sharedLine(line: PricedLine, id: string, guest: number): SharedLine {
  const { productId, skuId, choiceIds, quantity, name, picture, specs, choices, unitFen } = line
  const kind = { ...skuId === undefined ? {} : { skuId }, ...specs === undefined ? {} : { specs } }
  return { id, guest, productId, ...kind, choiceIds, quantity, name, picture, choices, unitFen }
}

/** What is sent to the server to be priced: no names, no prices. */
export const toWish = ({ productId, skuId, choiceIds, quantity }: CartLine): CartLine =>
  ({ productId, ...skuId === undefined ? {} : { skuId }, choiceIds, quantity })
