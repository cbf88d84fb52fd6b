import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rulesOf } from '../../backend/store/ruleSheet.ts'
import { merchantActions } from '../../contracts/merchant.ts'
import { shopActions } from '../../contracts/shop.ts'
import type { Actions, Caller as Rank } from '../../contracts/action.ts'
import type { OrderView } from '../../contracts/order.ts'
import { demoCatalog } from '../../demo/seed.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { EGG_TART, EGG_TART_FEN, member, newRequestId, orderOf, place, startPaying } from './support.ts'

let shop: TestShop
let alice: Caller
let mallory: Caller
let order: OrderView

beforeAll(async () => {
  shop = await openTestShop()
  alice = await member(shop, 'o-alice')
  mallory = await member(shop, 'o-mallory')
  order = await place(alice)
})
afterAll(() => shop.close())

const doors = { shop: shopActions, merchant: merchantActions }
const every = Object.entries(doors).flatMap(([door, actions]) =>
  Object.entries(actions).map(([action, { caller }]) => [door, action, caller] as [keyof typeof doors, string, Rank]))
const limited = Object.entries(doors).flatMap(([door, actions]) => Object.entries(actions as Actions).flatMap(([action, contract]) => {
  const { limit, codes } = contract
  return limit ? [[door, action, limit.perMinute, codes] as [keyof typeof doors, string, number, readonly string[]]] : []
}))

const TEMPLATE = {
  name: { zh: '大减价', en: 'Everything must go' }, benefit: { kind: 'AmountOff', amountFen: 9900 }, scope: { kind: 'All' }, minimumFen: 0,
  audience: 'Members', period: { kind: 'AfterTaking', days: 365 }, totalMax: null, perPersonMax: 10,
}

const ADDRESS = { name: '王小明', phone: '13800138000', province: '33', city: '杭州市', district: '西湖区', detail: '文三路 1 号', isDefault: false }

