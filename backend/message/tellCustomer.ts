import type { OrderState } from '../../contracts/order.ts'
import { orders } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import { TO_HAND_OVER, TO_MAKE } from '../order/rules.ts'
import type { EffectDocument } from '../outbox/outbox.ts'
import { judgeRefusal } from '../outbox/rules.ts'
import type { EffectResult } from '../outbox/rules.ts'
import type { World } from '../ports.ts'
import { filled, goodsOf } from './rules.ts'
import type { Occasion } from './rules.ts'

/** Where a tap on a message leads. */
const ORDER_PAGE = 'packages/order/order/order'
/** The customer said no, or has no acceptance left: only WeChat knows, and it is nobody's fault. Source: subscribeMessage.send. */
const REFUSED_BY_CUSTOMER = 43101

const HINTS: Record<Occasion, string> = { Paid: '已开始制作，好了会通知你', Ready: '请到柜台取餐', Refunded: '款项将原路退回' }

/** What is brought or posted is not called for at the counter. */
function hintOf(occasion: Occasion, { fulfilment: { kind } }: OrderDocument): string {
  if (occasion !== 'Ready') return HINTS[occasion]
  return { Delivery: '骑手马上送出', Express: '已寄出', PickUp: '请到店提货', DineIn: '马上送到桌边', TakeAway: HINTS.Ready, Virtual: HINTS.Ready }[kind]
}

/** Says that the order is paid; not once it is ready, which is told anyway. */
export const tellPaid = (world: World, effect: EffectDocument): Promise<EffectResult> => tell(world, effect, 'Paid', TO_MAKE)

/** Says that the order stands on the counter; not once the customer has it. */
export const tellReady = (world: World, effect: EffectDocument): Promise<EffectResult> => tell(world, effect, 'Ready', TO_HAND_OVER)

/** Says that money has gone back; its amount comes with the effect. */
export const tellRefunded = (world: World, effect: EffectDocument): Promise<EffectResult> => tell(world, effect, 'Refunded', null)

async function tell(
  world: World, { orderId, payload, createdAtMs }: EffectDocument, occasion: Occasion, states: readonly OrderState[] | null,
): Promise<EffectResult> {
  const template = world.settings.templates[occasion]
  if (!template) return { kind: 'NotWanted', because: 'no such template is set up any more' }
  const order = await orders(world).read(orderId)
  if (!order || (states && !states.includes(order.state))) return { kind: 'NotWanted', because: 'the order has moved on' }
  const amount = typeof payload.amountFen === 'number' ? payload.amountFen : order.totalFen
  const answer = await world.openInterfaces.sendMessage({
    openid: order.openid,
    templateId: template.id,
    page: `${ORDER_PAGE}?orderId=${orderId}`,
    data: filled(template, { ...factsOf(order), amount, time: createdAtMs, hint: hintOf(occasion, order) }),
  })
  if (answer.ok) return { kind: 'Done' }
  if (answer.errcode === REFUSED_BY_CUSTOMER) return { kind: 'NotWanted', because: 'the customer did not ask for it' }
  return judgeRefusal(answer)
}

const factsOf = (order: OrderDocument) =>
  ({ goods: goodsOf(order.lines), pickupNumber: order.pickupNumber ?? '', orderNumber: order._id })
