import type { Address, Receiver } from '../../contracts/address.ts'
import type { Fulfilment } from '../../contracts/fulfilment.ts'
import type { FulfilmentView } from '../../contracts/order.ts'
import { maskedPhone, receiverOf } from '../address/rules.ts'
import { destinationOf } from '../fulfilment/trips.ts'
import type { SeatedAt } from '../link/links.ts'
import type { StoreDocument } from '../store/stores.ts'

/** How an order reaches its customer, as it was when it was ordered. */
export type FrozenFulfilment =
  | { kind: 'DineIn' } & SeatedAt
  | { kind: 'TakeAway' | 'PickUp', slotAtMs?: number | null }
  | { kind: 'Delivery', addressId?: string, slotAtMs?: number | null, receiver?: Receiver, meters?: number | null }
  | { kind: 'Express', addressId?: string, receiver: Receiver }
  | { kind: 'Virtual' }

/** What a wish comes to at a store. Throws where a seat or an address lacks that was asked for before. */
export function freeze(
  wish: Fulfilment, { seat, address, store }: { seat: SeatedAt | null, address: Address | null, store: StoreDocument },
): FrozenFulfilment {
  if (wish.kind === 'TakeAway' || wish.kind === 'PickUp') return { kind: wish.kind, slotAtMs: wish.slotAtMs ?? null }
  if (wish.kind === 'DineIn') {
    if (!seat) throw new Error('Nobody sits at no table.')
    return { kind: 'DineIn', ...seat }
  }
  if (!address) throw new Error('Nothing goes to no address.')
  const to = { addressId: address.id, receiver: receiverOf(address) }
  if (wish.kind === 'Express') return { kind: 'Express', ...to }
  return { kind: 'Delivery', ...to, slotAtMs: wish.slotAtMs ?? null, meters: destinationOf(address, store).meters }
}

/** The wish that a frozen order came from, to be priced again; null for what was never placed here. */
export function wishOf(frozen: FrozenFulfilment): Fulfilment | null {
  switch (frozen.kind) {
    case 'DineIn': return { kind: 'DineIn', linkId: frozen.linkId }
    case 'TakeAway': case 'PickUp': return { kind: frozen.kind, ...slotOf(frozen) }
    case 'Delivery': return { kind: 'Delivery', ...addressOf(frozen), ...slotOf(frozen) }
    case 'Express': return { kind: 'Express', ...addressOf(frozen) }
    case 'Virtual': return null
  }
}

const slotOf = ({ slotAtMs }: { slotAtMs?: number | null }) => typeof slotAtMs === 'number' ? { slotAtMs } : {}
const addressOf = ({ addressId }: { addressId?: string }) => addressId === undefined ? {} : { addressId }

/** As its customer sees it. */
export function viewFulfilment(frozen: FrozenFulfilment): FulfilmentView {
  switch (frozen.kind) {
    case 'DineIn': return { kind: 'DineIn', tableName: frozen.tableName }
    case 'TakeAway': case 'PickUp': return { kind: frozen.kind, slotAtMs: frozen.slotAtMs ?? null }
    case 'Delivery': return {
      kind: 'Delivery', slotAtMs: frozen.slotAtMs ?? null, receiver: frozen.receiver ?? null, meters: frozen.meters ?? null,
    }
    case 'Express': return { kind: 'Express', receiver: frozen.receiver }
    case 'Virtual': return { kind: 'Virtual' }
  }
}

/** As it stands in a list that others read: nobody needs a stranger's number there. */
export function maskFulfilment(view: FulfilmentView): FulfilmentView {
  if (view.kind !== 'Delivery' && view.kind !== 'Express') return view
  return view.receiver ? { ...view, receiver: { ...view.receiver, phone: maskedPhone(view.receiver.phone) } } as FulfilmentView : view
}