/** An input that the contract of each action takes, about Alice's order where it is about one. */
function plausible(action: string): Record<string, unknown> {
  if (Object.hasOwn(atTables, action)) return atTables[action]!()
  if (action === 'placeOrder') {
    return { requestId: newRequestId(), lines: [EGG_TART], fulfilment: { kind: 'TakeAway' }, remark: '', expectedTotalFen: EGG_TART_FEN }
  }
  if (action === 'quote' || action === 'checkout') return { lines: [EGG_TART] }
  if (action === 'saveAddress') return { requestId: newRequestId(), ...ADDRESS }
  if (action === 'deleteAddress') return { addressId: 'unknown' }
  if (action === 'login') return { code: 'stolen-code' }
  if (action === 'orders') return {}
  if (action === 'bar') return { tab: 'ToMake' }
  if (action === 'afterSaleForm') return { orderId: order.id }
  if (action === 'afterSaleQuote' || action === 'refundQuote') return { orderId: order.id, wish }
  if (action === 'requestAfterSale') {
    return { requestId: newRequestId(), orderId: order.id, wish, reason: 'Other', text: '', photos: [], expectedFen: EGG_TART_FEN }
  }
  if (action === 'refundOrder') {
    return { requestId: newRequestId(), orderId: order.id, wish, goodsReturned: [], expectedFen: EGG_TART_FEN, note: 'why' }
  }
  if (action === 'findOrders') return { text: 'A001' }
  if (action === 'withdrawAfterSale') return { afterSaleId: 'unknown' }
  if (action === 'declineAfterSale') return { afterSaleId: 'unknown', answer: 'no' }
  if (action === 'approveAfterSale') return { afterSaleId: 'unknown', wish, goodsReturned: [], expectedFen: EGG_TART_FEN }
  if (action === 'retryRefund') return { refundId: 'unknown' }
  if (action === 'settleRefundByHand') return { refundId: 'unknown', note: 'by hand' }
  if (action === 'retryBill') return { incidentId: 'unknown' }
  if (action === 'resolveIncident') return { incidentId: 'unknown', note: 'done' }
  if (action === 'shipOrder' || action === 'correctShipping') return { orderId: order.id, parcels: [{ company: 'ZTO', trackingNumber: 'ZTO12345' }] }
  const label = { company: 'ZTO', trackingNumber: 'ZTO12345' }
  if (action === 'shipTogether') return { orderIds: [order.id, 'unknown'], ...label }
  if (action === 'correctTogether') return { orderId: order.id, ...label }
  if (action === 'retryEffect') return { effectId: 'unknown' }
  if (action === 'dismissEffect') return { effectId: 'unknown', note: 'done' }
  if (action === 'changeStock') return { requestId: newRequestId(), productId: 'egg-tart', kind: 'Supplied', change: 5, note: 'baked' }
  if (action === 'stock') return { productId: 'egg-tart' }
  if (action === 'sales') return { days: 7 }
  if (action === 'setExtraWait' || action === 'pauseOrders') return { minutes: 0 }
  if (action === 'saveCouponTemplate') return { requestId: newRequestId(), ...TEMPLATE }
  if (action === 'takeCoupon' || action === 'stopCouponTemplate') return { templateId: 'tea-home' }
  if (action === 'couponGoods') return { of: { kind: 'Offered', templateId: 'tea-home' } }
  if (action === 'saveProfile') return { nickname: '小王', avatar: '' }
  if (action === 'mall') return { sort: 'Sales' }
  if (action === 'product') return { productId: 'egg-tart' }
  if (action === 'search' || action === 'suggest') return { text: 'tea' }
  if (action === 'writeReview') return { orderId: order.id, line: 0, ...REVIEW }
  if (action === 'amendReview') return { reviewId: 'unknown', amendment: { kind: 'Rewrite', ...REVIEW } }
  if (action === 'answerReview') return { reviewId: 'unknown', answer: 'thanks' }
  if (action === 'hideReview') return { reviewId: 'unknown', isHidden: true, reason: 'advertising' }
  if (action === 'arrangeHome') return { revision: 0, sections: [{ kind: 'Ways' }], banners: [] }
  if (action === 'saveStoreRules') return { revision: 0, rules: rulesOf({ ...demoCatalog.store, _id: 'main', banners: [] }, Date.now()) }
  if (action === 'setSoldOut') return { productId: 'egg-tart', target: { kind: 'Product' }, until: 'NotAnyMore' }
  if (action === 'setChoiceSoldOut') return { productId: 'pearl-milk-tea', choiceId: 'pearls', until: 'NotAnyMore' }
  if (action === 'setFavourite') return { productId: 'egg-tart', isFavourite: true }
  if (action === 'removeFavourites' || action === 'removeFootprints') return { which: { kind: 'All' } }
  return nothing.includes(action) ? {} : { orderId: order.id }
}

const wish = { kind: 'Whole' }
/** At a table: nobody here sits at one. */
const atTables: Record<string, () => Record<string, unknown>> = {
  enterTable: () => ({ linkId: 'Nc5TqY8w' }),
  tableNow: () => ({ sittingId: 'unknown' }),
  beginMeal: () => ({ sittingId: 'unknown', people: 2, terms: { perPersonFen: 200, serviceBasisPoints: 0 } }),
  changeTableCart: () => ({ sittingId: 'unknown', requestId: newRequestId(), change: { kind: 'Add', line: EGG_TART } }),
  sendRound: () => ({ sittingId: 'unknown', requestId: newRequestId(), cartVersion: 1, expectedTotalFen: EGG_TART_FEN, remark: '' }),
  makeBill: () => ({ sittingId: 'unknown', split: { kind: 'Whole' }, expectedTotalFen: EGG_TART_FEN }),
  payPart: () => ({ sittingId: 'unknown', bill: 1, part: 0, expectedFen: EGG_TART_FEN }),
  cancelBill: () => ({ sittingId: 'unknown' }),
  callWaiter: () => ({ sittingId: 'unknown', kind: 'Water' }),
  sitting: () => ({ sittingId: 'unknown' }),
  openTable: () => ({ tableId: 't9' }),
  lockTable: () => ({ tableId: 't10', isLocked: false }),
  moveTable: () => ({ sittingId: 'unknown', toTableId: 't10' }),
  mergeTables: () => ({ sittingId: 'unknown', otherSittingId: 'unknown-too' }),
  unmergeTables: () => ({ sittingId: 'unknown', otherSittingId: 'unknown-too' }),
  clearTable: () => ({ sittingId: 'unknown' }),
  returnDish: () => ({ requestId: newRequestId(), sittingId: 'unknown', roundId: 'unknown', line: 0, quantity: 1, isSellable: true, note: 'wrong' }),
  staffCancelBill: () => ({ sittingId: 'unknown' }),
  answerCall: () => ({ sittingId: 'unknown', callId: 'unknown' }),
  markLeft: () => ({ sittingId: 'unknown', note: 'gone' }),
  resolveLeft: () => ({ sittingId: 'unknown', note: 'paid' }),
  kitchenTickets: () => ({ state: 'New' }),
  moveTicket: () => ({ ticketId: 'unknown', to: 'Doing' }),
}

