import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ProductDocument } from '../../backend/catalog/products.ts'
import { join } from '../../backend/member/members.ts'
import { cancelOrder } from '../../backend/order/closeOrder.ts'
import { useUpHolds } from '../../backend/order/followUp.ts'
import { move, orderIdOf, orders } from '../../backend/order/orders.ts'
import { placeOrder } from '../../backend/order/placeOrder.ts'
import type { World } from '../../backend/ports.ts'
import { couponIdOf, coupons, giveCouponBack } from '../../backend/promotion/coupon/coupons.ts'
import { takeCoupon } from '../../backend/promotion/coupon/takeCoupon.ts'
import { templates } from '../../backend/promotion/coupon/templates.ts'
import type { CouponTemplateDocument } from '../../backend/promotion/coupon/templates.ts'
import { stock } from '../../backend/stock/stock.ts'
import type { StoreDocument } from '../../backend/store/stores.ts'
import { runJobs } from '../../backend/timer/jobs.ts'
import { openLocalWorld } from '../support/localWorld.ts'
import type { Gate } from '../support/localWorld.ts'

/**
 * The lives of coupons under everything at once: the real use cases on the real database engine, several at a time, every
 * operation in an order that fast-check chooses, and any of them dying before or after any operation.
 */

// So few of everything that they get in each other's way.
const PEOPLE = ['o-ann', 'o-ben']
const TOTAL_MAX = 2
const PER_PERSON_MAX = 2
const PRICE_FEN = 1000
const OFF_FEN = 300

type Step =
  | { kind: 'take', person: number, number: number }
  /** Two wishes of one person may name one coupon; `wish` is the requestId. */
  | { kind: 'order', person: number, number: number, wish: number }
  | { kind: 'pay' | 'cancel' | 'refund', person: number, wish: number }
  | { kind: 'timer' }

/** `diesAt`: after so many operations the call dies, before the next takes effect, or with its answer lost. */
type Call = Step & { diesAt: number | null, isAnswerLost: boolean }

const person = fc.constantFrom(0, 0, 0, 1)
const wish = fc.nat(2)
const take = fc.record({ kind: fc.constant('take' as const), person: fc.nat(1), number: fc.integer({ min: 1, max: PER_PERSON_MAX + 1 }) })
const order = fc.record({ kind: fc.constant('order' as const), person, number: fc.constantFrom(1, 1, 1, 2), wish })
const afterwards = fc.record({ kind: fc.constantFrom('pay' as const, 'cancel' as const, 'refund' as const), person, wish })
const timer = fc.record({ kind: fc.constant('timer' as const) })

/** Calls of a round run at once; then time goes on: a moment, past the abandonment of a call, past every safety net. */
const rounds = (step: fc.Arbitrary<Step>, diesWithin: number) => fc.array(fc.record({
  calls: fc.array(
    fc.record({ step, diesAt: fc.option(fc.nat(diesWithin), { freq: 3 }), isAnswerLost: fc.boolean() })
      .map(({ step: chosen, ...death }): Call => ({ ...chosen, ...death })),
    { minLength: 1, maxLength: 5, size: 'max' },
  ),
  thenMs: fc.constantFrom(1, 61_000, 6 * 60_000, 31 * 60_000),
}), { minLength: 1, maxLength: 8, size: 'max' })

const plain = { zh: '', en: '' }
const product = (id: string, counted: boolean) => ({
  _id: id, categoryId: 'tea', kind: 'Menu', name: plain, summary: plain, picture: '', priceFen: PRICE_FEN, soldCount: 0, optionGroups: [],
  sort: 1, onSale: true, recommended: false, counted,
} satisfies ProductDocument)

