import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AfterSaleDocument } from '../../backend/aftersale/afterSales.ts'
import type { IncidentDocument } from '../../backend/incident/incidents.ts'
import { BILL_TRIES_MAX, billDays } from '../../backend/reconciliation/rules.ts'
import { sortKeyOf } from '../../backend/order/rules.ts'
import { attentionTabs } from '../../contracts/attention.ts'
import type { AttentionCounts, AttentionList, AttentionTab } from '../../contracts/attention.ts'
import type { ListOf, Workplace } from '../../contracts/merchant.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { openAllDay, troublesAt } from '../support/troubles.ts'
import type { Troubles } from '../support/troubles.ts'
import { callAt, member } from './support.ts'

/** Two stores in which the same went wrong, a clerk of each, one of both, and the owner. */
let shop: TestShop
let main: Troubles
let station: Troubles
/** No single store's: the bill of a day that could not be had, and what was kept before incidents named a store. */
let missingBill: string
const OLD = 'before-there-were-stores_AmountDiffers'

beforeAll(async () => {
  shop = await openTestShop({ tradeDelayMs: 0 })
  const alice = await member(shop, 'o-alice')
  await member(shop, 'o-owner')
  const clerks = { 'o-clerk-main': ['main'], 'o-clerk-station': ['station'], 'o-clerk-both': ['main', 'station'] }
  for (const [openid, storeIds] of Object.entries(clerks)) await shop.admin.set('staff', openid, { role: 'clerk', active: true, storeIds })
  await shop.admin.set('staff', 'o-partner', { role: 'owner', active: true, storeIds: ['station'] })
  await openAllDay(shop, ['main', 'station'])
  main = await troublesAt(shop, 'main', alice)
  station = await troublesAt(shop, 'station', alice)
  missingBill = await billIsMissing()
  const { _id, storeId: _storeId, ...old } = (await shop.admin.read<IncidentDocument>('incidents', main.incidents))!
  await shop.admin.set('incidents', OLD, { ...old, sortKey: sortKeyOf(0, OLD) })
}, 60_000)
afterAll(() => shop.close())

async function billIsMissing(): Promise<string> {
  const id = `cloudpay_${billDays(Date.now()).at(-1)!}`
  await shop.manage('timers/timer')
  await shop.admin.change('reconciliations', id, { state: 'Waiting', tries: BILL_TRIES_MAX - 1, dueAtMs: 0 })
  await shop.manage('pay/faults', { api: 'downloadBill', fault: 'SYSTEM_ERROR', gateway: 'cloudPay', times: 5 })
  await shop.manage('timers/timer')
  return `${id}_BillMissing`
}

const owner = () => shop.as('o-owner')
const clerkOf = (store: 'main' | 'station' | 'both') => shop.as(`o-clerk-${store}`)
const tell = <Value>(who: Caller, storeId: string | undefined, action: string, input: object = {}): Promise<Outcome<Value>> =>
  callAt<Value>(who, storeId, action, input, 'merchant')

function must<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  return outcome.value
}

type Screen = AttentionCounts & { shown: AttentionList, workplace: Workplace | null }
const screenOf = async (who: Caller, tab: AttentionTab, storeId?: string, more: object = {}) =>
  must(await tell<Screen>(who, storeId, 'attention', { tab, ...more }))

const listActions = { afterSales: 'afterSales', refunds: 'refundsInTrouble', incidents: 'incidents', deadLetters: 'deadLetters' } as const

/** The ids behind every tab. The screen, its counts, each list by itself and the bar's counts say the same, or it throws. */
async function seen(who: Caller, storeId?: string): Promise<Record<AttentionTab, string[]>> {
  const bar = must(await tell<{ attention: AttentionCounts }>(who, storeId, 'bar', { tab: 'ToMake' })).attention
  const found = {} as Record<AttentionTab, string[]>
  for (const tab of attentionTabs) {
    const { shown, ...counts } = await screenOf(who, tab, storeId)
    const list = must(await tell<ListOf<{ id: string }>>(who, storeId, listActions[tab]))
    found[tab] = shown.items.map(({ id }) => id)
    expect(list.items.map(({ id }) => id)).toEqual(found[tab])
    expect([counts[tab], bar[tab]]).toEqual([found[tab].length, found[tab].length])
  }
  return found
}

