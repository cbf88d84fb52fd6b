import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SittingDocument } from '../../backend/dining/sittings.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { member, newRequestId, orderOf, paidOrder, wishOf } from './support.ts'

let shop: TestShop
let alice: Caller
let clerk: Caller
beforeAll(async () => {
  shop = await openTestShop({ tradeDelayMs: 0 })
  alice = await member(shop, 'o-alice')
  clerk = await member(shop, 'o-clerk')
})
afterAll(() => shop.close())

const POINTS = 6
const QUARTER_MS = 15 * 60_000
const cakes = (quantity: number) => [{ productId: 'earl-grey-cookies', choiceIds: [], quantity }]

/** A kitchen that has made nothing yet and can make so much. */
beforeEach(async () => {
  const quarter = Math.floor(Date.now() / QUARTER_MS) * QUARTER_MS
  for (let ahead = 0; ahead < 12; ahead += 1) {
    const stamp = new Date(quarter + ahead * QUARTER_MS + 8 * 3_600_000).toISOString().replace(/[-:T]/g, '').slice(0, 12)
    await shop.admin.remove('stock', `kitchen:main@${stamp}`)
  }
  await shop.admin.change('stores', 'main', { kitchen: { slotPoints: POINTS, pauseAboveMinutes: 30 }, kitchenNow: {} })
})

const storeAt = async (screen: 'home' | 'menu') => {
  const outcome = await alice.shop(screen, {})
  if (!outcome.ok) throw new Error(screen)
  return outcome.value.store
}
const checkout = async (quantity: number) => {
  const outcome = await alice.shop('checkout', { lines: cakes(quantity), fulfilment: { kind: 'TakeAway' } })
  if (!outcome.ok) throw new Error('checkout')
  return outcome.value
}
const placed = async (quantity: number, who = alice) => who.shop('placeOrder', await wishOf(who, cakes(quantity)))

