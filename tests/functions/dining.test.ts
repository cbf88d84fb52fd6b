import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SittingDocument } from '../../backend/dining/sittings.ts'
import type { SittingView } from '../../contracts/dining.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { EGG_TART, EGG_TART_FEN, leftOf, member, newRequestId, orderOf, pay, startPaying } from './support.ts'

let shop: TestShop
let clerk: Caller
let owner: Caller
/** Tables of the demo shop that pay at the end; a new one for each story. */
const LATER = [['t9', 'Nc5TqY8w'], ['t10', 'Mz2RpL6x'], ['t11', 'Gk9DsV3h'], ['t12', 'Wa7JfB4e']] as const
const ROOM = ['t13', 'Vr6HnX2q'] as const
const FIRST = ['t14', 'Ld8CmK5y'] as const
const TERMS = { perPersonFen: 200, serviceBasisPoints: 0 }

beforeAll(async () => {
  shop = await openTestShop()
  clerk = await member(shop, 'o-clerk')
  owner = await member(shop, 'o-owner')
  must(await owner.merchant('changeStock', { requestId: newRequestId(), productId: 'egg-tart', kind: 'Supplied', change: 200, note: '刚出炉' }))
})
afterAll(() => shop.close())

function must<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  return outcome.value
}

let people = 0
/** Guests who have never been here, at a table; the first of them has said how many they are. */
async function seat(linkId: string, count = 1, terms = TERMS) {
  const guests = await Promise.all(Array.from({ length: count }, () => member(shop, `o-guest-${++people}`)))
  let sitting!: SittingView
  for (const guest of guests) sitting = must(await guest.shop('enterTable', { linkId }))
  if (sitting.people === null && sitting.state !== 'Waiting') {
    sitting = must(await guests[0]!.shop('beginMeal', { sittingId: sitting.id, people: count, terms }))
  }
  return { guests, sitting }
}

const add = async (guest: Caller, sittingId: string, quantity = 1, productId = EGG_TART.productId) =>
  must(await guest.shop('changeTableCart', { sittingId, requestId: newRequestId(), change: { kind: 'Add', line: { ...EGG_TART, productId, quantity } } }))

const send = (guest: Caller, { id, cart }: SittingView, requestId = newRequestId()) => guest.shop('sendRound', {
  sittingId: id, requestId, cartVersion: cart.version, remark: '少油', expectedTotalFen: cart.lines.reduce((sum, line) => sum + line.unitFen * line.quantity, 0),
})

const order = async (guest: Caller, sittingId: string, quantity = 1) =>
  must(await send(guest, await add(guest, sittingId, quantity))).sitting

const bill = async (guest: Caller, { id, running }: SittingView) =>
  must(await guest.shop('makeBill', { sittingId: id, split: { kind: 'Whole' }, expectedTotalFen: running.totalFen }))

const takeOn = async (guest: Caller, sitting: SittingView, part = 0) => must(await guest.shop('payPart', {
  sittingId: sitting.id, bill: sitting.bill!.number, part, expectedFen: sitting.bill!.parts[part]!.amountFen,
})).orderId

async function payAll(guest: Caller, sitting: SittingView) {
  await pay(shop, guest, await takeOn(guest, await bill(guest, sitting))).catch(() => undefined)
}

const now = async (guest: Caller, sittingId: string) => must(await guest.shop('tableNow', { sittingId }))!
const rowOf = async (tableId: string) => must(await clerk.merchant('tables', {})).tables.find(table => table.tableId === tableId)!
const ticketsOf = async (tableName: string, { id }: Pick<SittingView, 'id'> = { id: '' }) =>
  must(await clerk.merchant('kitchenTickets', { state: 'New' })).tickets.filter(ticket => ticket.tableName === tableName && ticket.id.startsWith(id))

