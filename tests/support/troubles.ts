import type { AfterSaleDocument } from '../../backend/aftersale/afterSales.ts'
import { shortIdOf, sortKeyOf } from '../../backend/order/rules.ts'
import { outTradeNoOf } from '../../backend/payment/attempts.ts'
import { outRefundNoOf } from '../../backend/refund/refunds.ts'
import { stockIdOf } from '../../backend/stock/rules.ts'
import type { OrderView } from '../../contracts/order.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import { outboxOf } from '../functions/outboxSupport.ts'
import { callAt, EGG_TART, EGG_TART_FEN, member, newRequestId, pay, startPaying, wishOf } from '../functions/support.ts'
import type { Caller, TestShop } from './localShop.ts'

/** What waits for a person in one store: the ids of its entries, one behind each tab of the staff's page. */
export interface Troubles { afterSales: string, refunds: string, incidents: string, deadLetters: string }

/** The order that an entry is about. */
export const orderIdIn = (entryId: string): string => /[0-9a-f]{24}/.exec(entryId)![0]

/** How staff tell the order of an entry: the short id that its card shows. */
export const shortIdIn = (entryId: string): string => `#${shortIdOf(orderIdIn(entryId))}`

const MAIN = 'main'
const ALL_DAY = { from: '00:00', until: '24:00' }

/** Stores that take orders whatever the clock says, with tarts enough. */
export async function openAllDay(shop: TestShop, storeIds: readonly string[]): Promise<void> {
  for (const storeId of storeIds) {
    await shop.admin.change('stores', storeId, { week: Array.from({ length: 7 }, () => [ALL_DAY]), closedDays: [] })
    const shelf = stockIdOf({ productId: EGG_TART.productId, ...storeId === MAIN ? {} : { storeId } })
    await shop.admin.change('stock', shelf, { available: 500 })
  }
}

/** Two stores in which the same went wrong, and somebody who works in the first of them alone. */
export async function twoStores(shop: TestShop, clerk: string): Promise<{ main: Troubles, station: Troubles }> {
  const [customer] = [await member(shop, 'o-alice'), await member(shop, 'o-owner')]
  await shop.admin.set('staff', clerk, { role: 'clerk', active: true, storeIds: [MAIN] })
  await openAllDay(shop, [MAIN, 'station'])
  return { main: await troublesAt(shop, MAIN, customer), station: await troublesAt(shop, 'station', customer) }
}

/** Lets one of each go wrong in a store, as it would. `customer` and the shop's owner have to be members. */
export async function troublesAt(shop: TestShop, storeId: string, customer: Caller): Promise<Troubles> {
  const place = { shop, storeId, customer }
  return {
    afterSales: await asksForMoney(place), refunds: await lacksMoney(place), incidents: await paysAnotherAmount(place),
    deadLetters: await isRefusedByWeChat(place),
  }
}

/** As many requests for money back in a store, copies of one that was made, the older ones first. Answers their ids. */
export async function manyRequests(shop: TestShop, storeId: string, count: number, made: string): Promise<string[]> {
  const { _id, ...request } = (await shop.admin.read<AfterSaleDocument>('afterSales', made))!
  const ids = Array.from({ length: count }, (_, place) => `many-${String(place).padStart(3, '0')}`)
  for (const [place, id] of ids.entries()) await shop.admin.set('afterSales', id, { ...request, storeId, sortKey: sortKeyOf(place, id) })
  return ids
}

interface Place { shop: TestShop, storeId: string, customer: Caller }

function must<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  return outcome.value
}

async function ordered({ storeId, customer }: Place): Promise<string> {
  return must(await callAt<OrderView>(customer, storeId, 'placeOrder', await wishOf(customer, [EGG_TART]))).id
}

async function paid(place: Place): Promise<string> {
  const orderId = await ordered(place)
  await pay(place.shop, place.customer, orderId)
  return orderId
}

async function asksForMoney(place: Place): Promise<string> {
  const orderId = await paid(place)
  const wish = { requestId: newRequestId(), orderId, wish: { kind: 'Whole' as const }, reason: 'Quality' as const, text: '', photos: [] }
  return must(await place.customer.shop('requestAfterSale', { ...wish, expectedFen: EGG_TART_FEN })).id
}

/** The merchant number has no money left for it. */
async function lacksMoney(place: Place): Promise<string> {
  const orderId = await paid(place)
  await place.shop.manage('pay/faults', { api: 'refund', fault: 'NOTENOUGH', times: 1 })
  const wish = { requestId: newRequestId(), orderId, wish: { kind: 'Whole' }, goodsReturned: [], expectedFen: EGG_TART_FEN, note: '打翻了' }
  must(await callAt(place.shop.as('o-owner'), place.storeId, 'refundOrder', wish, 'merchant'))
  return outRefundNoOf(outTradeNoOf(orderId, 1), 1)
}

async function paysAnotherAmount(place: Place): Promise<string> {
  const orderId = await ordered(place)
  const { outTradeNo } = await startPaying(place.customer, orderId)
  await place.shop.admin.change('attempts', outTradeNo, { totalFen: 999_999 })
  await place.shop.manage('pay/complete', { outTradeNo })
  await place.customer.shop('syncPayment', { orderId })
  // The stock of it is free again, and nobody has to wait for its closing.
  await place.customer.shop('cancelOrder', { orderId })
  return `${outTradeNo}_AmountDiffers`
}

/** WeChat takes no shipping of it. */
async function isRefusedByWeChat(place: Place): Promise<string> {
  const box = outboxOf(place.shop)
  const orderId = await paid(place)
  must(await callAt(place.shop.as('o-owner'), place.storeId, 'markReady', { orderId }, 'merchant'))
  const effectId = `UploadShipping_${orderId}_1`
  await box.fault('wxa.sec.order.uploadShippingInfo', 10060004)
  await box.tryNow(effectId)
  return effectId
}