const REVIEW = { stars: 5, text: 'good', pictures: [], isAnonymous: false }
/** Actions that need no input. */
const nothing = [
  'home', 'menu', 'me', 'addresses', 'stores', 'coupons', 'couponTemplates', 'attention', 'afterSales', 'refundsInTrouble', 'incidents', 'deadLetters',
  'points',
  'tables', 'leftUnpaid',
  'favourites', 'footprints',
  'homeArrangement', 'goodsNames', 'staffGoods', 'sharedChoices', 'storeRules',
]

const reviewsInput = (door: string) => door === 'shop' ? { productId: 'egg-tart', filter: 'All' } : { cursor: '99999999999999_z' }
function input(door: string, action: string): Record<string, unknown> {
  if (action === 'reviews') return reviewsInput(door)
  return action === 'orders' ? { tab: door === 'shop' ? 'All' : 'ToMake' } : plausible(action)
}
const call = async (who: Caller, door: string, action: string, given: unknown) => (await who.invoke(door, { action, input: given })).result

/** Whoever may send a request, from nobody to the owner. */
const ranks = () => ({ nobody: shop.as(null), customer: alice, clerk: shop.as('o-clerk'), owner: shop.as('o-owner') })

describe.each(every)('%s.%s, for %s', (door, action, caller) => {
  it('answers nobody who is not allowed to ask', async () => {
    const nobody = await call(shop.as(null), door, action, input(door, action))
    if (caller === 'anyone' || caller === 'guest') expect(nobody).not.toMatchObject({ kind: 'denied' })
    else expect(nobody).toEqual({ ok: false, kind: 'denied', code: 'LoginNeeded' })
    if (caller === 'clerk' || caller === 'owner') {
      expect(await call(mallory, door, action, input(door, action))).toEqual({ ok: false, kind: 'denied', code: 'NotAllowed' })
    }
    if (caller === 'owner') {
      expect(await call(shop.as('o-clerk'), door, action, input(door, action))).toEqual({ ok: false, kind: 'denied', code: 'NotAllowed' })
    }
  })

  it('refuses keys that the contract does not name', async () => {
    for (const extra of [{ openid: 'o-alice' }, { totalFen: 1 }, { role: 'owner' }, { state: 'Paid' }, { $set: { state: 'Paid' } }]) {
      for (const [rank, who] of Object.entries(ranks())) {
        const answer = await call(who, door, action, { ...input(door, action), ...extra })
        expect(answer, `${rank}: ${JSON.stringify(extra)}`).toMatchObject({ ok: false, kind: 'invalid' })
      }
    }
  })

  it('refuses operators in place of values', async () => {
    const fields = Object.entries(input(door, action))
    expect(fields.length > 0 || nothing.includes(action)).toBe(true)
    for (const [field, value] of fields) {
      for (const hostile of [{ $ne: null }, { $gt: '' }, { $where: 'true' }, ['o-alice'], null]) {
        if (Array.isArray(value) && Array.isArray(hostile)) continue
        // No limit is said by null.
        if (field === 'totalMax' && hostile === null) continue
        for (const [rank, who] of [['customer', alice], ['owner', shop.as('o-owner')]] as const) {
          const answer = await call(who, door, action, { ...input(door, action), [field]: hostile })
          expect(answer, `${rank}, ${field}: ${JSON.stringify(hostile)}`).toMatchObject({ ok: false, kind: 'invalid' })
        }
      }
    }
  })
})

