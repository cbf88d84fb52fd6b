import { togetherMax } from '../../contracts/shipping.ts'
import { done, refused } from '../../contracts/outcome.ts'
import { oneOf } from '../database.ts'
import { ofStore, orders } from '../order/orders.ts'
import { TO_MAKE } from '../order/rules.ts'
import type { World } from '../ports.ts'
import { fitOneParcel } from '../shipping/rules.ts'
import { postedOf } from '../shipping/shipTogether.ts'
import { viewBarOrder } from './serve.ts'

/** Enough to find the others among everything that one customer has waiting. */
const LOOKED_AT = 50

/** What could go into one parcel with an order: paid and not yet posted, of the same person to the same address. Two operations. */
export async function listOrdersToShipWith(world: World, { orderId }: { orderId: string }) {
  const order = await ofStore(world, orderId)
  if (!order) return refused('OrderUnknown')
  if (order.fulfilment.kind !== 'Express') return refused('NothingToShip')
  const { openid, storeId } = order
  const found = await orders(world).find({ where: { openid, storeId, state: oneOf(TO_MAKE) }, sort: ['sortKey', 'asc'], limit: LOOKED_AT })
  const others = found.filter(one => one._id !== orderId && one.fulfilment.kind === 'Express' && fitOneParcel([order, one].map(postedOf)))
  return done({ orders: others.slice(0, togetherMax - 1).map(viewBarOrder) })
}
