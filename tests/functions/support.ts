import { expect } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import type { CartLine, Fulfilment, OrderView } from '../../contracts/order.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import type { Caller, TestShop } from '../support/localShop.ts'

let requests = 0
export const newRequestId = (): string => `request-${String(++requests).padStart(12, '0')}`

/** Counted goods of the demo shop without options. */
export const EGG_TART = { productId: 'egg-tart', choiceIds: [] as string[], quantity: 1 }
export const EGG_TART_FEN = 1200
export const LAST_TEAPOT = { productId: 'clay-teapot', choiceIds: [] as string[], quantity: 1 }
export const LAST_TEAPOT_FEN = 29800

type Line = CartLine

const madeHere = new Set(demoCatalog.products.filter(product => product.kind === 'Menu').map(product => product.id))

/** What is made is taken away, what lies on the shelf is picked up. */
export const usualWay = (lines: readonly { productId: string }[]): Fulfilment =>
  ({ kind: lines.some(({ productId }) => madeHere.has(productId)) ? 'TakeAway' : 'PickUp' })

/** Places an order that must succeed, at the price the server quotes. */
export async function place(customer: Caller, lines: Line[] = [EGG_TART], requestId = newRequestId()): Promise<OrderView> {
  const quoted = await customer.shop('quote', { lines })
  const expectedTotalFen = quoted.ok ? quoted.value.totalFen : 0
  const outcome = await customer.shop('placeOrder', { requestId, lines, fulfilment: usualWay(lines), remark: '', expectedTotalFen })
  if (!outcome.ok) throw new Error(`placeOrder: ${JSON.stringify(outcome)}`)
  return outcome.value
}

export interface Wished { fulfilment?: Fulfilment, couponId?: string }

/** A wish as the checkout sends it, at the price that the server quotes for it. */
export async function wishOf(customer: Caller, lines: Line[], { fulfilment = usualWay(lines), couponId }: Wished = {}) {
  const coupon = couponId === undefined ? {} : { couponId }
  const quoted = await customer.shop('quote', { lines, fulfilment, ...coupon })
  if (!quoted.ok) throw new Error(`quote: ${JSON.stringify(quoted)}`)
  return { requestId: newRequestId(), lines, fulfilment, remark: '', expectedTotalFen: quoted.value.totalFen, ...coupon }
}

/** Pays an order, as the customer would and comes back. */
export async function pay(shop: TestShop, customer: Caller, orderId: string): Promise<OrderView> {
  const { outTradeNo } = await startPaying(customer, orderId)
  await shop.manage('pay/complete', { outTradeNo })
  const outcome = await customer.shop('syncPayment', { orderId })
  if (!outcome.ok || outcome.value.state !== 'Paid') throw new Error(`syncPayment: ${JSON.stringify(outcome)}`)
  return outcome.value
}

/** Starts the payment and answers its outTradeNo. */
export async function startPaying(customer: Caller, orderId: string): Promise<{ outTradeNo: string, prepayId: string }> {
  const outcome = await customer.shop('unifiedOrder', { orderId })
  if (!outcome.ok) throw new Error(`unifiedOrder: ${JSON.stringify(outcome)}`)
  return { outTradeNo: outcome.value.outTradeNo, prepayId: outcome.value.payment.package.replace('prepay_id=', '') }
}

export async function orderOf(customer: Caller, orderId: string): Promise<OrderView> {
  const outcome = await customer.shop('order', { orderId })
  if (!outcome.ok) throw new Error(`order: ${JSON.stringify(outcome)}`)
  return outcome.value
}

export async function leftOf(shop: TestShop, productId: string): Promise<number | null> {
  const page = await shop.as(null).shop('product', { productId })
  if (!page.ok) throw new Error(`product: ${JSON.stringify(page)}`)
  return page.value.product.left
}

/** A member of the shop: has logged in once. */
export async function member(shop: TestShop, openid: string): Promise<Caller> {
  const customer = shop.as(openid)
  const outcome = await customer.login()
  expect(outcome).toMatchObject({ ok: true })
  return customer
}

/** An order that is paid and settled; answers its id and the payment's number. No notice of it comes in between later on. */
export async function paidOrder(shop: TestShop, customer: Caller, lines: Line[] = [EGG_TART]) {
  const order = await place(customer, lines)
  const { outTradeNo } = await startPaying(customer, order.id)
  await shop.manage('pay/callbacks', { callbacks: 'lose', outTradeNo })
  await shop.manage('pay/complete', { outTradeNo })
  const outcome = await customer.shop('syncPayment', { orderId: order.id })
  expect(outcome).toMatchObject({ ok: true, value: { state: 'Paid' } })
  return { orderId: order.id, outTradeNo }
}

interface BookedRefund { outTradeNo: string, outRefundNo: string, refundFee: number, state: string }

/** What the books of WeChat Pay say of one payment's refunds. */
export async function refundsAtWeChat(shop: TestShop, outTradeNo: string): Promise<BookedRefund[]> {
  const { refunds } = await (await fetch(`${shop.url}/manage/pay/refunds`)).json() as { refunds: BookedRefund[] }
  return refunds.filter(refund => refund.outTradeNo === outTradeNo)
}

/** A call that names its store, as a phone that has chosen one sends it. */
export async function callAt<Value>(
  who: Caller, storeId: string | undefined, action: string, input: object, door = 'shop',
): Promise<Outcome<Value>> {
  return (await who.invoke(door, { action, input, ...storeId === undefined ? {} : { storeId } })).result as Outcome<Value>
}