describe('a kitchen that is counted', () => {
  it('tells everywhere how long it takes, and an order when it will be ready', async () => {
    const { wait } = await storeAt('home')
    expect(wait).toEqual((await storeAt('menu')).wait)
    expect((await checkout(1)).store.wait).toEqual(wait)
    expect(wait!.toMinutes - wait!.fromMinutes).toBeGreaterThanOrEqual(5)
    const order = await placed(1)
    expect(order.ok && order.value.promise!.fromMs - order.value.createdAtMs).toBe(wait!.fromMinutes * 60_000)
    if (order.ok) await alice.shop('cancelOrder', { orderId: order.value.id })
  })

  it('takes longer when it has more to do, and has its time back from who gives up', async () => {
    const before = await storeAt('menu')
    const order = await placed(POINTS)
    expect((await storeAt('menu')).wait!.fromMinutes).toBeGreaterThan(before.wait!.fromMinutes)
    expect((await checkout(1)).slots).not.toContain((await checkout(POINTS)).slots[0]! - QUARTER_MS)
    if (order.ok) await alice.shop('cancelOrder', { orderId: order.value.id })
    expect((await storeAt('menu')).wait!.fromMinutes).toBeLessThanOrEqual(before.wait!.fromMinutes + 5)
  })

  it('cannot be asked for a time that is full, which is not proposed any more, and names the next ones', async () => {
    const { slots } = await checkout(POINTS)
    const fulfilment = { kind: 'TakeAway' as const, slotAtMs: slots[2]! }
    const wish = await wishOf(alice, cakes(POINTS), { fulfilment })
    const other = await member(shop, 'o-other')
    expect(await other.shop('placeOrder', await wishOf(other, cakes(POINTS), { fulfilment }))).toMatchObject({ ok: true })
    expect((await checkout(1)).slots).not.toContain(slots[2])
    expect(await alice.shop('quote', { lines: cakes(1), fulfilment })).toMatchObject({ value: { obstacle: { kind: 'SlotFull' } } })
    const refusal = await alice.shop('placeOrder', wish)
    expect(refusal).toMatchObject({ ok: false, code: 'SlotFull', detail: { obstacle: { kind: 'SlotFull' } } })
    const free = !refusal.ok && refusal.kind === 'refused' && refusal.detail?.obstacle?.kind === 'SlotFull' ? refusal.detail.obstacle.freeSlots : []
    expect(free).not.toContain(slots[2])
    expect(free.length).toBeGreaterThan(2)
  })

  it('gives the last room of a time to one of many who want it at the same moment', async () => {
    const slotAtMs = (await checkout(1)).slots[3]!
    const people = await Promise.all(['o-q1', 'o-q2', 'o-q3', 'o-q4'].map(openid => member(shop, openid)))
    const wishes = await Promise.all(people.map(person => wishOf(person, cakes(4), { fulfilment: { kind: 'TakeAway', slotAtMs } })))
    const outcomes = await Promise.all(people.map((person, at) => person.shop('placeOrder', wishes[at]!)))
    expect(outcomes.filter(outcome => outcome.ok)).toHaveLength(1)
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome).toMatchObject({ code: 'SlotFull' })
  })

  it('finds everybody a time who wants it as soon as possible at the same moment, each a later one', async () => {
    await shop.admin.change('stores', 'main', { kitchen: { slotPoints: POINTS, pauseAboveMinutes: 120 } })
    const people = await Promise.all(['o-s1', 'o-s2', 'o-s3', 'o-s4'].map(openid => member(shop, openid)))
    const wishes = await Promise.all(people.map(person => wishOf(person, cakes(4))))
    const outcomes = await Promise.all(people.map((person, at) => person.shop('placeOrder', wishes[at]!)))
    const promised = outcomes.map(outcome => outcome.ok && outcome.value.promise!.fromMs - outcome.value.createdAtMs)
    expect(new Set(promised).size, JSON.stringify(promised)).toBe(people.length)
    expect(promised).not.toContain(false)
  })

  it('takes nothing more on at once above its line, and still does for later', async () => {
    for (let at = 0; at < 3; at += 1) {
      const order = await placed(POINTS, await member(shop, `o-busy-${at}`))
      if (!order.ok) expect(order).toMatchObject({ code: 'SlotFull' })
    }
    expect(await placed(1)).toMatchObject({ code: 'SlotFull' })
    expect(await storeAt('menu')).not.toHaveProperty('wait')
    const { slots } = await checkout(1)
    const later = await alice.shop('placeOrder', await wishOf(alice, cakes(1), { fulfilment: { kind: 'TakeAway', slotAtMs: slots[0]! } }))
    expect(later).toMatchObject({ ok: true })
    if (later.ok) await alice.shop('cancelOrder', { orderId: later.value.id })
  })

  it('keeps the place of a paid order, and does nothing for what lies on the shelf', async () => {
    const { orderId } = await paidOrder(shop, alice, cakes(2))
    expect(await orderOf(alice, orderId)).toMatchObject({ promise: { fromMs: expect.any(Number) as number } })
    const view = await clerk.merchant('bar', { tab: 'ToMake' })
    expect(view.ok && view.value.kitchen.slots.reduce((sum, slot) => sum + slot.taken, 0)).toBe(2)
    const jar = { productId: 'honey-jar', choiceIds: [], quantity: 1 }
    const order = await alice.shop('placeOrder', await wishOf(alice, [jar]))
    expect(order.ok && 'promise' in order.value).toBe(false)
  })
})

