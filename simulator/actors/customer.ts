import { tableLink } from '../shop.ts'
import type { Goods } from '../shop.ts'
import { askBack } from './refunds.ts'
import { ask, insist } from './stage.ts'
import type { Stage } from './stage.ts'

interface Ordered { id: string, expiresAtMs: number }

/** What one person knows on all devices together. */
interface Person {
  name: string
  orders: Ordered[]
  requests: number
}

/** A customer with two devices, who orders, pays, hesitates, taps twice, changes their mind and walks away. */
export async function liveAsCustomer(stage: Stage, name: string): Promise<void> {
  const person: Person = { name, orders: [], requests: 0 }
  await insist(stage, () => ask(stage, name, 'shop', 'login', { code: stage.loginCode(name) }), 10)
  await settleIn(stage, person)
  if (stage.simulation.chance.percent(60)) await takeCoupon(stage, person)
  await Promise.all([useDevice(stage, person), useDevice(stage, person)])
}

const address = { name: '甲', phone: '13800000000', province: '33', city: '杭州市', district: '', detail: '一号', isDefault: true }
const rushAfterMs = 30_000

/** What not everybody does in the beginning: tell an address, and run for the coupon of which there are few. */
async function settleIn(stage: Stage, person: Person): Promise<void> {
  const { name } = person
  const { mood, simulation: { agenda, beside } } = stage
  if (mood.isWide && beside.percent(80)) {
    await insist(stage, () => ask(stage, name, 'shop', 'saveAddress', { requestId: `${name}-address-000000`, ...address }))
  }
  if (!mood.rushesForCoupons) return
  await agenda.pause(rushAfterMs - agenda.nowMs % rushAfterMs, `${name} waits for the coupons`)
  const take = () => insist(stage, () => ask(stage, name, 'shop', 'takeCoupon', { templateId: 'few', number: 1 }))
  await Promise.all([take(), take()])
  // And both devices want to use it at once.
  await Promise.all([order(stage, person), order(stage, person)])
}

async function useDevice(stage: Stage, person: Person): Promise<void> {
  const { mood, simulation: { agenda, chance } } = stage
  while (stage.isOpen()) {
    await agenda.pause(chance.whole(500, mood.thinksMs), `${person.name} thinks`)
    if (chance.percent(mood.togetherPercent)) await agenda.pause(mood.bellMs - agenda.nowMs % mood.bellMs, `${person.name} waits for the bell`)
    if (!stage.isOpen()) return
    const wish = chance.whole(1, 100)
    if (wish <= 44) await order(stage, person)
    else if (wish <= 52) await takeCoupon(stage, person)
    else if (person.orders.length === 0 || mood.hoards) await order(stage, person)
    else if (wish <= 72) await payFor(stage, person, chance.pick(person.orders))
    else if (wish <= 84) await cancel(stage, person, chance.pick(person.orders))
    else if (wish <= 90) await look(stage, person)
    else await wantMoneyBack(stage, person, chance.pick(person.orders))
  }
}

async function order(stage: Stage, person: Person): Promise<void> {
  const { agenda, chance } = stage.simulation
  person.requests += 1
  const wish = await makeWish(stage, person, `${person.name}-${String(person.requests).padStart(12, '0')}`)
  if (!wish) return
  // What was quoted may have changed before it is ordered.
  if (chance.percent(20)) await agenda.pause(chance.whole(1_000, 60_000), `${person.name} reads the bill`)
  const place = () => insist(stage, () => ask(stage, person.name, 'shop', 'placeOrder', wish))
  const isDoubleTap = chance.percent(30)
  if (isDoubleTap) stage.simulation.happened('doubleTap')
  const replies = await Promise.all(isDoubleTap ? [place(), place()] : [place()])
  const ordered = replies.flatMap(reply => reply?.ok ? [remember(person, reply.value)] : [])[0]
  if (!ordered) return
  const habit = chance.whole(1, 100)
  // Whoever hoards fills the shelves of others with orders that nobody pays.
  if (stage.mood.hoards && habit > 15) return
  if (habit <= 75) await payFor(stage, person, ordered)
  else if (habit <= 85) await payAtTheLastMoment(stage, person, ordered)
}

/** What somebody wants, at the price that the shop names for it; null when it names none. */
async function makeWish(stage: Stage, person: Person, requestId: string) {
  const { goods, mood, simulation: { beside, chance } } = stage
  // Where many act together, it is for the sake of one thing.
  const wanted = () => chance.percent(mood.togetherPercent) ? goods[0] as Goods : chance.pick(goods)
  const endless = mood.hoards ? goods.find(({ stock }) => stock === null) : undefined
  const lines = Array.from({ length: chance.whole(1, 3) }, () => lineOf(endless ?? wanted(), chance.whole(1, 2)))
  const way = drawWay(stage)
  const foreign = beside.percent(5) ? foreignCoupon(stage) : null
  // The one who cheats names a price of their own; the others what they saw.
  if (chance.percent(5)) return { requestId, lines, ...way, remark: '', expectedTotalFen: 1 }
  const reply = await ask(stage, person.name, 'shop', 'quote', { lines, ...way, bestCoupon: chance.percent(60) || mood.rushesForCoupons, ...(foreign === null ? {} : { couponId: foreign }) })
  if (!reply?.ok) return null
  const { totalFen: expectedTotalFen, couponId } = reply.value as unknown as { totalFen: number, couponId: string | null }
  const used = chance.percent(4) ? foreignCoupon(stage) : couponId
  return { requestId, lines, ...way, remark: '', expectedTotalFen, ...(used === null ? {} : { couponId: used }) }
}