async function setUp(world: World): Promise<void> {
  const store: StoreDocument = {
    _id: 'main', name: plain, address: plain, phone: '', hours: { from: '00:00', until: '24:00' }, notice: plain, latitude: 0, longitude: 0,
    picture: '', banners: [],
  }
  const template: CouponTemplateDocument = {
    _id: 'ten', storeId: 'main', name: plain, benefit: { kind: 'AmountOff', amountFen: OFF_FEN }, scope: { kind: 'All' }, minimumFen: 0,
    audience: 'Members', period: { kind: 'AfterTaking', days: 1 }, totalMax: TOTAL_MAX, perPersonMax: PER_PERSON_MAX,
    takenCount: 0, claims: [], state: 'Open', revision: 1, createdAtMs: 0, sortKey: '0_ten',
  }
  await world.database.collection<StoreDocument>('stores').add(store)
  for (const document of [product('cup', false), product('tart', true)]) await world.database.collection<ProductDocument>('products').add(document)
  await stock(world.database).add({ _id: 'tart', available: 2, supplied: 2, sold: 0, holds: [] })
  await templates(world).add(template)
  for (const openid of PEOPLE) await join(world, openid)
}

const requestIdOf = (wished: number) => `wish-number-${String(wished).padStart(8, '0')}`

async function perform(world: World, step: Step, refunded: Set<string>): Promise<void> {
  if (step.kind === 'timer') { await runJobs(world); return }
  const openid = PEOPLE[step.person]!
  if (step.kind === 'take') { await takeCoupon(world, openid, { templateId: 'ten', number: step.number }); return }
  const requestId = requestIdOf(step.wish)
  const orderId = orderIdOf(openid, requestId)
  if (step.kind === 'order') {
    // Odd wishes are for something that is counted and soon gone.
    const lines = [{ productId: step.wish % 2 ? 'tart' : 'cup', choiceIds: [], quantity: 1 }]
    const couponId = couponIdOf(openid, 'ten', step.number)
    const expectedTotalFen = PRICE_FEN - OFF_FEN
    await placeOrder(world, openid, { requestId, lines, fulfilment: { kind: 'TakeAway' }, remark: '', expectedTotalFen, couponId })
  } else if (step.kind === 'cancel') {
    await cancelOrder(world, openid, { orderId })
  } else if (step.kind === 'pay') {
    await pay(world, orderId)
  } else {
    const order = await orders(world).read(orderId)
    if (order?.state !== 'Paid') return
    refunded.add(orderId)
    await giveCouponBack(world, order)
  }
}

/** What settling writes, without WeChat: the state first, the follow-up after it. */
async function pay(world: World, orderId: string): Promise<void> {
  await move(world, orderId, ['Unpaid', 'Paid'], { followUp: 'SellStock', dueAtMs: world.clock.nowMs() })
  const order = await orders(world).read(orderId)
  if (order?.state === 'Paid') await useUpHolds(world, order)
}

/** Whoever waits for this call waits in vain. */
class Died extends Error {}

async function everything(world: World) {
  const [allOrders, allCoupons, template, shelf] = await Promise.all([
    orders(world).find({ where: {}, limit: 1000 }),
    coupons(world).find({ where: {}, limit: 1000 }),
    templates(world).read('ten'),
    stock(world.database).read('tart'),
  ])
  return { orders: allOrders, coupons: allCoupons, template: template!, shelf: shelf! }
}

const LIVE = ['Unpaid', 'Closing', 'Paid']

async function assertAlways(world: World, refunded: ReadonlySet<string>): Promise<void> {
  const now = await everything(world)
  const live = now.orders.filter(order => LIVE.includes(order.state) && !refunded.has(order._id) && order.couponId !== null)
  const used = live.map(order => order.couponId)
  expect(new Set(used).size, 'a coupon is used by at most one live order').toBe(used.length)
  for (const order of live) {
    const coupon = now.coupons.find(one => one._id === order.couponId)!
    expect([coupon.state, coupon.orderId], 'a live order has its coupon').toEqual([expect.stringMatching(/Locked|Used/), order._id])
  }
  expect(now.coupons.length).toBeLessThanOrEqual(now.template.takenCount)
  expect(now.template.takenCount).toBeLessThanOrEqual(TOTAL_MAX)
  for (const openid of PEOPLE) expect(now.coupons.filter(coupon => coupon.openid === openid).length).toBeLessThanOrEqual(PER_PERSON_MAX)
}

