import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AuditDocument } from '../../backend/staff/audits.ts'
import type { StoreDocument } from '../../backend/store/stores.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import type { StoreRuleSheet, StoreRules } from '../../contracts/storeRules.ts'
import { demoCatalog } from '../../demo/seed.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { EGG_TART, EGG_TART_FEN, member, newRequestId, wishOf } from './support.ts'

let shop: TestShop
let owner: Caller
let alice: Caller
let asItWas: Omit<StoreDocument, '_id'>

beforeAll(async () => {
  shop = await openTestShop()
  owner = await member(shop, 'o-owner')
  alice = await member(shop, 'o-alice')
  await alice.shop('saveAddress', {
    requestId: newRequestId(), name: '王小明', phone: '13800138000', province: '33', city: '杭州市', district: '拱墅区', detail: '小河直街 1 号',
    isDefault: true, place: { latitude: 30.3248, longitude: 120.1369, name: '小河直街' },
  })
  const { _id, ...rest } = (await shop.admin.read<StoreDocument>('stores', 'main'))!
  asItWas = rest
})
beforeEach(async () => {
  // Changes are counted on: no revision comes twice.
  const { rulesRevision = 0 } = (await shop.admin.read<StoreDocument>('stores', 'main'))!
  await shop.admin.set('stores', 'main', { ...asItWas, rulesRevision })
})
afterAll(() => shop.close())

function must<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  return outcome.value
}

const sheet = async (): Promise<StoreRuleSheet> => must(await owner.merchant('storeRules', {}))

async function change(fields: Partial<StoreRules>): Promise<StoreRuleSheet> {
  const { rules, revision } = await sheet()
  return must(await owner.merchant('saveStoreRules', { revision, rules: { ...rules, ...fields } }))
}

const words = { zh: '临时休息，六点回来', en: 'Back at six' }
const DELIVERY = { kind: 'Delivery' as const }
const tarts = (quantity: number) => [{ ...EGG_TART, quantity }]

describe('the rules of a store', () => {
  it('are read and saved by its owner, counted, and written down with who did it', async () => {
    const before = await sheet()
    expect(before).toMatchObject({ storeId: 'main', revision: 0, hasFreight: true })
    expect(before.rules).toMatchObject({ resting: null, isAutoAccepted: true, dining: null })
    const own = demoCatalog.tables.filter(({ dining }) => dining)
    expect(before.ownTables.map(({ id, name }) => [id, name])).toEqual(own.map(({ id, name }) => [id, name]))
    expect(before.rules.ownTables).toEqual(own.map(({ id }) => id))
    const after = await change({ phone: '0571-7654321', notice: { zh: '新到龙井', en: 'New Longjing' } })
    expect(after).toEqual({ ...before, revision: 1, rules: { ...before.rules, phone: '0571-7654321', notice: { zh: '新到龙井', en: 'New Longjing' } } })
    expect(await sheet()).toEqual(after)
    expect(must(await shop.as(null).shop('home', {})).store).toMatchObject({ phone: '0571-7654321', notice: { zh: '新到龙井' } })
    const [row] = await shop.admin.find<AuditDocument>('audits', { what: 'ChangeStoreRules' })
    expect(row).toMatchObject({ by: 'o-owner', subject: 'main', note: 'phone notice', amountFen: 0 })
  })

  it('of two who save at once, one is told of the other and nothing is lost', async () => {
    const { rules, revision } = await sheet()
    const save = (phone: string) => owner.merchant('saveStoreRules', { revision, rules: { ...rules, phone } })
    const both = await Promise.all(['0571-1111111', '0571-2222222'].map(save))
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toMatchObject({ kind: 'refused', code: 'RulesChangedMeanwhile' })
    const kept = both.find(outcome => outcome.ok)
    expect((await sheet()).rules.phone).toBe(kept?.ok && kept.value.rules.phone)
  })

  it('leave alone what is none of them, and what others change meanwhile', async () => {
    await shop.as('o-clerk').merchant('setExtraWait', { minutes: 10 })
    await change({ lastOrderMinutes: 15 })
    const now = (await shop.admin.read<StoreDocument>('stores', 'main'))!
    expect(now.kitchenNow).toMatchObject({ extraMinutes: 10 })
    const { sections, banners, pointsPerYuan, fees } = asItWas
    expect([now.sections, now.banners, now.pointsPerYuan, now.fees?.Express]).toEqual([sections, banners, pointsPerYuan, fees?.Express])
    await change({ pointsPerYuan: 3 })
    expect(await shop.admin.read<StoreDocument>('stores', 'main')).toMatchObject({ pointsPerYuan: 3 })
  })

  it('are nobody else\'s: a clerk is refused, and so is the owner of another store', async () => {
    await member(shop, 'o-clerk')
    expect(await shop.as('o-clerk').merchant('storeRules', {})).toMatchObject({ kind: 'denied', code: 'NotAllowed' })
    await shop.admin.set('staff', 'o-partner', { role: 'owner', active: true, storeIds: ['lakeside'] })
    const partner = await member(shop, 'o-partner')
    expect(must(await partner.merchant('storeRules', {})).storeId).toBe('lakeside')
    const elsewhere = await partner.invoke('merchant', { action: 'storeRules', input: {}, storeId: 'main' })
    expect(elsewhere.result).toMatchObject({ kind: 'denied', code: 'NotAllowed' })
  })

  it('leave customers some way, and post nothing where no postage is set', async () => {
    await shop.admin.set('staff', 'o-station', { role: 'owner', active: true, storeIds: ['station'] })
    const station = await member(shop, 'o-station')
    const { rules, revision, hasFreight } = must(await station.merchant('storeRules', {}))
    expect(hasFreight).toBe(false)
    const save = (ways: StoreRules['ways']) => station.merchant('saveStoreRules', { revision, rules: { ...rules, ways } })
    expect(await save([])).toMatchObject({ code: 'NoWayLeft' })
    expect(await save(['TakeAway', 'Express'])).toMatchObject({ code: 'NoFreight' })
    expect((await save(['TakeAway'])).ok).toBe(true)
  })
})