describe.each(limited)('%s.%s, at most %i times a minute', (door, action, perMinute, codes) => {
  const openid = `o-hasty-${action}`
  const many = (count: number) => Promise.all(Array.from({ length: count }, () => call(shop.as(openid), door, action, input(door, action))))

  it('answers so many calls of one person, and tells the others when to come back', async () => {
    expect(codes).toContain('TooOften')
    const beganMs = Date.now()
    const refused = (await many(perMinute + 3)).filter(answer => (answer as { code?: string }).code === 'TooOften')
    expect(refused).toHaveLength(3)
    for (const answer of refused) expect((answer as { detail: { againAtMs: number } }).detail.againAtMs).toBeGreaterThan(beganMs)
    expect(await call(shop.as(`${openid}-not`), door, action, input(door, action))).not.toMatchObject({ code: 'TooOften' })
  })

  it('answers again as soon as the first of them is a minute old', async () => {
    const limit = (await findLimit(openid, action))!
    await shop.admin.set('limits', limit._id, { atMs: limit.atMs.map((atMs, place) => place === 0 ? atMs - 60_000 : atMs) })
    const answers = await many(2)
    expect(answers.filter(answer => (answer as { code?: string }).code === 'TooOften')).toHaveLength(1)
  })
})

const findLimit = (openid: string, action: string) =>
  shop.admin.read<{ _id: string, atMs: number[] }>('limits', createHash('sha256').update(`${action}\n${openid}`).digest('hex').slice(0, 24))

describe('somebody else\'s order', () => {
  it.each(['order', 'unifiedOrder', 'syncPayment', 'cancelOrder', 'requestAfterSale', 'afterSaleForm', 'afterSaleQuote', 'confirmReceipt'])('is unknown to %s', async (action) => {
    expect(await call(mallory, 'shop', action, plausible(action))).toEqual({ ok: false, kind: 'refused', code: 'OrderUnknown' })
    expect((await orderOf(alice, order.id)).state).toBe('Unpaid')
  })

  it('does not stand in a list', async () => {
    expect(await mallory.shop('orders', { tab: 'All' })).toMatchObject({ ok: true, value: { orders: [] } })
  })

  it('cannot be paid from another phone\'s WeChat', async () => {
    const { prepayId } = await startPaying(alice, order.id)
    const response = await fetch(`${shop.url}/wechat/pay`, {
      method: 'POST', body: JSON.stringify({ prepayId, person: 'mallory', password: '123456' }), headers: { 'content-type': 'application/json' },
    })
    expect(await response.json()).toMatchObject({ ok: false, code: 'PAYER_MISMATCH' })
  })

  it('is not found by a requestId that two people happen to share', async () => {
    const requestId = newRequestId()
    const [hers, his] = [await place(alice, [EGG_TART], requestId), await place(mallory, [EGG_TART], requestId)]
    expect(hers.id).not.toBe(his.id)
  })
})