describe('a table that pays at the end', () => {
  const [tableId, linkId] = LATER[0]

  it('is opened by its code, tells everyone of a new phone, and asks for people and fees before the first dish', async () => {
    const [ann, ben] = [await member(shop, 'o-ann'), await member(shop, 'o-ben')]
    expect((await rowOf(tableId)).state).toBe('Free')
    const opened = must(await ann.shop('enterTable', { linkId }))
    expect(opened).toMatchObject({ state: 'Open', people: null, me: 1, guests: [1], tableName: 'C1', terms: TERMS })
    const dish = { sittingId: opened.id, requestId: newRequestId(), change: { kind: 'Add' as const, line: EGG_TART } }
    expect(await ann.shop('changeTableCart', dish)).toMatchObject({ code: 'PeopleNotAsked' })
    expect(await ann.shop('beginMeal', { sittingId: opened.id, people: 2, terms: { ...TERMS, perPersonFen: 100 } })).toMatchObject({ code: 'TermsChanged' })
    expect(await ann.shop('beginMeal', { sittingId: opened.id, people: 2, terms: TERMS })).toMatchObject({ ok: true, value: { people: 2 } })
    expect(must(await ben.shop('enterTable', { linkId }))).toMatchObject({ id: opened.id, me: 2, people: 2, news: [{ kind: 'Joined', guest: 1 }, { kind: 'Joined', guest: 2 }] })
    expect((await rowOf(tableId))).toMatchObject({ state: 'Open', people: 2 })
    expect(await shop.admin.read('sittings', opened.id)).toMatchObject({ consents: [{ openid: 'o-ann', people: 2, terms: TERMS }] })
    expect(JSON.stringify(await now(ben, opened.id))).not.toContain('o-ann')
    await shop.as('o-clerk').merchant('clearTable', { sittingId: opened.id })
  })

  it('takes two rounds of two guests, counts the stock at once, is paid at the end and cleared', async () => {
    const before = (await leftOf(shop, 'egg-tart'))!
    const { guests: [ann, ben], sitting } = await seat(linkId, 2)
    await add(ann!, sitting.id, 2)
    const seen = await add(ben!, sitting.id, 1)
    expect(seen.cart.lines.map(line => [line.guest, line.quantity])).toEqual([[1, 2], [2, 1]])
    const sent = must(await send(ben!, seen)).sitting
    expect(sent).toMatchObject({ state: 'Ordering', cart: { lines: [] }, rounds: [{ number: 1, guest: 2, kitchen: 'New', totalFen: 3 * EGG_TART_FEN }] })
    expect(await leftOf(shop, 'egg-tart')).toBe(before - 3)
    // The same dish of two guests is one line for the kitchen.
    expect(await ticketsOf('C1', sitting)).toMatchObject([{ round: 1, people: 2, remark: '少油', lines: [{ quantity: 3 }] }])
    const twice = await order(ann!, sitting.id)
    expect(twice.running).toMatchObject({ goodsFen: 4 * EGG_TART_FEN, fees: [{ kind: 'PerPerson', amountFen: 400, pieces: 2 }], totalFen: 4 * EGG_TART_FEN + 400 })
    expect(await clerk.merchant('clearTable', { sittingId: sitting.id })).toMatchObject({ code: 'BillUnpaid' })
    expect(await rowOf(tableId)).toMatchObject({ state: 'Ordering', unpaidFen: twice.running.totalFen, pieces: 4 })

    const billed = await bill(ann!, twice)
    expect((await rowOf(tableId)).state).toBe('ToBePaid')
    expect(await clerk.merchant('clearTable', { sittingId: sitting.id })).toMatchObject({ code: 'BillBeingPaid' })
    expect(await send(ben!, await add(ben!, sitting.id))).toMatchObject({ code: 'BillBeingPaid' })
    const orderId = await takeOn(ann!, billed)
    expect(await takeOn(ann!, billed)).toBe(orderId)
    expect(await ben!.shop('payPart', { sittingId: sitting.id, bill: 1, part: 0, expectedFen: billed.bill!.totalFen })).toMatchObject({ code: 'PartTaken' })
    const { outTradeNo } = await startPaying(ann!, orderId)
    await shop.manage('pay/complete', { outTradeNo })
    expect(must(await ann!.shop('syncPayment', { orderId }))).toMatchObject({ totalFen: 4 * EGG_TART_FEN + 400 })
    // What was eaten is handed over: the bar has nothing to make of it.
    expect((await orderOf(ann!, orderId)).state).toBe('Collected')
    expect(await now(ben!, sitting.id)).toMatchObject({ state: 'ToBeCleared', bill: null, running: { totalFen: 0 }, rounds: [{ isPaid: true }, { isPaid: true }] })
    expect(await leftOf(shop, 'egg-tart')).toBe(before - 4)
    expect(await clerk.merchant('clearTable', { sittingId: sitting.id })).toMatchObject({ ok: true })
    expect((await rowOf(tableId)).state).toBe('Free')
  })

  it('lets no phone of an earlier sitting order, and begins anew with a scan', async () => {
    const { guests: [ann], sitting } = await seat(linkId)
    const seen = await add(ann!, sitting.id)
    await clerk.merchant('clearTable', { sittingId: sitting.id })
    expect(await send(ann!, seen)).toMatchObject({ code: 'TableCleared' })
    expect(await ann!.shop('changeTableCart', { sittingId: sitting.id, requestId: newRequestId(), change: { kind: 'Add', line: EGG_TART } })).toMatchObject({ code: 'TableCleared' })
    expect((await now(ann!, sitting.id)).state).toBe('Cleared')
    const stranger = await member(shop, 'o-stranger')
    expect(await stranger.shop('tableNow', { sittingId: sitting.id })).toMatchObject({ code: 'NotSeated' })
    expect(await stranger.shop('placeOrder', {
      requestId: newRequestId(), lines: [EGG_TART], fulfilment: { kind: 'DineIn', linkId }, remark: '', expectedTotalFen: EGG_TART_FEN,
    })).toMatchObject({ code: 'SittingNeeded' })
    const again = must(await ann!.shop('enterTable', { linkId }))
    expect(again).toMatchObject({ state: 'Open', people: null, rounds: [] })
    expect(again.id).not.toBe(sitting.id)
    await clerk.merchant('clearTable', { sittingId: again.id })
  })

  it('cannot be opened by a photo of its code while the shop is closed', async () => {
    const store = (await shop.admin.read<{ _id: string, hours: object }>('stores', 'main'))!
    await shop.admin.change('stores', 'main', { closedDays: [0, 1].map(days => ({ day: new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', ''), because: { zh: '休息', en: 'closed' } })) })
    const night = await member(shop, 'o-night')
    expect(await night.shop('enterTable', { linkId })).toMatchObject({ code: 'StoreClosed' })
    await shop.admin.change('stores', 'main', { closedDays: [], hours: store.hours })
  })

  it('forgets who sat there a month after it was cleared, and keeps what they ate', async () => {
    const { guests: [ann], sitting } = await seat(linkId)
    await payAll(ann!, await order(ann!, sitting.id))
    must(await clerk.merchant('clearTable', { sittingId: sitting.id }))
    const cleared = await shop.admin.read<SittingDocument>('sittings', sitting.id)
    expect(cleared!.dueAtMs).toBeGreaterThan(Date.now() + 29 * 86_400_000)
    await shop.manage('timers/timer')
    expect((await shop.admin.read<SittingDocument>('sittings', sitting.id))!.guests[0]!.openid).not.toBe('')
    await shop.admin.change('sittings', sitting.id, { dueAtMs: 0 })
    await shop.manage('timers/timer')
    const { guests, consents, rounds } = (await shop.admin.read<SittingDocument>('sittings', sitting.id))!
    expect([...guests, ...consents].map(one => one.openid)).toEqual(['', ''])
    expect(rounds).toMatchObject([{ lines: [{ quantity: 1 }] }])
  })

  it('turns a newcomer away from the bill of those who have paid', async () => {
    const { guests: [ann], sitting } = await seat(linkId)
    await payAll(ann!, await order(ann!, sitting.id))
    expect((await now(ann!, sitting.id)).state).toBe('ToBeCleared')
    expect(await (await member(shop, 'o-next')).shop('enterTable', { linkId })).toMatchObject({ code: 'TableNotCleared' })
    await clerk.merchant('clearTable', { sittingId: sitting.id })
  })

  it('takes more orders after it was paid, and charges the seats once', async () => {
    const { guests: [ann], sitting } = await seat(linkId)
    await payAll(ann!, await order(ann!, sitting.id))
    const more = await order(ann!, sitting.id)
    expect(more).toMatchObject({ state: 'Ordering', running: { fees: [], totalFen: EGG_TART_FEN } })
    await payAll(ann!, more)
    expect(await clerk.merchant('clearTable', { sittingId: sitting.id })).toMatchObject({ ok: true })
  })
})

describe('a cart that two share', () => {
  const [, linkId] = LATER[1]
  let ann: Caller
  let ben: Caller
  let sittingId: string

  beforeAll(async () => {
    const seated = await seat(linkId, 2)
    ;[ann, ben] = seated.guests as [Caller, Caller]
    sittingId = seated.sitting.id
  })

  it('answers an unchanged look with nothing', async () => {
    const { version } = await now(ann, sittingId)
    expect(must(await ann.shop('tableNow', { sittingId, version }))).toBeNull()
    await add(ben, sittingId)
    expect(must(await ann.shop('tableNow', { sittingId, version }))?.cart.lines).toMatchObject([{ guest: 2, quantity: 1 }])
  })

  it('carries a wish out once, however often it is sent', async () => {
    const wish = { sittingId, requestId: newRequestId(), change: { kind: 'Add' as const, line: EGG_TART } }
    await Promise.all([1, 2, 3].map(() => ann.shop('changeTableCart', wish)))
    expect((await now(ann, sittingId)).cart.lines.filter(line => line.guest === 1)).toMatchObject([{ quantity: 1 }])
  })

  it('lets nobody change what somebody else put there', async () => {
    const { cart } = await now(ann, sittingId)
    const bens = cart.lines.find(line => line.guest === 2)!
    const change = { kind: 'SetQuantity' as const, lineId: bens.id, quantity: 0 }
    expect(await ann.shop('changeTableCart', { sittingId, requestId: newRequestId(), change })).toMatchObject({ code: 'NotYours' })
    expect(await ben.shop('changeTableCart', { sittingId, requestId: newRequestId(), change: { ...change, quantity: 3 } })).toMatchObject({ ok: true })
  })

  it('is sent once by two phones at the same moment, and refused to the one that has not seen it as it is', async () => {
    const seen = await now(ann, sittingId)
    expect(await ben.shop('sendRound', { sittingId, requestId: newRequestId(), cartVersion: seen.cart.version, remark: '', expectedTotalFen: 1 })).toMatchObject({ code: 'PriceChanged' })
    const sent = await Promise.all([send(ann, seen), send(ben, seen), send(ben, seen)])
    for (const outcome of sent) expect(outcome).toMatchObject({ ok: true, value: { sitting: { rounds: [{ number: 1 }] } } })
    expect(await ticketsOf('C2')).toHaveLength(1)
    const fresh = await add(ann, sittingId)
    await add(ben, sittingId)
    expect(await send(ann, fresh)).toMatchObject({ code: 'CartChanged' })
    for (const [guest, guestNumber] of [[ann, 1], [ben, 2]] as const) {
      const own = (await now(guest, sittingId)).cart.lines.find(line => line.guest === guestNumber)!
      await guest.shop('changeTableCart', { sittingId, requestId: newRequestId(), change: { kind: 'SetQuantity', lineId: own.id, quantity: 0 } })
    }
    expect(await send(ann, await now(ann, sittingId))).toMatchObject({ code: 'CartEmpty' })
  })

  it('sells nothing that is not there, and leaves the cart as it is', async () => {
    await shop.admin.change('stock', 'sticker-pack', { available: 1 })
    const seen = await add(ann, sittingId, 1, 'sticker-pack').catch(() => null)
    // What lies on the shelf is no dish.
    expect(seen).toBeNull()
    const { available } = (await shop.admin.read<{ _id: string, available: number }>('stock', 'egg-tart'))!
    const full = await add(ann, sittingId, 2)
    await shop.admin.change('stock', 'egg-tart', { available: 1 })
    expect(await send(ann, full)).toMatchObject({ code: 'LinesUnavailable', detail: { problems: [{ line: 0, problem: 'NotEnough', left: 1 }] } })
    expect((await now(ann, sittingId)).cart.lines).toHaveLength(1)
    await shop.admin.change('stock', 'egg-tart', { available })
  })

  it('calls the waiter once until somebody comes, and not again a moment after', async () => {
    for (let tap = 0; tap < 3; tap += 1) must(await ann.shop('callWaiter', { sittingId, kind: 'Water' }))
    const row = await rowOf('t10')
    expect(row.calls).toMatchObject([{ kind: 'Water' }])
    expect(await clerk.merchant('answerCall', { sittingId, callId: row.calls[0]!.id })).toMatchObject({ ok: true })
    expect((await rowOf('t10')).calls).toEqual([])
    expect(await ben.shop('callWaiter', { sittingId, kind: 'Water' })).toMatchObject({ code: 'CalledJustNow' })
    const [round] = (await now(ann, sittingId)).rounds
    expect(await ann.shop('callWaiter', { sittingId, kind: 'Urge', roundId: round!.id })).toMatchObject({ ok: true })
    expect((await ticketsOf('C2'))[0]!.urgedAtMs).toBeGreaterThan(0)
    expect(await ann.shop('callWaiter', { sittingId, kind: 'Urge', roundId: 'unknown' })).toMatchObject({ code: 'RoundUnknown' })
  })
})

describe('a split bill', () => {
  const [tableId, linkId] = LATER[2]

  it('by guest is paid in parts by those who ordered, stays until all is paid, and adds up', async () => {
    const { guests: [ann, ben], sitting } = await seat(linkId, 2)
    await add(ann!, sitting.id, 2)
    const { running } = must(await send(ben!, await add(ben!, sitting.id, 1))).sitting
    const split = must(await ann!.shop('makeBill', { sittingId: sitting.id, split: { kind: 'ByGuest' }, expectedTotalFen: running.totalFen }))
    expect(split.bill!.parts.map(part => part.amountFen).reduce((sum, fen) => sum + fen)).toBe(running.totalFen)
    const hers = await takeOn(ann!, split, 0)
    await pay(shop, ann!, hers).catch(() => undefined)
    expect(await now(ben!, sitting.id)).toMatchObject({ state: 'ToBePaid', bill: { parts: [{ state: 'Paid', guest: 1, orderId: null }, { state: 'Open' }] } })
    expect(await ben!.shop('cancelBill', { sittingId: sitting.id })).toMatchObject({ code: 'PartPaid' })
    const his = await takeOn(ben!, split, 1)
    await pay(shop, ben!, his).catch(() => undefined)
    expect((await rowOf(tableId)).state).toBe('ToBeCleared')
    expect((await orderOf(ann!, hers)).totalFen + (await orderOf(ben!, his)).totalFen).toBe(running.totalFen)
    await clerk.merchant('clearTable', { sittingId: sitting.id })
  })

  it('goes back to ordering when nobody pays it, by word or by time', async () => {
    const { guests: [ann], sitting } = await seat(linkId)
    const ordered = await order(ann!, sitting.id)
    const orderId = await takeOn(ann!, await bill(ann!, ordered))
    await startPaying(ann!, orderId)
    expect(await ann!.shop('cancelBill', { sittingId: sitting.id })).toMatchObject({ ok: true, value: { state: 'Ordering', bill: null } })
    expect((await orderOf(ann!, orderId)).state).toBe('Closed')
    const second = await takeOn(ann!, await bill(ann!, await now(ann!, sitting.id)))
    expect(second).not.toBe(orderId)
    await ann!.shop('cancelOrder', { orderId: second })
    expect(await now(ann!, sitting.id)).toMatchObject({ state: 'Ordering', bill: null, running: { totalFen: ordered.running.totalFen } })
    await payAll(ann!, await now(ann!, sitting.id))
    await clerk.merchant('clearTable', { sittingId: sitting.id })
  })

  it('is found paid by the timer when everything else was lost', async () => {
    const { guests: [ann], sitting } = await seat(linkId)
    const orderId = await takeOn(ann!, await bill(ann!, await order(ann!, sitting.id)))
    // The payment is settled where nobody can tell the table.
    await shop.admin.change('orders', orderId, { state: 'Paid' })
    await shop.admin.change('sittings', sitting.id, { dueAtMs: 0 })
    await shop.manage('timers/timer')
    await expect.poll(async () => (await rowOf(tableId)).state, { timeout: 5000 }).toBe('ToBeCleared')
    await clerk.merchant('clearTable', { sittingId: sitting.id })
  })
})

describe('staff at the tables', () => {
  const [[fromId, fromLink], [toId, toLink]] = [LATER[2], LATER[3]]

  it('take a dish back with a reason: the bill, the kitchen and the shelf know it, once', async () => {
    const { guests: [ann], sitting } = await seat(fromLink)
    const before = (await leftOf(shop, 'egg-tart'))!
    const ordered = await order(ann!, sitting.id, 3)
    const [round] = ordered.rounds
    const wish = { requestId: newRequestId(), sittingId: sitting.id, roundId: round!.id, line: 0, quantity: 2, isSellable: true, note: '上错了' }
    for (let tap = 0; tap < 2; tap += 1) must(await clerk.merchant('returnDish', wish))
    expect(await now(ann!, sitting.id)).toMatchObject({ running: { goodsFen: EGG_TART_FEN }, rounds: [{ lines: [{ returned: 2 }] }] })
    expect((await ticketsOf('C3', sitting))[0]!.lines).toMatchObject([{ quantity: 3, returned: 2 }])
    expect(await leftOf(shop, 'egg-tart')).toBe(before - 1)
    expect(await clerk.merchant('returnDish', { ...wish, requestId: newRequestId() })).toMatchObject({ code: 'TooManyPieces' })
    must(await clerk.merchant('returnDish', { ...wish, requestId: newRequestId(), quantity: 1, isSellable: false }))
    expect(await leftOf(shop, 'egg-tart')).toBe(before - 1)
    expect(await now(ann!, sitting.id)).toMatchObject({ running: { totalFen: 0 }, rounds: [{ kitchen: 'Void' }] })
    expect(await clerk.merchant('clearTable', { sittingId: sitting.id })).toMatchObject({ ok: true })
  })

  it('move guests to a free table with all they ordered, and to no other', async () => {
    const { guests: [ann], sitting } = await seat(fromLink)
    await order(ann!, sitting.id)
    expect(await clerk.merchant('lockTable', { tableId: toId, isLocked: true })).toMatchObject({ ok: true })
    expect((await rowOf(toId)).state).toBe('Locked')
    expect(await (await member(shop, 'o-late')).shop('enterTable', { linkId: toLink })).toMatchObject({ code: 'TableLocked' })
    expect(await clerk.merchant('moveTable', { sittingId: sitting.id, toTableId: toId })).toMatchObject({ code: 'TableLocked' })
    await clerk.merchant('lockTable', { tableId: toId, isLocked: false })
    expect(await clerk.merchant('lockTable', { tableId: fromId, isLocked: true })).toMatchObject({ code: 'TableTaken' })
    expect(must(await clerk.merchant('moveTable', { sittingId: sitting.id, toTableId: toId }))).toMatchObject({ tableName: 'C4' })
    expect([(await rowOf(fromId)).state, (await rowOf(toId)).state]).toEqual(['Free', 'Ordering'])
    expect(await ticketsOf('C4', sitting)).toHaveLength(1)
    const after = await order(ann!, sitting.id)
    expect(after).toMatchObject({ tableName: 'C4', rounds: [{ number: 1 }, { number: 2 }] })
    await payAll(ann!, after)
    await clerk.merchant('clearTable', { sittingId: sitting.id })
  })

  it('merge two tables into one bill and part them again, losing nothing', async () => {
    const { guests: [ann], sitting } = await seat(fromLink)
    const { guests: [ben], sitting: other } = await seat(toLink)
    await order(ann!, sitting.id, 1)
    await order(ben!, other.id, 2)
    const merged = must(await clerk.merchant('mergeTables', { sittingId: sitting.id, otherSittingId: other.id }))
    expect(merged).toMatchObject({ tableName: 'C3+C4', people: 2, guests: [1, 2], running: { goodsFen: 3 * EGG_TART_FEN } })
    // Ben's phone asks for the sitting that it knows, and finds itself at the new one.
    expect(await now(ben!, other.id)).toMatchObject({ id: sitting.id, me: 2 })
    expect(await rowOf(toId)).toMatchObject({ sittingId: sitting.id, together: ['C3'] })
    await order(ben!, other.id)
    const apart = must(await clerk.merchant('unmergeTables', { sittingId: sitting.id, otherSittingId: other.id }))
    // His phone has known the merged sitting alone since then, and finds itself back at its own; a stranger finds neither.
    const his = await now(ben!, sitting.id)
    expect(his).toMatchObject({ id: other.id, tableName: 'C4', people: 1, rounds: [{ guest: 2 }] })
    expect(await now(ben!, other.id)).toEqual(his)
    expect(await (await member(shop, 'o-passer-by')).shop('tableNow', { sittingId: sitting.id })).toMatchObject({ code: 'NotSeated' })
    // The round that was sent together stays with the table that sent it.
    expect(apart.running.goodsFen + his.running.goodsFen).toBe(4 * EGG_TART_FEN)
    expect(await clerk.merchant('unmergeTables', { sittingId: sitting.id, otherSittingId: other.id })).toMatchObject({ code: 'NotMerged' })
    await payAll(ann!, await now(ann!, sitting.id))
    await payAll(ben!, his)
    for (const id of [sitting.id, other.id]) expect(await clerk.merchant('clearTable', { sittingId: id })).toMatchObject({ ok: true })
  })

  it('merge tables one after the other, and a month after the clearing nobody of all of them is known any more', async () => {
    const [{ guests: [ann], sitting: first }, { sitting: second }, { sitting: third }] =
      [await seat(fromLink), await seat(toLink), await seat(LATER[0][1])]
    must(await clerk.merchant('mergeTables', { sittingId: second.id, otherSittingId: third.id }))
    must(await clerk.merchant('mergeTables', { sittingId: first.id, otherSittingId: second.id }))
    await payAll(ann!, await order(ann!, first.id))
    must(await clerk.merchant('clearTable', { sittingId: first.id }))
    await shop.admin.change('sittings', first.id, { dueAtMs: 0 })
    await shop.manage('timers/timer')
    for (const { id } of [first, second, third]) {
      const { guests, consents } = (await shop.admin.read<SittingDocument>('sittings', id))!
      expect(guests.length).toBeGreaterThan(0)
      expect([...guests, ...consents].filter(({ openid }) => openid !== '')).toEqual([])
    }
  })

  it('part tables that were merged, and keep who sits at the one where they still eat', async () => {
    const [{ guests: [ann], sitting: first }, { guests: [ben], sitting: second }] = [await seat(fromLink), await seat(toLink)]
    must(await clerk.merchant('mergeTables', { sittingId: first.id, otherSittingId: second.id }))
    must(await clerk.merchant('unmergeTables', { sittingId: first.id, otherSittingId: second.id }))
    await payAll(ann!, await order(ann!, first.id))
    must(await clerk.merchant('clearTable', { sittingId: first.id }))
    await shop.admin.change('sittings', first.id, { dueAtMs: 0 })
    await shop.manage('timers/timer')
    expect((await shop.admin.read<SittingDocument>('sittings', first.id))!.guests.map(({ openid }) => openid)).toEqual([''])
    expect((await now(ben!, second.id)).id).toBe(second.id)
    must(await clerk.merchant('clearTable', { sittingId: second.id }))
  })

  it('write down who went away without paying, and the owner what became of it', async () => {
    const { guests: [ann], sitting } = await seat(fromLink)
    expect(await clerk.merchant('markLeft', { sittingId: sitting.id, note: '跑了' })).toMatchObject({ code: 'NothingToPay' })
    await order(ann!, sitting.id)
    expect(await clerk.merchant('markLeft', { sittingId: sitting.id, note: '两位靠窗' })).toMatchObject({ ok: true })
    expect((await rowOf(fromId)).state).toBe('Free')
    expect(must(await clerk.merchant('leftUnpaid', {})).items).toMatchObject([{ sittingId: sitting.id, tableName: 'C3', unpaidFen: EGG_TART_FEN + 200, note: '两位靠窗' }])
    expect(must(await clerk.merchant('tables', {})).left).toBe(1)
    expect(await clerk.merchant('resolveLeft', { sittingId: sitting.id, note: '付了现金' })).toMatchObject({ kind: 'denied' })
    expect(await owner.merchant('resolveLeft', { sittingId: sitting.id, note: '付了现金' })).toMatchObject({ ok: true })
    expect(must(await clerk.merchant('leftUnpaid', {})).items).toEqual([])
  })

  it('take a ticket through the kitchen, and the table sees how far it is', async () => {
    const { guests: [ann], sitting } = await seat(fromLink)
    const { rounds: [round] } = await order(ann!, sitting.id)
    const { version } = await now(ann!, sitting.id)
    must(await clerk.merchant('moveTicket', { ticketId: round!.id, to: 'Doing' }))
    must(await clerk.merchant('moveTicket', { ticketId: round!.id, to: 'Done' }))
    expect(must(await ann!.shop('tableNow', { sittingId: sitting.id, version }))?.rounds).toMatchObject([{ kitchen: 'Done' }])
    expect(await clerk.merchant('moveTicket', { ticketId: round!.id, to: 'New' })).toMatchObject({ code: 'TicketOver' })
    expect(must(await clerk.merchant('kitchenTickets', { state: 'Done' })).tickets[0]).toMatchObject({ id: round!.id })
    await payAll(ann!, await now(ann!, sitting.id))
    await clerk.merchant('clearTable', { sittingId: sitting.id })
  })
})

describe('a table that staff open', () => {
  const [tableId, linkId] = ROOM

  it('waits for them, takes no order before, and tells its service charge', async () => {
    const { guests: [ann], sitting } = await seat(linkId)
    expect(sitting).toMatchObject({ state: 'Waiting', terms: { perPersonFen: 500, serviceBasisPoints: 1000 } })
    expect(await ann!.shop('changeTableCart', { sittingId: sitting.id, requestId: newRequestId(), change: { kind: 'Add', line: EGG_TART } })).toMatchObject({ code: 'TableWaiting' })
    expect((await rowOf(tableId)).state).toBe('Waiting')
    expect(must(await clerk.merchant('openTable', { tableId }))).toMatchObject({ id: sitting.id, state: 'Open' })
    must(await ann!.shop('beginMeal', { sittingId: sitting.id, people: 1, terms: sitting.terms }))
    const ordered = await order(ann!, sitting.id)
    expect(ordered.running).toMatchObject({ fees: [{ kind: 'PerPerson', amountFen: 500 }, { kind: 'Service', amountFen: 120 }], totalFen: EGG_TART_FEN + 620 })
    expect(await clerk.merchant('openTable', { tableId })).toMatchObject({ code: 'TableTaken' })
    await payAll(ann!, ordered)
    await clerk.merchant('clearTable', { sittingId: sitting.id })
  })
})

describe('a table that pays first', () => {
  const [tableId, linkId] = FIRST
  const NOTHING = { perPersonFen: 0, serviceBasisPoints: 0 }

  it('makes an order of each round, and a ticket of each order that is paid, once', async () => {
    const { guests: [ann, ben], sitting } = await seat(linkId, 2, NOTHING)
    await add(ann!, sitting.id)
    const sent = must(await send(ben!, await add(ben!, sitting.id)))
    expect(sent).toMatchObject({ orderId: expect.any(String) as string, sitting: { cart: { lines: [] }, rounds: [{ state: 'Unpaid', guest: 2 }] } })
    expect(await now(ann!, sitting.id)).toMatchObject({ rounds: [{ orderId: null }] })
    expect(await ticketsOf('D1')).toEqual([])
    expect(await clerk.merchant('clearTable', { sittingId: sitting.id })).toMatchObject({ code: 'BillBeingPaid' })
    await pay(shop, ben!, sent.orderId!)
    expect(await ticketsOf('D1')).toMatchObject([{ round: 1, lines: [{ quantity: 2 }] }])
    expect(await now(ann!, sitting.id)).toMatchObject({ state: 'Ordering', rounds: [{ state: 'Accepted', isPaid: true }], running: { totalFen: 0 } })
    await ben!.shop('syncPayment', { orderId: sent.orderId! })
    const [ticket] = await ticketsOf('D1')
    must(await clerk.merchant('moveTicket', { ticketId: ticket!.id, to: 'Done' }))
    expect((await orderOf(ben!, sent.orderId!)).state).toBe('Collected')
    expect(await clerk.merchant('clearTable', { sittingId: sitting.id })).toMatchObject({ ok: true })
    expect((await rowOf(tableId)).state).toBe('Free')
  })

  it('asks a newcomer to log in, keeps the dishes in the cart until then, and takes them afterwards', async () => {
    const newcomer = shop.as('o-newcomer')
    const { id } = must(await newcomer.shop('enterTable', { linkId }))
    must(await newcomer.shop('beginMeal', { sittingId: id, people: 1, terms: NOTHING }))
    expect(await send(newcomer, await add(newcomer, id))).toEqual({ ok: false, kind: 'denied', code: 'LoginNeeded' })
    const kept = await now(newcomer, id)
    expect(kept).toMatchObject({ rounds: [], cart: { lines: [{ quantity: 1, guest: 1 }] } })
    await newcomer.login()
    const sent = must(await send(newcomer, kept))
    await newcomer.shop('cancelOrder', { orderId: sent.orderId! })
    expect(await clerk.merchant('clearTable', { sittingId: id })).toMatchObject({ ok: true })
  })

  it('puts dishes back into the cart when their order is closed unpaid', async () => {
    const before = await leftOf(shop, 'egg-tart')
    const { guests: [ann], sitting } = await seat(linkId, 1, NOTHING)
    const sent = must(await send(ann!, await add(ann!, sitting.id, 2)))
    expect(await leftOf(shop, 'egg-tart')).toBe(before! - 2)
    await ann!.shop('cancelOrder', { orderId: sent.orderId! })
    expect(await now(ann!, sitting.id)).toMatchObject({ rounds: [], cart: { lines: [{ quantity: 2, guest: 1 }] } })
    expect(await leftOf(shop, 'egg-tart')).toBe(before)
    await clerk.merchant('clearTable', { sittingId: sitting.id })
  })
})

describe('a kitchen that counts what it can make', () => {
  const [, linkId] = LATER[0]

  it('is filled by rounds too, told to those who wait, and never keeps guests who sit there from eating', async () => {
    await shop.admin.change('stores', 'main', { kitchen: { slotPoints: 4 } })
    const { guests: [ann], sitting } = await seat(linkId)
    const [first] = (await order(ann!, sitting.id, 3)).rounds
    const second = (await order(ann!, sitting.id, 3)).rounds[1]
    expect(first!.promise!.fromMs).toBeGreaterThan(Date.now())
    // The first quarter has no room for three more.
    expect(second!.promise!.fromMs).toBeGreaterThan(first!.promise!.fromMs)
    await shop.admin.change('stores', 'main', { kitchen: { slotPoints: 1 } })
    for (let round = 0; round < 12; round += 1) await order(ann!, sitting.id)
    expect((await now(ann!, sitting.id)).rounds).toHaveLength(14)
    await shop.admin.change('stores', 'main', { kitchen: null })
    await payAll(ann!, await now(ann!, sitting.id))
    await clerk.merchant('clearTable', { sittingId: sitting.id })
  })
})

it('every tart is accounted for at the end of the day', async () => {
  const { stock, moves, nextCursor } = must(await clerk.merchant('stock', { productId: 'egg-tart' }))
  expect(stock.supplied).toBe(stock.available + stock.held + stock.sold)
  let all = moves
  for (let cursor = nextCursor; cursor !== null;) {
    const page = must(await clerk.merchant('stock', { productId: 'egg-tart', cursor }))
    all = [...all, ...page.moves]
    cursor = page.nextCursor
  }
  const sold = all.filter(move => move.kind === 'Sold' || move.kind === 'Returned').reduce((sum, move) => sum - move.change, 0)
  expect(sold).toBe(stock.sold)
})