async function assertHealed(world: World, refunded: ReadonlySet<string>): Promise<void> {
  const now = await everything(world)
  expect(now.template).toMatchObject({ takenCount: now.coupons.length, claims: [] })
  expect(now.shelf.holds).toEqual([])
  for (const coupon of now.coupons) {
    expect(['Taken', 'Used', 'Expired'], 'no lock outlives its order').toContain(coupon.state)
    const payer = now.orders.find(order => order._id === coupon.orderId)
    if (coupon.state === 'Used') expect(payer?.state).toBe('Paid')
    else expect(coupon.orderId).toBeNull()
  }
  for (const order of now.orders.filter(one => one.state === 'Paid' && !refunded.has(one._id))) {
    expect(now.coupons.find(coupon => coupon._id === order.couponId)).toMatchObject({ state: 'Used', orderId: order._id })
  }
}

type Rounds = ReturnType<typeof rounds> extends fc.Arbitrary<infer R> ? R : never

/** Lives through the rounds, then half an hour four times in which nothing happens but the timer. */
async function live(scheduler: fc.Scheduler, happened: Rounds, before: Step[] = []): Promise<void> {
  const local = await openLocalWorld()
  const refunded = new Set<string>()
  // The timer outlives what goes wrong in one of its jobs, so a broken promise is kept until the end.
  let broken: unknown
  await setUp(local.world)
  for (const step of before) await perform(local.world, step, refunded)

  const run = async ({ diesAt, isAnswerLost, ...step }: Call, name: string) => {
    let operations = 0
    const gate: Gate = async (what, operation) => {
      await scheduler.schedule(Promise.resolve(), `${name}: ${what}`)
      const isLast = operations++ === diesAt
      if (isLast && !isAnswerLost) throw new Died()
      const result = await operation()
      if (/add|change/.test(what)) await assertAlways(local.world, refunded).catch((error: unknown) => { broken ??= error })
      if (isLast || (diesAt !== null && operations > diesAt)) throw new Died()
      return result
    }
    const world = { ...local.worldThrough(gate), log: { warn: () => undefined, error: () => undefined } }
    await perform(world, step, refunded).catch((error: unknown) => { if (!(error instanceof Died)) throw error })
  }
  for (const [turn, { calls, thenMs }] of happened.entries()) {
    await scheduler.waitFor(Promise.all(calls.map((one, index) => run(one, `${turn}.${index} ${one.kind}`))))
    local.clock.nowMs += thenMs
  }
  if (broken) throw broken
  for (let halfHour = 0; halfHour < 4; halfHour += 1) {
    local.clock.nowMs += 31 * 60_000
    await runJobs(local.world)
    await assertAlways(local.world, refunded)
  }
  await assertHealed(local.world, refunded)
  await local.close()
  // Nothing above waits for anything but promises: without a pause the test's own runner would never get a word in.
  await new Promise(resolve => setImmediate(resolve))
}

it('no more coupons are taken than there are, whoever comes first and whoever dies', async () => {
  const taking = rounds(fc.oneof({ arbitrary: take, weight: 4 }, { arbitrary: timer, weight: 1 }), 6)
  await fc.assert(fc.asyncProperty(fc.scheduler(), taking, (scheduler, happened) => live(scheduler, happened)), { numRuns: 100 })
}, 120_000)

it('no coupon is used by two live orders, whoever comes first and whoever dies', async () => {
  const using = rounds(fc.oneof(
    { arbitrary: order, weight: 4 }, { arbitrary: afterwards, weight: 3 }, { arbitrary: take, weight: 1 }, { arbitrary: timer, weight: 1 },
  ), 15)
  const before: Step[] = [{ kind: 'take', person: 0, number: 1 }]
  await fc.assert(fc.asyncProperty(fc.scheduler(), using, (scheduler, happened) => live(scheduler, happened, before)), { numRuns: 50 })
}, 120_000)
