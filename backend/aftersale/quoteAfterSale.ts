import type { RefundWish } from '../../contracts/afterSale.ts'
import { done, refused } from '../../contracts/outcome.ts'
import { folderOf } from '../content/rules.ts'
import { memberIdOf } from '../member/members.ts'
import { templateIds } from '../message/rules.ts'
import { ownOrder } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import { view } from '../order/readOrders.ts'
import type { World } from '../ports.ts'
import { quoteFor } from '../refund/refundOrder.ts'

/** The form for money back, with what all that is left comes to. As many database operations as the order's own page. */
export async function afterSaleForm(world: World, openid: string, { orderId }: { orderId: string }) {
  const order = await ownOrder(world, openid, orderId)
  if (!order) return refused('OrderUnknown')
  const quote = quoteOf(world, order, { kind: 'Whole' })
  return done({ order: await view(world, order), quote: quote.ok ? quote.value : null })
}

/** What would go back for a wish, before the customer asks for it. One database operation. */
export async function afterSaleQuote(world: World, openid: string, { orderId, wish }: { orderId: string, wish: RefundWish }) {
  const order = await ownOrder(world, openid, orderId)
  return order ? quoteOf(world, order, wish) : refused('OrderUnknown')
}

/** The sums, where the photos go, and which messages the customer is asked about. */
function quoteOf(world: World, order: OrderDocument, wish: RefundWish) {
  const outcome = quoteFor(world, order, wish)
  if (!outcome.ok) return outcome
  const photosInto = folderOf('aftersale', memberIdOf(order.openid))
  return done({ ...outcome.value, photosInto, askFor: templateIds(world.settings.templates, ['Refunded']) })
}