/** How it reaches the customer, and how many sets of cutlery are wanted. */
function drawWay({ mood, simulation: { beside } }: Stage) {
  if (!mood.isWide) return { fulfilment: { kind: 'TakeAway' } }
  return { fulfilment: beside.pick([{ kind: 'TakeAway' }, { kind: 'DineIn', linkId: tableLink }, { kind: 'Delivery' }]), utensils: beside.pick([0, 1, 3]) }
}

/** The number of somebody's coupon, got from wherever. */
function foreignCoupon({ auditor, simulation: { chance } }: Stage): string | null {
  const known = auditor.books.rows('coupons')
  return known.length === 0 ? null : String(chance.pick(known)._id)
}

const lineOf = ({ id, skuId, choiceIds }: Goods, quantity: number) =>
  ({ productId: id, ...(skuId === undefined ? {} : { skuId }), choiceIds, quantity })

/** Looks at what can be taken, and takes something of it, on two devices at times. */
async function takeCoupon(stage: Stage, { name }: Person): Promise<void> {
  const { chance } = stage.simulation
  const list = await ask(stage, name, 'shop', 'coupons', {})
  const offers = (list?.ok ? list.value.toTake : []) as { templateId: string, number: number }[]
  if (offers.length === 0) return
  const { templateId, number } = chance.pick(offers)
  const take = () => insist(stage, () => ask(stage, name, 'shop', 'takeCoupon', { templateId, number }))
  await Promise.all(chance.percent(30) ? [take(), take()] : [take()])
}

function remember(person: Person, value: Record<string, unknown>): Ordered {
  const known = person.orders.find(({ id }) => id === value.id)
  if (known) return known
  const ordered = { id: String(value.id), expiresAtMs: Number(value.expiresAtMs) }
  person.orders.push(ordered)
  return ordered
}

async function cancel(stage: Stage, person: Person, { id }: Ordered): Promise<void> {
  await insist(stage, () => ask(stage, person.name, 'shop', 'cancelOrder', { orderId: id }))
}

async function wantMoneyBack(stage: Stage, person: Person, { id }: Ordered): Promise<void> {
  person.requests += 1
  await askBack(stage, person.name, id, `${person.name}-back-${String(person.requests).padStart(8, '0')}`)
}

async function look(stage: Stage, person: Person): Promise<void> {
  const { chance } = stage.simulation
  if (chance.percent(50)) await ask(stage, person.name, 'shop', 'order', { orderId: chance.pick(person.orders).id })
  else await ask(stage, person.name, 'shop', 'orders', { tab: 'All' })
}

async function payAtTheLastMoment(stage: Stage, person: Person, ordered: Ordered): Promise<void> {
  const { agenda, chance } = stage.simulation
  const lateMs = chance.percent(40) ? chance.whole(1_000, 240_000) : chance.whole(-2_000, 500)
  await agenda.pause(ordered.expiresAtMs + lateMs - agenda.nowMs, `${person.name} remembers`)
  await payFor(stage, person, ordered)
}

interface Prepared { payment: { package: string }, outTradeNo: string, expiresAtMs: number }

async function payFor(stage: Stage, person: Person, ordered: Ordered, roundsLeft = 2): Promise<void> {
  const { agenda, chance } = stage.simulation
  const prepare = () => insist(stage, () => ask(stage, person.name, 'shop', 'unifiedOrder', { orderId: ordered.id }))
  const onBoth = chance.percent(30)
  if (onBoth) stage.simulation.happened('twoDevicesPay')
  const changesMind = chance.percent(20) ? changeMind(stage, person, ordered) : null
  const replies = await Promise.all(onBoth ? [prepare(), prepare()] : [prepare()])
  const prepared = replies.flatMap(reply => reply?.ok ? [reply.value as unknown as Prepared] : [])
  const refusals = await Promise.all(prepared.map(one => useSheet(stage, person, one)))
  await changesMind
  if (prepared.length > 0 && chance.percent(60)) await insist(stage, () => ask(stage, person.name, 'shop', 'syncPayment', { orderId: ordered.id }))
  if (!refusals.includes('CLOSED') || changesMind || roundsLeft === 0 || !stage.isOpen()) return
  // Somebody closed it at WeChat Pay: this customer still wants the goods.
  await agenda.pause(chance.whole(20_000, 200_000), `${person.name} tries again`)
  await payFor(stage, person, ordered, roundsLeft - 1)
}

/** On the other device: before the sheet is there, or while it is open. */
async function changeMind(stage: Stage, person: Person, ordered: Ordered): Promise<void> {
  const { agenda, chance } = stage.simulation
  await agenda.pause(chance.percent(40) ? chance.whole(1, 500) : chance.whole(500, 30_000), `${person.name} changes their mind`)
  await cancel(stage, person, ordered)
}

/** The payment sheet: most people pay soon, some late, some never, and some in the very moment in which time runs out. */
async function useSheet(stage: Stage, person: Person, { outTradeNo, expiresAtMs }: Prepared): Promise<string | null> {
  const { agenda, chance, trace } = stage.simulation
  const habit = chance.whole(1, 100)
  if (habit <= 15) return null
  const atExpiryMs = expiresAtMs + chance.whole(-3_000, 3_000) - agenda.nowMs
  const delayMs = habit <= 30 ? atExpiryMs : habit <= 45 ? chance.whole(30_000, 240_000) : chance.whole(1_000, 40_000)
  await agenda.pause(delayMs, `${person.name} types the password`)
  const refusal = stage.till.take(outTradeNo, `o-${person.name}`)
  if (Math.abs(agenda.nowMs - expiresAtMs) <= 3_000) stage.simulation.happened('paidAtExpiry')
  trace.note(`${person.name} pays ${outTradeNo}: ${refusal ?? 'paid'}`)
  return refusal
}