const only = (troubles: Troubles) => Object.fromEntries(Object.entries(troubles).map(([tab, id]) => [tab, [id]]))

describe('what needs a person', () => {
  it('is shown to a clerk as far as it is their store\'s', async () => {
    expect(await seen(clerkOf('main'))).toEqual(only(main))
    expect(await seen(clerkOf('station'))).toEqual(only(station))
  })

  it('is another store\'s for whoever changes to it, and nobody\'s who does not work there', async () => {
    expect(await seen(clerkOf('both'), 'main')).toEqual(only(main))
    expect(await seen(clerkOf('both'), 'station')).toEqual(only(station))
    for (const action of ['attention', ...Object.values(listActions)]) {
      expect(await tell(clerkOf('station'), 'main', action)).toEqual({ ok: false, kind: 'denied', code: 'NotAllowed' })
    }
  })

  it('and is no single store\'s, is shown to owners wherever they work', async () => {
    const wide = [OLD, missingBill]
    for (const [who, storeId, troubles] of [[owner(), 'main', main], [owner(), 'station', station], [shop.as('o-partner'), undefined, station]] as const) {
      const { incidents, ...others } = await seen(who, storeId)
      const { incidents: own, ...expected } = troubles
      expect(others).toEqual(only(expected as Troubles))
      expect([...incidents].sort()).toEqual([...wide, own].sort())
    }
    const { shown } = await screenOf(owner(), 'incidents', 'station')
    const isWide = Object.fromEntries(shown.items.map(item => [item.id, (item as { isShopWide: boolean }).isShopWide]))
    expect(isWide).toEqual({ [OLD]: true, [missingBill]: true, [station.incidents]: false })
  })

  it('names its place when it is asked to, with those that this person may change to', async () => {
    expect((await screenOf(owner(), 'refunds', 'station')).workplace).toBeNull()
    const { workplace } = await screenOf(clerkOf('both'), 'refunds', 'station', { place: true })
    expect(workplace).toMatchObject({ storeId: 'station', name: { zh: '小铺茶屋 · 东站店' }, stores: [{ id: 'main' }, { id: 'station' }] })
    expect(await tell(owner(), 'gone', 'attention', { place: true, check: true })).toMatchObject({ kind: 'invalid', field: 'storeId' })
  })
})

describe('one of another store', () => {
  /** Every action on an entry, with the word for one that is not there. */
  const acts = ({ afterSales, refunds, incidents, deadLetters }: Troubles) => ({
    clerks: [
      ['declineAfterSale', { afterSaleId: afterSales, answer: 'no' }, 'AfterSaleUnknown'],
      ['retryEffect', { effectId: deadLetters }, 'EffectUnknown'],
      ['dismissEffect', { effectId: deadLetters, note: 'done' }, 'EffectUnknown'],
    ],
    owners: [
      ['approveAfterSale', { afterSaleId: afterSales, wish: { kind: 'Whole' }, goodsReturned: [], expectedFen: 1200 }, 'AfterSaleUnknown'],
      ['retryRefund', { refundId: refunds }, 'RefundUnknown'],
      ['settleRefundByHand', { refundId: refunds, note: 'cash' }, 'RefundUnknown'],
      ['resolveIncident', { incidentId: incidents, note: 'done' }, 'IncidentUnknown'],
      ['retryBill', { incidentId: incidents }, 'IncidentUnknown'],
    ],
  } as const)
  const denied = { ok: false, kind: 'denied', code: 'NotAllowed' }

  it('is unknown to its staff, whoever they are, and stays as it is', async () => {
    for (const [action, input, code] of acts(main).clerks) {
      expect(await tell(clerkOf('station'), undefined, action, input)).toEqual({ ok: false, kind: 'refused', code })
      expect(await tell(clerkOf('station'), 'main', action, input)).toEqual(denied)
    }
    for (const [action, input, code] of [...acts(main).clerks, ...acts(main).owners]) {
      for (const [who, storeId] of [[owner(), 'station'], [shop.as('o-partner'), undefined]] as const) {
        expect(await tell(who, storeId, action, input)).toEqual({ ok: false, kind: 'refused', code })
      }
      expect(await tell(shop.as('o-partner'), 'main', action, input)).toEqual(denied)
    }
    expect(await seen(clerkOf('main'))).toEqual(only(main))
  })

  it('or of their own is not for a clerk where money or the shop\'s books are concerned', async () => {
    for (const [action, input] of [...acts(main).owners, ['resolveIncident', { incidentId: missingBill, note: 'x' }], ['retryBill', { incidentId: missingBill }]] as const) {
      expect(await tell(clerkOf('main'), undefined, action, input)).toEqual(denied)
      expect(await tell(clerkOf('both'), 'main', action, input)).toEqual(denied)
    }
    expect(await seen(clerkOf('main'))).toEqual(only(main))
  })
})

