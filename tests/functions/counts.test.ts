import { afterAll, beforeAll, expect, it } from 'vitest'
import { billDays, dayStartMs } from '../../backend/reconciliation/rules.ts'
import { demoCatalog } from '../../demo/seed.ts'
import { openTestShop, until } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { EGG_TART, EGG_TART_FEN, member, newRequestId, paidOrder, pay, place, refundsAtWeChat, startPaying, wishOf } from './support.ts'

let shop: TestShop
let alice: Caller
let bob: Caller
let early: Caller
let clerk: Caller
let owner: Caller

beforeAll(async () => {
  shop = await openTestShop({ tradeDelayMs: 0 })
  alice = await member(shop, 'o-alice')
  bob = await member(shop, 'o-bob')
  early = await member(shop, 'o-early')
  clerk = await member(shop, 'o-clerk')
  owner = await member(shop, 'o-owner')
})
afterAll(() => shop.close())

const freshTea = demoCatalog.products.find(product => product.id === 'jasmine-green-tea')!
const TEA = {
  productId: freshTea.id,
  choiceIds: freshTea.optionGroups.filter(group => group.min > 0).map(group => group.choices[0]!.id),
  quantity: 1,
}
const tableCode = demoCatalog.links.find(link => link.kind === 'Table')!.id

const cart = (line: typeof EGG_TART) => wishOf(alice, [line])

const HONEY = { productId: 'honey-jar', choiceIds: [] as string[], quantity: 2 }

/** Alice takes her coupons of the demo shop; the one for new members makes the server look at her past. */
async function takeCoupon(templateId = 'tea-home'): Promise<string> {
  const taken = await alice.shop('takeCoupon', { templateId })
  if (!taken.ok) throw new Error(JSON.stringify(taken))
  return taken.value.id
}

async function placedWithCoupon(): Promise<string> {
  const placed = await alice.shop('placeOrder', await wishOf(alice, [HONEY], { couponId: await takeCoupon() }))
  if (!placed.ok) throw new Error(JSON.stringify(placed))
  return placed.value.id
}

async function paid() {
  const order = await place(alice)
  const { outTradeNo } = await startPaying(alice, order.id)
  await shop.manage('pay/callbacks', { callbacks: 'hold', outTradeNo })
  await shop.manage('pay/complete', { outTradeNo })
  return { orderId: order.id, outTradeNo }
}

async function waitingForPayment(who = alice) {
  const order = await place(who)
  await startPaying(who, order.id)
  return order.id
}

const wish = { kind: 'Whole' as const }
const approval = { wish, goodsReturned: [0], expectedFen: EGG_TART_FEN }

/** Bob has paid. A notice about his money going back would come in the middle of what is counted next. */
async function quietlyPaid() {
  const { orderId, outTradeNo } = await paidOrder(shop, bob)
  await shop.manage('pay/callbacks', { callbacks: 'hold', outRefundNo: `R${outTradeNo}_1` })
  return { orderId, outTradeNo }
}

/** Bob has paid and wants his money back. */
async function wanted() {
  const { orderId, outTradeNo } = await quietlyPaid()
  const request = await bob.shop('requestAfterSale', {
    requestId: newRequestId(), orderId, wish, reason: 'Other', text: '', photos: [], expectedFen: EGG_TART_FEN,
  })
  if (!request.ok) throw new Error('requestAfterSale')
  return { orderId, outTradeNo, afterSaleId: request.value.id }
}

/** WeChat has paid it back, and nobody here knows yet. */
async function refundedUnheard(): Promise<string> {
  const { outTradeNo, afterSaleId } = await wanted()
  await owner.merchant('approveAfterSale', { afterSaleId, ...approval })
  await until('WeChat to have done it', async () => (await refundsAtWeChat(shop, outTradeNo))[0]?.state === 'SUCCESS')
  return `R${outTradeNo}_1`
}