describe('a change', () => {
  it('to resting shuts the store at once, whichever way one orders, and ends at once', async () => {
    const wishes = await Promise.all([undefined, DELIVERY].map(way => wishOf(alice, tarts(3), way && { fulfilment: way })))
    const posted = await wishOf(alice, [{ productId: 'honey-jar', choiceIds: [], quantity: 1 }], { fulfilment: { kind: 'Express' } })
    await change({ resting: words })
    const closed = { kind: 'StoreClosed', opensAtMs: null, mayPreorder: false, because: words }
    for (const wish of [...wishes, posted]) {
      expect(await alice.shop('placeOrder', wish)).toMatchObject({ kind: 'refused', code: 'StoreClosed', detail: { obstacle: closed } })
    }
    expect(must(await shop.as(null).shop('menu', {})).store).toMatchObject({ isOpen: false, opensAtMs: null, resting: words })
    expect(must(await alice.shop('checkout', { lines: tarts(3) }))).toMatchObject({ slots: [], soonestMinutes: null, quote: { obstacle: closed } })
    expect(await alice.shop('enterTable', { linkId: 'Nc5TqY8w' })).toMatchObject({ code: 'StoreClosed' })
    await change({ resting: null })
    expect((await alice.shop('placeOrder', wishes[0]!)).ok).toBe(true)
  })

  it('to resting keeps guests who sit there from another round, in the owner\'s words', async () => {
    const guest = await member(shop, 'o-guest')
    const sitting = must(await guest.shop('enterTable', { linkId: 'Mz2RpL6x' }))
    const sittingId = sitting.id
    must(await guest.shop('beginMeal', { sittingId, people: 1, terms: sitting.terms }))
    const { cart } = must(await guest.shop('changeTableCart', { sittingId, requestId: newRequestId(), change: { kind: 'Add', line: EGG_TART } }))
    await change({ resting: words })
    const round = { sittingId, requestId: newRequestId(), cartVersion: cart.version, remark: '', expectedTotalFen: EGG_TART_FEN }
    expect(await guest.shop('sendRound', round)).toMatchObject({ code: 'StoreClosed', detail: { obstacle: { because: words } } })
    await change({ resting: null })
    expect((await guest.shop('sendRound', round)).ok).toBe(true)
  })

  it('of a fee is asked about where somebody has seen the old total', async () => {
    const wish = await wishOf(alice, tarts(3), { fulfilment: DELIVERY })
    const { rules } = await sheet()
    const fee = { kind: 'Distance' as const, tiers: [{ uptoMeters: 4000, feeFen: 900 }], minimumFen: 2000, freeFromFen: null }
    await change({ delivery: { ...rules.delivery, packaging: null, fee } })
    expect(await alice.shop('placeOrder', wish)).toMatchObject({
      kind: 'refused', code: 'PriceChanged', detail: { totalFen: 3 * EGG_TART_FEN + 900, quote: { fees: [{ kind: 'Delivery', amountFen: 900 }] } },
    })
  })

  it('of range, minimum and ways is in the next quote', async () => {
    const { rules } = await sheet()
    const obstacle = async (lines = tarts(3)) => must(await alice.shop('quote', { lines, fulfilment: DELIVERY })).obstacle?.kind
    const tiers = [{ uptoMeters: 4000, feeFen: 100 }]
    expect(await obstacle()).toBeUndefined()
    await change({ delivery: { ...rules.delivery, fee: { kind: 'Distance', tiers, minimumFen: 10_000, freeFromFen: null } } })
    expect(await obstacle()).toBe('BelowMinimum')
    await change({ delivery: { ...rules.delivery, fee: { kind: 'Distance', tiers: [{ uptoMeters: 500, feeFen: 100 }], minimumFen: 0, freeFromFen: null } } })
    expect(await obstacle()).toBe('OutOfRange')
    await change({ ways: ['DineIn', 'TakeAway', 'PickUp'] })
    expect(await obstacle()).toBe('WayNotOffered')
    expect(must(await alice.shop('checkout', { lines: tarts(1) })).ways).toEqual(['DineIn', 'TakeAway'])
  })

  it('of the hours closes the store and opens it again', async () => {
    const none: StoreRules['week'] = [[], [], [], [], [], [], []]
    await change({ week: none })
    expect(must(await shop.as(null).shop('home', {})).store).toMatchObject({ isOpen: false, opensAtMs: null, week: none })
    await change({ week: none.map(() => [{ from: '00:00', until: '24:00' }]) })
    expect(must(await shop.as(null).shop('home', {})).store).toMatchObject({ isOpen: true, hours: { from: '00:00', until: '24:00' } })
  })

  it('of how tables work holds for who sits down next, not for who has agreed to something else', async () => {
    const [first, second] = [await member(shop, 'o-first'), await member(shop, 'o-second')]
    const dining = { pay: 'Later' as const, opens: 'Auto' as const, perPersonFen: 300, serviceBasisPoints: 500 }
    const linkOf = async (tableId: string) => (await shop.admin.find<{ _id: string }>('links', { tableId }))[0]!._id
    expect(await first.shop('enterTable', { linkId: await linkOf('t1') })).toMatchObject({ code: 'SittingsOff' })
    await change({ dining })
    const seated = must(await first.shop('enterTable', { linkId: await linkOf('t1') }))
    expect(seated).toMatchObject({ state: 'Open', terms: { perPersonFen: 300, serviceBasisPoints: 500 } })
    await change({ dining: { ...dining, opens: 'Staff', perPersonFen: 0 } })
    expect(must(await second.shop('enterTable', { linkId: await linkOf('t2') }))).toMatchObject({ state: 'Waiting', terms: { perPersonFen: 0 } })
    expect(must(await first.shop('tableNow', { sittingId: seated.id }))).toMatchObject({ terms: { perPersonFen: 300 } })
    // A table with rules of its own keeps them.
    expect(must(await second.shop('enterTable', { linkId: 'Gk9DsV3h' })).terms).toMatchObject({ perPersonFen: 200 })
  })

  it('of eating in shuts the tables for whoever comes, and lets those who sit there finish', async () => {
    const [first, late, payer] = [await member(shop, 'o-early'), await member(shop, 'o-late'), await member(shop, 'o-payer')]
    const linkOf = async (tableId: string) => (await shop.admin.find<{ _id: string }>('links', { tableId }))[0]!._id
    const [laterLink, firstLink] = [await linkOf('t3'), await linkOf('t4')]
    await shop.admin.change('tables', 't3', { dining: { pay: 'Later' } })
    await shop.admin.change('tables', 't4', { dining: { pay: 'First' } })
    const sit = async (guest: Caller, linkId: string) => {
      const sitting = must(await guest.shop('enterTable', { linkId }))
      return must(await guest.shop('beginMeal', { sittingId: sitting.id, people: 1, terms: sitting.terms })).id
    }
    const round = async (guest: Caller, sittingId: string) => {
      const { cart } = must(await guest.shop('changeTableCart', { sittingId, requestId: newRequestId(), change: { kind: 'Add', line: EGG_TART } }))
      return guest.shop('sendRound', { sittingId, requestId: newRequestId(), cartVersion: cart.version, remark: '', expectedTotalFen: EGG_TART_FEN })
    }
    const [later, paidFirst] = [await sit(first, laterLink), await sit(payer, firstLink)]
    const { rules } = await sheet()
    await change({ ways: rules.ways.filter(way => way !== 'DineIn') })

    expect(must(await shop.as(null).shop('menu', {})).store.ways).not.toContain('DineIn')
    expect(must(await alice.shop('quote', { lines: tarts(1), fulfilment: { kind: 'DineIn', linkId: await linkOf('t5') } })).obstacle)
      .toEqual({ kind: 'WayNotOffered', way: 'DineIn' })
    expect(await late.shop('enterTable', { linkId: await linkOf('t5') })).toMatchObject({ code: 'SittingsOff' })
    expect((await round(first, later)).ok).toBe(true)
    expect(await round(payer, paidFirst)).toMatchObject({ ok: true, value: { orderId: expect.any(String) as string } })
    expect(must(await first.shop('enterTable', { linkId: laterLink })).id).toBe(later)
    const { tables } = must(await shop.as('o-clerk').merchant('tables', {}))
    expect(tables.filter(({ sittingId }) => sittingId === later || sittingId === paidFirst)).toHaveLength(2)
    expect(tables.every(({ sittingId }) => sittingId !== null)).toBe(true)
  })

  it('of tables that had rules of their own makes them follow the store, with who did it', async () => {
    await shop.admin.change('tables', 't6', { dining: { pay: 'Later', perPersonFen: 700 } })
    const before = await sheet()
    expect(before.ownTables).toContainEqual(expect.objectContaining({ id: 't6', dining: expect.objectContaining({ perPersonFen: 700 }) as object }))
    const others = before.rules.ownTables.filter(id => id !== 't6')
    const after = await change({ ownTables: others, dining: { pay: 'Later', opens: 'Auto', perPersonFen: 100, serviceBasisPoints: 0 } })
    expect(after.ownTables.map(({ id }) => id)).toEqual(others)
    expect(await sheet()).toEqual(after)
    const guest = await member(shop, 'o-sixth')
    const linkId = (await shop.admin.find<{ _id: string }>('links', { tableId: 't6' }))[0]!._id
    expect(must(await guest.shop('enterTable', { linkId })).terms).toMatchObject({ perPersonFen: 100 })
    const rows = await shop.admin.find<AuditDocument>('audits', { what: 'ChangeStoreRules' })
    expect(rows.find(({ note }) => note.includes('ownTables'))).toMatchObject({ by: 'o-owner', note: 'dining ownTables' })
  })

  it('of what the kitchen can make counts at once, also in a quarter of an hour that has begun to fill', async () => {
    const clerk = shop.as('o-clerk')
    const slots = async () => must(await clerk.merchant('bar', { tab: 'ToMake' })).kitchen.slots
    await change({ kitchen: { slotPoints: 2, pauseAboveMinutes: null } })
    must(await alice.shop('placeOrder', await wishOf(alice, tarts(2))))
    expect((await slots()).filter(({ taken }) => taken === 2)).toHaveLength(1)
    await change({ kitchen: { slotPoints: 5, pauseAboveMinutes: null } })
    // That quarter was opened with two: an order that the quote lets through is never refused for it.
    expect((await slots()).filter(({ taken, points }) => taken === points)).toHaveLength(1)
    for (const _ of [1, 2]) expect((await alice.shop('placeOrder', await wishOf(alice, tarts(3)))).ok).toBe(true)
    await change({ kitchen: null })
    expect(await slots()).toEqual([])
  })

  it('of who takes orders on has staff do it by hand', async () => {
    await change({ isAutoAccepted: false })
    const placed = must(await alice.shop('placeOrder', await wishOf(alice, tarts(1))))
    expect((await shop.admin.read<{ _id: string, needsAccepting?: boolean }>('orders', placed.id))?.needsAccepting).toBe(true)
  })
})