describe('a hostile request', () => {
  const invalid = { ok: false, kind: 'invalid' }
  const raw = async (event: unknown) => (await mallory.invoke('shop', event)).result

  it.each([
    ['an unknown action', { action: 'markReady', input: {} }],
    ['an action of the prototype', { action: 'constructor', input: {} }],
    ['an action that is an object', { action: { $ne: '' }, input: {} }],
    ['no action', {}],
    ['an unknown key beside it', { action: 'menu', input: {}, openid: 'o-owner' }],
    ['the shape of a gateway event', { httpMethod: 'POST', body: '{"action":"me","input":{}}', headers: {} }],
    ['more than we read', { action: 'menu', input: { padding: 'x'.repeat(40_000) } }],
  ])('with %s is invalid', async (_what, event) => {
    expect(await raw(event)).toMatchObject(invalid)
  })

  // A mini program's nest is unfolded by the platform before it reaches us; over HTTP it comes as text, of any depth.
  it.each([['functions', 2_000], ['http', 15_000]])('through %s, nested %i deep, is invalid and no fault of ours', async (door, depth) => {
    const body = `{"action":"menu","input":${'['.repeat(depth)}${']'.repeat(depth)}}`
    const answer = await (await fetch(`${shop.url}/${door}/shop`, { method: 'POST', body })).json() as { result?: unknown }
    expect(answer.result ?? answer).toMatchObject(invalid)
  })

  it('cannot reach the prototype', async () => {
    const event = JSON.parse('{"action":"orders","input":{"tab":"All","__proto__":{"openid":"o-alice"}}}') as unknown
    expect(await raw(event)).toMatchObject(invalid)
  })

  it.each([0, -1, 1.5, 100, 1e9, Number.MAX_SAFE_INTEGER, '2', null])('for a quantity of %s is invalid', async (quantity) => {
    expect(await raw({ action: 'quote', input: { lines: [{ ...EGG_TART, quantity }] } })).toMatchObject(invalid)
  })

  it('learns nothing of the inside when the inside breaks', async () => {
    const store = (await shop.admin.read<Record<string, unknown>>('stores', 'main'))!
    const { _id, ...kept } = store
    await shop.admin.remove('stores', 'main')
    const answer = await raw({ action: 'menu', input: {} })
    await shop.admin.set('stores', String(_id), kept)
    expect(answer).toEqual({ ok: false, kind: 'broken', code: 'Broken', requestId: expect.stringMatching(/^[\w-]{8,}$/) as string })
  })
})

describe('staff', () => {
  it('see paid orders, make them ready and hand them over, once each', async () => {
    const clerk = shop.as('o-clerk')
    const paid = await place(alice)
    const { outTradeNo } = await startPaying(alice, paid.id)
    expect(await clerk.merchant('markReady', { orderId: paid.id })).toMatchObject({ code: 'OrderNotPaid', detail: { state: 'Unpaid' } })
    await shop.manage('pay/complete', { outTradeNo })
    await alice.shop('syncPayment', { orderId: paid.id })
    const list = await clerk.merchant('orders', { tab: 'ToMake' })
    expect(list.ok && list.value.orders.map(one => one.id)).toContain(paid.id)
    expect(await clerk.merchant('markCollected', { orderId: paid.id })).toMatchObject({ code: 'OrderNotReady' })
    const twice = await Promise.all([1, 2].map(() => clerk.merchant('markReady', { orderId: paid.id })))
    expect(twice).toMatchObject([{ ok: true }, { ok: true }])
    expect(await clerk.merchant('markCollected', { orderId: paid.id })).toMatchObject({ ok: true, value: { state: 'Collected' } })
    expect((await orderOf(alice, paid.id)).steps.map(step => step.state)).toEqual(['Unpaid', 'Paid', 'Ready', 'Collected'])
  })

  it('who have left may do nothing any more', async () => {
    await shop.admin.set('staff', 'o-former', { role: 'owner', active: false })
    expect(await shop.as('o-former').merchant('orders', { tab: 'ToMake' })).toEqual({ ok: false, kind: 'denied', code: 'NotAllowed' })
  })
})

const everybody = ['nobody', 'customer', 'clerk', 'owner'] as const
const mayCall: Record<Rank, readonly (typeof everybody)[number][]> = {
  anyone: everybody, guest: everybody, customer: ['customer', 'clerk', 'owner'], clerk: ['clerk', 'owner'], owner: ['owner'],
}

// The last of all: what is allowed may change things.
describe('whoever may', () => {
  beforeAll(async () => { for (const openid of ['o-clerk', 'o-owner']) await member(shop, openid) })

  it.each(every)('call %s.%s, which is for %s, is let in', async (door, action, caller) => {
    for (const rank of mayCall[caller]) {
      const answer = await call(ranks()[rank], door, action, input(door, action))
      for (const kind of ['denied', 'invalid', 'broken']) expect(answer, rank).not.toMatchObject({ kind })
    }
  })
})