/** A table that pays at the end, with Alice at it. */
const LATER_TABLE = 'Nc5TqY8w'
async function atTable() {
  const entered = await alice.shop('enterTable', { linkId: LATER_TABLE })
  if (!entered.ok) throw new Error(JSON.stringify(entered))
  return entered.value
}

async function toTable({ id: sittingId, terms }: { id: string, terms: { perPersonFen: number, serviceBasisPoints: number } }) {
  await alice.shop('beginMeal', { sittingId, people: 2, terms })
  return alice.shop('changeTableCart', { sittingId, requestId: newRequestId(), change: { kind: 'Add', line: EGG_TART } })
}

const lastDay = () => billDays(Date.now()).at(-1)!

/** The days before today are made and compared; there is no bill of any. */
async function daysCompared(): Promise<void> {
  // Two bills a run, after a run that writes the days down.
  for (let run = 0; run < 4; run += 1) await shop.manage('timers/timer')
}

/** Two orders of Alice that wait to be posted to one address. */
async function twoToPost(): Promise<string[]> {
  const book = await alice.shop('addresses', {})
  if (!book.ok) throw new Error('addresses')
  const wanted: string[] = []
  for (let order = 0; order < 2; order += 1) {
    const placed = await alice.shop('placeOrder', await wishOf(alice, [HONEY], { fulfilment: { kind: 'Express', addressId: book.value[0]!.id } }))
    if (!placed.ok) throw new Error(JSON.stringify(placed))
    await pay(shop, alice, placed.value.id)
    wanted.push(placed.value.id)
  }
  return wanted
}

const label = { company: 'ZTO', trackingNumber: 'ZTO0001' }

/** A bill of one payment: as many operations as for a hundred that fit. */
async function dayToCompare(): Promise<void> {
  const { id: orderId } = await place(early)
  const { outTradeNo } = await startPaying(early, orderId)
  await shop.manage('pay/complete', { outTradeNo, atMs: dayStartMs(lastDay()) })
  await early.shop('syncPayment', { orderId })
  await shop.admin.change('reconciliations', `cloudpay_${lastDay()}`, { state: 'Waiting', dueAtMs: 0 })
}

const expired = async (orderId: string) => shop.admin.change('orders', orderId, { expiresAtMs: 0, dueAtMs: 0 })

