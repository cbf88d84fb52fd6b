import { demoCatalog } from '../../../demo/seed.ts'
import type { CartLine, Fulfilment } from '../../../contracts/order.ts'
import type { Person, Town } from './people.ts'

const choicesOf = (productId: string): string[] =>
  (demoCatalog.products.find(({ id }) => id === productId)?.optionGroups ?? [])
    .filter(group => group.min > 0).map(group => group.choices[0]!.id)

/** One piece, with the first of whatever has to be chosen. */
export const dish = (productId: string): CartLine => ({ productId, choiceIds: choicesOf(productId), quantity: 1 })

const atTable: Fulfilment = { kind: 'DineIn', linkId: demoCatalog.links.find(link => link.kind === 'Table')!.id }

interface Wish { lines: CartLine[], fulfilment: Fulfilment, remark: string }

/** What is ordered where nothing else is said: a drink with choices, and something to eat, at a table. */
const usual: Wish = { lines: [dish('brown-sugar-pearl-milk'), dish('earl-grey-cookies')], fulfilment: atTable, remark: '珍珠多一点' }

/** An order that waits for its money; answers its id. */
export async function ordered(person: Person, wish: Wish = usual): Promise<string> {
  const { totalFen } = await person.shop('quote', { lines: wish.lines, fulfilment: wish.fulfilment })
  const { id } = await person.shop('placeOrder', { requestId: crypto.randomUUID(), ...wish, expectedTotalFen: totalFen })
  return id
}

/** An order that the shop is working on; answers its id. */
export async function orderedAndPaid(town: Town, person: Person, wish: Wish = usual): Promise<string> {
  const orderId = await ordered(person, wish)
  const { outTradeNo } = await person.shop('unifiedOrder', { orderId })
  await town.pay(outTradeNo)
  await person.shop('syncPayment', { orderId })
  return orderId
}

/** An order that went over the counter; answers its id. */
export async function collected(town: Town, person: Person, owner: Person): Promise<string> {
  const orderId = await orderedAndPaid(town, person, {
    lines: [dish('cheese-matcha'), dish('earl-grey-cookies')], fulfilment: { kind: 'TakeAway' }, remark: '',
  })
  await owner.merchant('markReady', { orderId })
  await owner.merchant('markCollected', { orderId })
  return orderId
}

/** Two bowls and a jar, under way in a parcel to the default address; answers the order's id. */
export async function posted(town: Town, person: Person, owner: Person): Promise<string> {
  const orderId = await orderedAndPaid(town, person, {
    lines: [{ productId: 'rice-bowl', skuId: 'green-small', choiceIds: [], quantity: 2 }, dish('honey-jar')],
    fulfilment: { kind: 'Express' }, remark: '',
  })
  await owner.merchant('shipOrder', { orderId, parcels: [{ company: 'ZTO', trackingNumber: '73100090526018' }] })
  return orderId
}

/** An order that waits at the counter; answers its id. */
export async function ready(town: Town, person: Person, owner: Person): Promise<string> {
  const orderId = await orderedAndPaid(town, person, { ...usual, fulfilment: { kind: 'TakeAway' } })
  await owner.merchant('markReady', { orderId })
  return orderId
}

/** Four bowls under way in two parcels; answers the order's id. */
export async function inTwoParcels(town: Town, person: Person, owner: Person): Promise<string> {
  const orderId = await orderedAndPaid(town, person, {
    lines: [{ productId: 'rice-bowl', skuId: 'blue-small', choiceIds: [], quantity: 4 }], fulfilment: { kind: 'Express' }, remark: '',
  })
  await owner.merchant('shipOrder', {
    orderId, parcels: [
      { company: 'ZTO', trackingNumber: '73100090526019', lines: [{ line: 0, quantity: 3 }] },
      { company: 'SF', trackingNumber: 'SF1400090526020', lines: [{ line: 0, quantity: 1 }] },
    ],
  })
  return orderId
}

/** An order whose money the owner sent back, all of it; answers its id. */
export async function refunded(town: Town, person: Person, owner: Person): Promise<string> {
  const orderId = await orderedAndPaid(town, person)
  const { totalFen } = await person.shop('order', { orderId })
  await owner.merchant('refundOrder', {
    requestId: crypto.randomUUID(), orderId, wish: { kind: 'Whole' }, goodsReturned: [], expectedFen: totalFen, note: '做错了，重新做了一份',
  })
  return orderId
}

/** Asks for one piece of an order back. */
export async function asksForMoney(person: Person, orderId: string): Promise<void> {
  const wish = { kind: 'Lines' as const, lines: [{ line: 0, quantity: 1 }] }
  const { amountFen } = await person.shop('afterSaleQuote', { orderId, wish })
  await person.shop('requestAfterSale', {
    requestId: crypto.randomUUID(), orderId, wish, reason: 'NotAsOrdered', text: '要的是少冰，做成了正常冰', photos: [], expectedFen: amountFen,
  })
}
