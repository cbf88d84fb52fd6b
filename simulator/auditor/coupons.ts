import { isPaid } from './books.ts'
import type { Books, Change, Row } from './books.ts'
import type { Violation } from './promises.ts'

/** Promise 6, at every step: a coupon belongs to one order at a time, and to one that has a right to it. */
export function checkCoupons({ collection, before, after }: Change, books: Books): Violation[] {
  if (!after || before?.state === after.state) return []
  if (collection === 'orders') return checkHolder(after, books)
  if (collection !== 'coupons') return []
  return before ? checkStep(before, after, books) : checkLimits(after, books)
}

/** While an order with a coupon can be paid, and when it is, the coupon is its own. */
function checkHolder(order: Row, books: Books): Violation[] {
  if (order.couponId === null || (order.state !== 'Unpaid' && order.state !== 'Paid')) return []
  const coupon = books.row('coupons', order.couponId)
  if (coupon?.openid !== order.openid) return [{ promise: 6, what: `${String(order._id)} uses the coupon ${String(order.couponId)} of ${String(coupon?.openid)}` }]
  if (coupon?.orderId === order._id && (coupon?.state === 'Locked' || coupon?.state === 'Used')) return []
  return [{ promise: 6, what: `${String(order._id)} is ${String(order.state)}, and its coupon is ${String(coupon?.state)} for ${String(coupon?.orderId)}` }]
}

function checkStep(before: Row, after: Row, books: Books): Violation[] {
  const orderId = after.orderId ?? before.orderId
  const order = books.row('orders', orderId)
  const [id, to] = [String(after._id), String(after.state)]
  const wrong = (why: string): Violation[] => [{ promise: 6, what: `${id} becomes ${to}: ${why}` }]
  const holder = `${String(orderId)} is ${String(order?.state)}`
  if (to === 'Locked' && order?.couponId !== after._id) return wrong(`${String(orderId)} has not asked for it`)
  if (to === 'Used' && !isPaid(order?.state)) return wrong(holder)
  if (to === 'Taken' && before.state === 'Used' && order?.state !== 'Refunded') return wrong(holder)
  const isOver = order === undefined || ['Closed', 'Rejected', 'Refunded'].includes(String(order.state))
  return to === 'Taken' && !isOver ? wrong(holder) : []
}

/** No more are handed out than there are, to all and to each. */
function checkLimits(coupon: Row, books: Books): Violation[] {
  const template = books.row('couponTemplates', coupon.templateId)
  const all = books.rows('coupons').filter(({ templateId }) => templateId === coupon.templateId)
  const own = all.filter(({ openid }) => openid === coupon.openid)
  const violations: Violation[] = []
  const most = template?.totalMax === null ? Number.POSITIVE_INFINITY : Number(template?.totalMax)
  if (all.length > most) violations.push({ promise: 6, what: `${all.length} coupons ${String(coupon.templateId)} are out, of ${most}` })
  if (own.length > Number(template?.perPersonMax)) violations.push({ promise: 6, what: `${String(coupon.openid)} has ${own.length} coupons ${String(coupon.templateId)}` })
  return violations
}

/** In the end every coupon is its member's again, or used by an order that stays paid, and the counts are those of the coupons. */
export function checkCouponsHealed(books: Books, nowMs: number): Violation[] {
  return [
    ...books.rows('coupons').flatMap(coupon => checkEnd(coupon, books, nowMs)),
    ...books.rows('couponTemplates').flatMap((template): Violation[] => {
      const count = books.rows('coupons').filter(({ templateId }) => templateId === template._id).length
      if (count === template.takenCount) return []
      return [{ promise: 6, what: `${String(template._id)} counts ${String(template.takenCount)} coupons, and ${count} were taken` }]
    }),
  ]
}

function checkEnd({ _id, state, orderId, validUntilMs }: Row, books: Books, nowMs: number): Violation[] {
  const order = books.row('orders', orderId)
  const wrong = (): Violation[] => [{ promise: 6, what: `${String(_id)} is ${String(state)} for ${String(orderId)}, which is ${String(order?.state)}` }]
  if (state === 'Locked') return wrong()
  // What was refunded after its time stays used.
  if (state === 'Used' && (!isPaid(order?.state) || (order?.state === 'Refunded' && Number(validUntilMs) > nowMs))) return wrong()
  const holders = books.rows('orders').filter(one => one.couponId === _id && isPaid(one.state) && one.state !== 'Refunded')
  if (holders.length > 1) return [{ promise: 6, what: `${String(_id)} was used by ${holders.map(one => String(one._id)).join(' and ')}` }]
  return holders.length === 1 && (state !== 'Used' || orderId !== holders[0]?._id) ? wrong() : []
}