/** Each action in the situation that costs most, or as the words say. The last call of the function is what is counted. */
const actions: [what: string, functionName: string, run: () => Promise<unknown>][] = [
  // The timer first: later it would find what others have left to be told.
  ['the timer, nothing to do', 'timer', async () => { await daysCompared(); return shop.manage('timers/timer') }],
  ['the timer, one order to close', 'timer', async () => { await expired(await waitingForPayment(early)); return shop.manage('timers/timer') }],
  ['the timer, a day with its bill', 'timer', async () => { await dayToCompare(); return shop.manage('timers/timer') }],
  ['the timer, one message to send', 'timer', async () => {
    const { orderId } = await paidOrder(shop, early)
    await shop.admin.change('outbox', `TellPaid_${orderId}`, { nextAtMs: 0 })
    return shop.manage('timers/timer')
  }],
  ['the timer, one order to tell WeChat of', 'timer', async () => {
    const { orderId } = await paidOrder(shop, early)
    await clerk.merchant('markReady', { orderId })
    await shop.admin.change('outbox', `UploadShipping_${orderId}_1`, { nextAtMs: 0 })
    return shop.manage('timers/timer')
  }],
  ['home', 'shop', () => alice.shop('home', {})],
  ['home, by a table\'s code', 'shop', () => alice.shop('home', { scene: tableCode })],
  ['menu', 'shop', () => alice.shop('menu', {})],
  ['mall, the first page', 'shop', () => alice.shop('mall', { sort: 'Recommended' })],
  ['product, with a footprint', 'shop', () => alice.shop('product', { productId: 'rice-bowl' })],
  ['product, for nobody in particular', 'shop', () => shop.as(null).shop('product', { productId: 'rice-bowl' })],
  ['search', 'shop', () => alice.shop('search', { text: 'fanwan' })],
  ['suggest', 'shop', () => alice.shop('suggest', { text: 'fan' })],
  ['reviews', 'shop', () => alice.shop('reviews', { productId: 'rice-bowl', filter: 'All' })],
  ['setFavourite', 'shop', () => alice.shop('setFavourite', { productId: 'umbrella', isFavourite: true })],
  ['favourites', 'shop', () => alice.shop('favourites', {})],
  ['quote, of counted goods', 'shop', () => alice.shop('quote', { lines: [EGG_TART] })],
  ['quote, of made-to-order goods', 'shop', () => alice.shop('quote', { lines: [TEA] })],
  ['checkout, of counted goods', 'shop', () => alice.shop('checkout', { lines: [EGG_TART], bestCoupon: true })],
  ['stores', 'shop', () => shop.as(null).shop('stores', {})],
  ['addresses', 'shop', () => alice.shop('addresses', {})],
  ['saveAddress', 'shop', () => alice.shop('saveAddress', {
    requestId: newRequestId(), name: '王小明', phone: '13800138000', province: '33', city: '杭州市', district: '西湖区', detail: '文三路 1 号', isDefault: false,
  })],
  ['quote at the checkout, of counted goods', 'shop', () => alice.shop('quote', { lines: [EGG_TART], fulfilment: { kind: 'TakeAway' }, bestCoupon: true })],
  ['quote at the checkout, of made-to-order goods', 'shop', () => alice.shop('quote', { lines: [TEA], fulfilment: { kind: 'TakeAway' }, bestCoupon: true })],
  ['quote for nobody in particular', 'shop', () => shop.as(null).shop('quote', { lines: [EGG_TART] })],
  ['login, the first', 'shop', () => shop.as('o-first-timer').login()],
  ['me', 'shop', () => alice.shop('me', {})],
  ['saveProfile', 'shop', () => alice.shop('saveProfile', { nickname: '小王', avatar: '' })],
  ['placeOrder, one counted product', 'shop', async () => alice.shop('placeOrder', await cart(EGG_TART))],
  ['placeOrder, made to order', 'shop', async () => alice.shop('placeOrder', await cart(TEA))],
  ['coupons', 'shop', () => alice.shop('coupons', {})],
  ['takeCoupon', 'shop', () => takeCoupon()],
  ['couponGoods', 'shop', () => alice.shop('couponGoods', { of: { kind: 'Offered', templateId: 'tea-home' } })],
  ['takeCoupon, a second tap', 'shop', () => takeCoupon()],
  ['placeOrder, one counted product with a coupon', 'shop', placedWithCoupon],
  ['cancelOrder, with a coupon', 'shop', async () => alice.shop('cancelOrder', { orderId: await placedWithCoupon() })],
  ['quote at the checkout, with a member price and a coupon for new members', 'shop', async () => {
    await takeCoupon('welcome')
    return alice.shop('quote', { lines: [HONEY], fulfilment: { kind: 'PickUp' }, bestCoupon: true })
  }],
  ['unifiedOrder', 'shop', async () => alice.shop('unifiedOrder', { orderId: (await place(alice)).id })],
  ['unifiedOrder, a second tap', 'shop', async () => alice.shop('unifiedOrder', { orderId: await waitingForPayment() })],
  ['syncPayment, which settles', 'shop', async () => alice.shop('syncPayment', { orderId: (await paid()).orderId })],
  ['order, unpaid', 'shop', async () => alice.shop('order', { orderId: (await place(alice)).id })],
  ['order, paid', 'shop', async () => alice.shop('order', { orderId: (await paid()).orderId })],
  ['orders', 'shop', () => alice.shop('orders', { tab: 'All' })],
  ['orders, one of them on its way', 'shop', async () => {
    await clerk.merchant('shipOrder', { orderId: (await twoToPost())[0]!, parcels: [label] })
    return alice.shop('orders', { tab: 'All' })
  }],
  ['cancelOrder, no payment begun', 'shop', async () => alice.shop('cancelOrder', { orderId: (await place(alice)).id })],
  ['cancelOrder, payment begun', 'shop', async () => alice.shop('cancelOrder', { orderId: await waitingForPayment() })],
  ['the notice, which settles', 'pay-callback', async () => shop.manage('pay/deliver', { outTradeNo: (await paid()).outTradeNo })],
  ['the bar\'s screen', 'merchant', () => clerk.merchant('bar', { tab: 'ToMake' })],
  ['the bar\'s list', 'merchant', () => clerk.merchant('orders', { tab: 'ToMake' })],
  ['markReady', 'merchant', async () => clerk.merchant('markReady', { orderId: (await paidOrder(shop, bob)).orderId })],
  ['markCollected', 'merchant', async () => {
    const { orderId } = await paidOrder(shop, bob)
    await clerk.merchant('markReady', { orderId })
    return clerk.merchant('markCollected', { orderId })
  }],
  ['afterSaleForm', 'shop', async () => bob.shop('afterSaleForm', { orderId: (await paidOrder(shop, bob)).orderId })],
  ['afterSaleQuote', 'shop', async () => bob.shop('afterSaleQuote', { orderId: (await paidOrder(shop, bob)).orderId, wish })],
  ['requestAfterSale', 'shop', wanted],
  ['order, with a request', 'shop', async () => bob.shop('order', { orderId: (await wanted()).orderId })],
  ['withdrawAfterSale', 'shop', async () => bob.shop('withdrawAfterSale', { afterSaleId: (await wanted()).afterSaleId })],
  ['declineAfterSale', 'merchant', async () => clerk.merchant('declineAfterSale', { afterSaleId: (await wanted()).afterSaleId, answer: 'no' })],
  ['approveAfterSale, goods returned', 'merchant', async () => owner.merchant('approveAfterSale', { afterSaleId: (await wanted()).afterSaleId, ...approval })],
  ['refundOrder', 'merchant', async () => owner.merchant('refundOrder', {
    requestId: newRequestId(), orderId: (await quietlyPaid()).orderId, ...approval, goodsReturned: [], note: 'why',
  })],
  ['the notice of a refund', 'pay-callback', async () => shop.manage('pay/deliver', { outRefundNo: await refundedUnheard() })],
  ['enterTable, the first scan', 'shop', () => alice.shop('enterTable', { linkId: LATER_TABLE })],
  ['enterTable, one who joins', 'shop', () => bob.shop('enterTable', { linkId: LATER_TABLE })],
  ['tableNow, nothing new', 'shop', async () => { const { id: sittingId, version } = await atTable(); return alice.shop('tableNow', { sittingId, version }) }],
  ['changeTableCart', 'shop', async () => toTable(await atTable())],
  ['sendRound, one counted dish', 'shop', async () => {
    const { id: sittingId, cart } = await atTable()
    return alice.shop('sendRound', { sittingId, requestId: newRequestId(), cartVersion: cart.version, remark: '', expectedTotalFen: EGG_TART_FEN })
  }],
  ['makeBill', 'shop', async () => {
    const { id: sittingId, running } = await atTable()
    return alice.shop('makeBill', { sittingId, split: { kind: 'Whole' }, expectedTotalFen: running.totalFen })
  }],
  ['payPart', 'shop', async () => {
    const { id: sittingId, bill } = await atTable()
    return alice.shop('payPart', { sittingId, bill: bill!.number, part: 0, expectedFen: bill!.totalFen })
  }],
  ['tables', 'merchant', () => clerk.merchant('tables', {})],
  ['kitchenTickets', 'merchant', () => clerk.merchant('kitchenTickets', { state: 'New' })],
  ['ordersToShipWith', 'merchant', async () => clerk.merchant('ordersToShipWith', { orderId: (await twoToPost())[0]! })],
  ['shipTogether, two orders', 'merchant', async () => clerk.merchant('shipTogether', { orderIds: await twoToPost(), ...label })],
  ['correctTogether, two orders', 'merchant', async () => {
    const orderIds = await twoToPost()
    await clerk.merchant('shipTogether', { orderIds, ...label })
    return clerk.merchant('correctTogether', { orderId: orderIds[0]!, company: 'ZTO', trackingNumber: 'ZTO0002' })
  }],
  ['attention', 'merchant', () => clerk.merchant('attention', {})],
  ['attention, with its place', 'merchant', () => clerk.merchant('attention', { place: true })],
  ['attention, with the check of the shop', 'merchant', () => owner.merchant('attention', { check: true })],
  ['afterSales', 'merchant', () => clerk.merchant('afterSales', {})],
  ['findOrders, by a pickup number, which may be a short id', 'merchant', () => clerk.merchant('findOrders', { text: 'A001' })],
  ['findOrders, by the end of a number', 'merchant', () => clerk.merchant('findOrders', { text: '8000' })],
  ['orderForStaff, with a request', 'merchant', async () => clerk.merchant('orderForStaff', { orderId: (await wanted()).orderId })],
  ['staffGoods, the first page', 'merchant', () => clerk.merchant('staffGoods', {})],
  ['setSoldOut', 'merchant', () => clerk.merchant('setSoldOut', { productId: TEA.productId, target: { kind: 'Product' }, until: 'Today' })],
  ['setSoldOut, as it is already', 'merchant', () => clerk.merchant('setSoldOut', { productId: TEA.productId, target: { kind: 'Product' }, until: 'Today' })],
  ['sharedChoices', 'merchant', () => clerk.merchant('sharedChoices', {})],
  ['setChoiceSoldOut, in seven goods', 'merchant', () => clerk.merchant('setChoiceSoldOut', { productId: 'pearl-milk-tea', choiceId: 'pearls', until: 'Today' })],
  ['setChoiceSoldOut, as it is already', 'merchant', () => clerk.merchant('setChoiceSoldOut', { productId: 'pearl-milk-tea', choiceId: 'pearls', until: 'Today' })],
  ['homeArrangement', 'merchant', () => owner.merchant('homeArrangement', {})],
  ['storeRules', 'merchant', () => owner.merchant('storeRules', {})],
  ['saveStoreRules', 'merchant', async () => {
    const read = await owner.merchant('storeRules', {})
    return read.ok ? owner.merchant('saveStoreRules', { revision: read.value.revision, rules: read.value.rules }) : read
  }],
  ['arrangeHome', 'merchant', () => owner.merchant('arrangeHome', { revision: 0, sections: [{ kind: 'Ways' }], banners: [] })],
  ['goodsNames', 'merchant', () => owner.merchant('goodsNames', {})],
]