describe('a table that pays at the end', () => {
  const slots = async () => {
    const view = await clerk.merchant('bar', { tab: 'ToMake' })
    return view.ok ? view.value.kitchen.slots : []
  }
  const taken = async () => (await slots()).reduce((sum, slot) => sum + slot.taken, 0)
  let guest: Caller
  let sittingId: string
  beforeAll(async () => {
    guest = await member(shop, 'o-seated')
    const entered = await guest.shop('enterTable', { linkId: 'Nc5TqY8w' })
    if (!entered.ok) throw new Error(JSON.stringify(entered))
    sittingId = entered.value.id
    await guest.shop('beginMeal', { sittingId, people: 1, terms: { perPersonFen: 200, serviceBasisPoints: 0 } })
  })
  const order = async (quantity: number) => {
    const change = { kind: 'Add' as const, line: { productId: 'earl-grey-cookies', choiceIds: [], quantity } }
    const seen = await guest.shop('changeTableCart', { sittingId, requestId: newRequestId(), change })
    if (!seen.ok) throw new Error(JSON.stringify(seen))
    const expectedTotalFen = seen.value.cart.lines.reduce((sum, line) => sum + line.unitFen * line.quantity, 0)
    return guest.shop('sendRound', { sittingId, requestId: newRequestId(), cartVersion: seen.value.cart.version, remark: '', expectedTotalFen })
  }
  const takeBack = (roundId: string, quantity: number) => clerk.merchant('returnDish', {
    requestId: newRequestId(), sittingId, roundId, line: 0, quantity, isSellable: false, note: '点错了',
  })

  it('gives the room of dishes that are taken back to others, unless their quarter of an hour has begun', async () => {
    const sent = await order(5)
    const round = sent.ok ? sent.value.sitting.rounds.at(-1)! : null
    expect(await taken()).toBe(5)
    expect(await takeBack(round!.id, 2)).toMatchObject({ ok: true })
    expect(await taken()).toBe(3)
    const { rounds } = (await shop.admin.read<SittingDocument>('sittings', sittingId))!
    const begun = rounds.map(one => one.cooking ? { ...one, cooking: { ...one.cooking, piece: { ...one.cooking.piece, daily: { ...one.cooking.piece.daily!, day: '202001010000' } } } } : one)
    await shop.admin.change('sittings', sittingId, { rounds: begun })
    expect(await takeBack(round!.id, 1)).toMatchObject({ ok: true })
    expect(await taken()).toBe(3)
  })

  it('keeps a whole quarter until less than one is left to make', async () => {
    const sent = await order(POINTS + 3)
    const roundId = sent.ok ? sent.value.sitting.rounds.at(-1)!.id : ''
    await takeBack(roundId, 2)
    expect(await taken()).toBe(POINTS)
    await takeBack(roundId, 4)
    expect(await taken()).toBe(3)
  })

  it('sends nothing to a kitchen that is paused, and keeps the cart for afterwards', async () => {
    await clerk.merchant('pauseOrders', { minutes: 30 })
    expect(await order(1)).toMatchObject({ code: 'StorePaused', detail: { obstacle: { kind: 'StorePaused', untilMs: expect.any(Number) as number } } })
    await clerk.merchant('pauseOrders', { minutes: 0 })
    expect(await order(1)).toMatchObject({ ok: true, value: { sitting: { cart: { lines: [] } } } })
  })

  it('is counted, and taken even when nothing is free', async () => {
    expect(await order(2)).toMatchObject({ ok: true })
    expect(await taken()).toBe(2)
    for (let round = 0; round < 9; round += 1) expect(await order(POINTS)).toMatchObject({ ok: true })
    expect(await taken()).toBeLessThanOrEqual(8 * POINTS)
  })
})

describe('staff', () => {
  it('add minutes that everyone is told, and that end by themselves', async () => {
    const before = (await storeAt('menu')).wait!
    expect(await clerk.merchant('setExtraWait', { minutes: 20 })).toMatchObject({ ok: true, value: { extraMinutes: 20 } })
    const slow = (await storeAt('menu')).wait!
    expect(slow.fromMinutes).toBeGreaterThanOrEqual(before.fromMinutes + 15)
    await shop.admin.change('stores', 'main', { kitchenNow: { extraMinutes: 20, extraUntilMs: Date.now() - 1, pausedUntilMs: 0 } })
    expect((await storeAt('menu')).wait!.fromMinutes).toBeLessThanOrEqual(before.fromMinutes + 5)
    expect(await clerk.merchant('bar', { tab: 'ToMake' })).toMatchObject({ value: { kitchen: { extraMinutes: 0, extraUntilMs: null } } })
  })

  it('pause and take up again; a second tap and a colleague\'s minutes change nothing of it', async () => {
    await clerk.merchant('setExtraWait', { minutes: 10 })
    await clerk.merchant('pauseOrders', { minutes: 30 })
    await clerk.merchant('pauseOrders', { minutes: 30 })
    expect(await storeAt('home')).toMatchObject({ pausedUntilMs: expect.any(Number) as number })
    const wish = { requestId: newRequestId(), lines: cakes(1), fulfilment: { kind: 'TakeAway' as const }, remark: '', expectedTotalFen: 1600 }
    expect(await alice.shop('placeOrder', wish)).toMatchObject({ code: 'StorePaused', detail: { obstacle: { kind: 'StorePaused' } } })
    expect((await checkout(1)).slots[0]).toBeGreaterThan(Date.now() + 25 * 60_000)
    expect(await clerk.merchant('pauseOrders', { minutes: 0 })).toMatchObject({ value: { pausedUntilMs: null, extraMinutes: 10 } })
    expect(await placed(1)).toMatchObject({ ok: true })
  })

  it('are the only ones who may', async () => {
    expect(await alice.merchant('pauseOrders', { minutes: 30 })).toMatchObject({ kind: 'denied' })
  })
})