it('a list is had page by page, and as far as it has grown at once', async () => {
  const { _id, ...request } = (await shop.admin.read<AfterSaleDocument>('afterSales', main.afterSales))!
  const ids = Array.from({ length: 44 }, (_, place) => `many-${String(place).padStart(2, '0')}`)
  const ours = ids.filter((_, place) => place % 2 === 0)
  for (const [place, id] of ids.entries()) {
    await shop.admin.set('afterSales', id, { ...request, storeId: place % 2 === 0 ? 'lakeside' : 'station', sortKey: sortKeyOf(place, id) })
  }
  const ask = async (action: string, input: object) => must(await tell<ListOf<{ id: string }> & { shown: ListOf<{ id: string }> }>(owner(), 'lakeside', action, input))
  const { shown: first } = await ask('attention', { tab: 'afterSales' })
  const second = await ask('afterSales', { cursor: first.nextCursor })
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ours)
  expect([first.items.length, second.nextCursor]).toEqual([20, null])
  const { shown: both } = await ask('attention', { tab: 'afterSales', pages: 2 })
  expect([both.items.map(({ id }) => id), both.nextCursor]).toEqual([ours, null])
  for (const pages of [0, 11, 1.5]) expect(await tell(owner(), 'lakeside', 'attention', { pages })).toMatchObject({ kind: 'invalid' })
  await Promise.all(ids.map(id => shop.admin.remove('afterSales', id)))
})

it('every list is found by an index, however much of other stores there is', async () => {
  const troubled = { $in: ['NotEnough', 'Abnormal', 'Closed', 'Failed'] }
  const queries = {
    afterSales: { storeId: 'main', state: 'Requested' }, refunds: { storeId: 'main', state: troubled }, outbox: { storeId: 'main', state: 'Dead' },
    incidents: { storeId: { $in: ['main', null] }, state: 'Open' },
  }
  for (const [collectionName, query] of Object.entries(queries)) {
    const plan = await shop.manage('database/explain', { collectionName, query, order: { sortKey: 1 }, limit: 21 })
    expect(plan).toMatchObject({ index: 'storeId_state_sortKey', scanned: plan.returned })
    expect(plan.returned).toBeGreaterThan(0)
  }
})

it('resolving what is no single store\'s, and asking for its bill, is done from any store, by its owner', async () => {
  expect(await tell(owner(), 'station', 'retryBill', { incidentId: missingBill })).toMatchObject({ ok: true, value: { isShopWide: true } })
  expect(await tell(owner(), 'station', 'resolveIncident', { incidentId: OLD, note: '核对过' })).toMatchObject({ ok: true })
  expect(await tell(owner(), 'main', 'resolveIncident', { incidentId: main.incidents, note: '核对过' })).toMatchObject({ ok: true })
  expect((await seen(owner(), 'station')).incidents.sort()).toEqual([missingBill, station.incidents].sort())
  expect((await seen(clerkOf('station'))).incidents).toEqual([station.incidents])
  expect((await seen(clerkOf('main'))).incidents).toEqual([])
})