it('writes what each action costs into docs/costs.md, which changes only on purpose', async () => {
  const rows: string[] = []
  for (const [what, functionName, run] of actions) {
    await run()
    const { operations } = shop.invocations().filter(record => record.functionName === functionName).at(-1)!
    rows.push(`| ${what} | ${operations.length} | ${tally(operations)} |`)
    await leaveNothingUnpaid()
  }
  await expect(page(rows)).toMatchFileSnapshot('../../docs/costs.md')
}, 60_000)

/** `orders get ×2, stock modify`, by name: operations that run side by side arrive in any order. */
function tally(operations: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const operation of operations) {
    const name = operation.replace(/^database\.(\w+)Document (\w+)$/, '$2 $1').replace(/ calculate$/, ' count').replace(/^(database|wx\.wxPayApi)[. ]/, '')
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].sort().map(([name, count]) => count === 1 ? name : `${name} ×${count}`).join(', ')
}

const page = (rows: readonly string[]): string => `# What each action costs

Written by \`tests/functions/counts.test.ts\`; a change that makes an action dearer shows here. To accept new numbers, run
\`npx vitest run tests/functions/counts.test.ts -u\`.

| action | operations | which |
|---|---|---|
${rows.join('\n')}
`

async function leaveNothingUnpaid(): Promise<void> {
  const list = await alice.shop('orders', { tab: 'Unpaid' })
  if (list.ok) for (const order of list.value.orders) await alice.shop('cancelOrder', { orderId: order.id })
}
