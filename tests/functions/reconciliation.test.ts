import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IncidentDocument } from '../../backend/incident/incidents.ts'
import type { ReconciliationDocument } from '../../backend/reconciliation/reconciliations.ts'
import { BILL_TRIES_MAX, billDays, billReadyAtMs, dayStartMs, noTotals } from '../../backend/reconciliation/rules.ts'
import type { RefundDocument } from '../../backend/refund/refunds.ts'
import { beijingDay } from '../../backend/store/rules.ts'
import { openTestShop, until } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { openPayV3Shop } from '../support/payV3.ts'
import { EGG_TART, member, newRequestId, orderOf, paidOrder, place, refundsAtWeChat, startPaying } from './support.ts'

const HOUR_MS = 3_600_000
const openers = { 'cloudpay': () => openTestShop(), 'wechat-v3': () => openPayV3Shop('publicKey') }

describe.each(['cloudpay', 'wechat-v3'] as const)('The day\'s bill of %s', (gateway) => {
  let shop: TestShop
  let alice: Caller
  let owner: Caller
  /** The last day whose bill is ready now, and the day that is running. */
  let past: string
  let today: string

  beforeAll(async () => {
    await midnightIsFar()
    past = billDays(Date.now()).at(-1)!
    today = beijingDay(Date.now())
    shop = await openers[gateway]()
    alice = await member(shop, 'o-alice')
    owner = await member(shop, 'o-owner')
    await shop.admin.change('stock', 'egg-tart', { available: 500 })
  }, 300_000)
  afterAll(() => shop.close())

  const idOf = (day: string) => `${gateway}_${day}`
  const read = async (day: string) => (await shop.admin.read<ReconciliationDocument>('reconciliations', idOf(day)))!
  const runTimer = () => shop.manage('timers/timer')
  const fault = (api: string, name: string, subject: object = {}) =>
    shop.manage('pay/faults', { api, fault: name, gateway: gateway === 'cloudpay' ? 'cloudPay' : 'v3', ...subject })
  const wechatPays = (outTradeNo: string, atMs?: number) => shop.manage('pay/complete', { outTradeNo, ...(atMs === undefined ? {} : { atMs }) })
  const lose = (subject: object) => shop.manage('pay/callbacks', { callbacks: 'lose', ...subject })
  const refundState = async (id: string) => (await shop.admin.read<RefundDocument>('refunds', id))!.state

  /** All that is open, as kind and number. */
  async function incidents(): Promise<string[]> {
    const answer = await owner.merchant('incidents', {})
    if (!answer.ok) throw new Error('incidents')
    return answer.value.items.map(({ kind, outTradeNo }) => `${kind} ${outTradeNo}`).sort()
  }

  const { dueAtMs: _due, ...fresh } = {
    gateway, state: 'Waiting', phase: 'Lines', cursor: '0', billHash: '', totals: noTotals, differences: 0, healed: 0, tries: 0, said: '',
    createdAtMs: 0, updatedAtMs: 0, dueAtMs: 0,
  }
  /** Puts a day before the timer, as if it had never been looked at. */
  const again = (day: string, set: Partial<ReconciliationDocument> = {}) =>
    shop.admin.set('reconciliations', idOf(day), { ...fresh, day, dueAtMs: 0, ...set })
  const due = (day: string) => shop.admin.change('reconciliations', idOf(day), { dueAtMs: 0 })

  /** An order that WeChat has the money for, and of which nobody here has heard. */
  async function paidUnheard(atMs?: number) {
    const { id: orderId } = await place(alice)
    const { outTradeNo } = await startPaying(alice, orderId)
    await lose({ outTradeNo })
    await shop.admin.change('attempts', outTradeNo, { checkAtMs: Date.now() + HOUR_MS })
    expect(await wechatPays(outTradeNo, atMs)).toEqual({ ok: true })
    return { orderId, outTradeNo }
  }

  async function refund(orderId: string, outTradeNo: string): Promise<string> {
    const wish = { kind: 'Lines' as const, lines: [{ line: 0, quantity: 1 }] }
    const ask = { requestId: newRequestId(), orderId, wish, goodsReturned: [], expectedFen: 1200, note: '打翻了' }
    expect(await owner.merchant('refundOrder', ask)).toMatchObject({ ok: true })
    await until('WeChat to have paid', async () => (await refundsAtWeChat(shop, outTradeNo)).every(one => one.state === 'SUCCESS'))
    return `R${outTradeNo}_1`
  }

  async function refunded() {
    const { orderId, outTradeNo } = await paidOrder(shop, alice, [{ ...EGG_TART, quantity: 2 }])
    const outRefundNo = await refund(orderId, outTradeNo)
    await until('the notice of the refund', async () => await refundState(outRefundNo) === 'Succeeded')
    return { outTradeNo, outRefundNo }
  }

  async function copy(collection: string, id: string, newId: string, set: object): Promise<void> {
    const { _id, ...document } = (await shop.admin.read<{ _id: string }>(collection, id))!
    await shop.admin.set(collection, newId, { ...document, ...set })
  }

  describe('of a past day', () => {
    it('without any payment is done with the word of WeChat, and one that no gateway had is not asked about', async () => {
      await place(alice).then(({ id }) => startPaying(alice, id))
      // The first run makes the documents of the last days, while the other jobs look already; the next ones take up two bills each.
      for (let run = 0; run < 4; run += 1) await runTimer()
      expect(await read(past)).toMatchObject({ state: 'Done', differences: 0, healed: 0, totals: noTotals, said: 'nothing was paid that day' })
      const other = gateway === 'cloudpay' ? 'wechat-v3' : 'cloudpay'
      expect(await shop.admin.read('reconciliations', `${other}_${past}`)).toMatchObject({ state: 'Done', said: 'this gateway has taken no payment yet' })
    })

    it('in which all fits leaves a document that says so, with its sums', async () => {
      const { orderId, outTradeNo } = await paidUnheard(dayStartMs(past) + 12 * HOUR_MS)
      expect(await alice.shop('syncPayment', { orderId })).toMatchObject({ ok: true, value: { state: 'Paid' } })
      expect(await shop.admin.read('attempts', outTradeNo)).toMatchObject({ paidDay: past })
      await again(past)
      await runTimer()
      expect(await read(past)).toMatchObject({
        state: 'Done', phase: 'Refunds', differences: 0, healed: 0, totals: { ...noTotals, payments: 1, paidFen: 1200 },
      })
      expect(await incidents()).toEqual([])
    })

    it('is tried again later when WeChat is out of order or the line is cut, and then gives the same', async () => {
      const before = await read(past)
      await again(past)
      for (const [tries, name] of ['SYSTEM_ERROR', 'LOST_REQUEST', 'LOST_REPLY'].entries()) {
        await fault('downloadBill', name)
        const askedAtMs = Date.now()
        await due(past)
        await runTimer()
        const waiting = await read(past)
        expect(waiting).toMatchObject({ state: 'Waiting', tries: tries + 1 })
        expect(waiting.said).not.toBe('')
        expect(waiting.dueAtMs).toBeGreaterThan(askedAtMs + 600_000)
      }
      await due(past)
      await runTimer()
      expect(await read(past)).toMatchObject({ state: 'Done', billHash: before.billHash, totals: before.totals, tries: 0 })
    })

    it('is a person\'s when it could not be had for a day', async () => {
      await again(past, { tries: BILL_TRIES_MAX - 1 })
      await fault('downloadBill', 'SYSTEM_ERROR')
      await runTimer()
      expect(await read(past)).toMatchObject({ state: 'Failed' })
      expect(await incidents()).toEqual([`BillMissing ${past}`])
      await shop.admin.remove('incidents', `${idOf(past)}_BillMissing`)
    })

    describe('whose bill could not be had', () => {
      const incidentId = () => `${idOf(past)}_BillMissing`
      const incident = () => shop.admin.read<IncidentDocument>('incidents', incidentId())
      const askAgain = (who = owner) => who.merchant('retryBill', { incidentId: incidentId() })
      const audits = () => shop.admin.count('audits', { what: 'RetryBill', subject: incidentId() })

      /** The last of its tries goes wrong. */
      async function giveUp(): Promise<void> {
        await shop.admin.change('reconciliations', idOf(past), { tries: BILL_TRIES_MAX - 1, dueAtMs: 0 })
        await fault('downloadBill', 'SYSTEM_ERROR')
        await runTimer()
        expect(await read(past)).toMatchObject({ state: 'Failed' })
      }

      it('is asked for again by the owner, once however often it is tapped, and stays on the page meanwhile', async () => {
        await again(past)
        await giveUp()
        expect(await askAgain(shop.as('o-clerk'))).toEqual({ ok: false, kind: 'denied', code: 'NotAllowed' })
        const answers = await Promise.all([1, 2, 3].map(() => askAgain()))
        for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { kind: 'BillMissing', retriedAtMs: expect.any(Number) as number } })
        expect(await read(past)).toMatchObject({ state: 'Waiting', tries: 0, said: '', startedAgain: 1 })
        expect(await audits()).toBe(1)
        expect(await incidents()).toEqual([`BillMissing ${past}`])
      })

      it('and fails again can be asked for once more, and is told once', async () => {
        await giveUp()
        expect(await incidents()).toEqual([`BillMissing ${past}`])
        expect(await incident()).toMatchObject({ state: 'Open', retriedAtMs: null })
        expect(await askAgain()).toMatchObject({ ok: true })
        expect(await audits()).toBe(2)
      })

      it('and comes at last is compared, and the incident ends by itself', async () => {
        await runTimer()
        expect(await read(past)).toMatchObject({ state: 'Done', totals: { ...noTotals, payments: 1, paidFen: 1200 } })
        expect(await incidents()).toEqual([])
        expect(await incident()).toMatchObject({ state: 'Resolved', resolvedBy: 'timer', retriedAtMs: null })
        expect(await askAgain()).toEqual({ ok: false, kind: 'refused', code: 'IncidentUnknown' })
      })

      it('is left alone when the owner has seen to it another way, and other incidents have no bill to ask for', async () => {
        await shop.admin.remove('incidents', incidentId())
        await again(past)
        await giveUp()
        expect(await owner.merchant('resolveIncident', { incidentId: incidentId(), note: '商户平台核对过' })).toMatchObject({ ok: true })
        expect(await askAgain()).toMatchObject({ code: 'IncidentUnknown' })
        expect(await read(past)).toMatchObject({ state: 'Failed' })
        const { _id, ...known } = (await incident())!
        const other = { ...known, kind: 'AmountDiffers', state: 'Open', facts: {} }
        await shop.admin.set('incidents', 'another', other)
        expect(await owner.merchant('retryBill', { incidentId: 'another' })).toMatchObject({ code: 'IncidentUnknown' })
        for (const id of ['another', incidentId()]) await shop.admin.remove('incidents', id)
      })
    })

    it('is not taken for empty when the shop has payments of that day', async () => {
      const empty = billDays(Date.now())[0]!
      const paid = (await read(past)).day
      const { outTradeNo } = await paidUnheard(dayStartMs(paid) + 13 * HOUR_MS)
      await shop.admin.change('attempts', outTradeNo, { state: 'Paid', paidDay: empty })
      await again(empty)
      await runTimer()
      expect(await read(empty)).toMatchObject({ state: 'Waiting', tries: 1, said: 'NoBill' })
      await shop.admin.change('attempts', outTradeNo, { paidDay: paid })
      await due(empty)
      await runTimer()
      expect(await read(empty)).toMatchObject({ state: 'Done' })
    })

    it('goes on where the last run ended, and two runs at once find everything once', async () => {
      const { outTradeNo } = await paidUnheard(dayStartMs(past) + 14 * HOUR_MS)
      const known = (await shop.admin.read<object>('attempts', outTradeNo))!
      const numbers = Array.from({ length: 103 }, (_, index) => `${'f'.repeat(20)}${String(index).padStart(4, '0')}_1`)
      await Promise.all(numbers.map(async (number) => {
        const { _id, ...attempt } = known as { _id: string }
        await shop.admin.set('attempts', number, { ...attempt, state: 'Paid', paidDay: past })
      }))
      await again(past)
      await Promise.all([runTimer(), runTimer(), runTimer()])
      await until('the day to be done', async () => (await read(past)).state === 'Done')
      const done = await read(past)
      expect(done).toMatchObject({ differences: numbers.length, healed: 1 })
      expect(await shop.admin.count('incidents', { kind: 'PaidHereNotThere' })).toBe(numbers.length)
      // As if the function had died after its first hundred payments.
      await again(past, { state: 'Comparing', phase: 'Payments', cursor: numbers[99]!, billHash: done.billHash, differences: 100, totals: done.totals })
      await runTimer()
      expect(await read(past)).toMatchObject({ state: 'Done', differences: numbers.length, totals: done.totals })
      for (const number of numbers) {
        await shop.admin.remove('attempts', number)
        await shop.admin.remove('incidents', `${number}_PaidHereNotThere`)
      }
    }, 60_000)
  })

  describe('of today, in which things went wrong', () => {
    let wanted: string[]
    let late: { orderId: string, outTradeNo: string }
    let unheardRefund: string
    let dead: string

    it('is not there before ten tomorrow', async () => {
      await again(today)
      await runTimer()
      expect(await read(today)).toMatchObject({ state: 'Waiting', tries: 1, said: 'NotReady' })
    })

    it('differs in exactly what was planted; money that nobody reported is settled', async () => {
      await plant()
      const { nowMs } = await (await fetch(`${shop.url}/manage/clock`)).json() as { nowMs: number }
      await shop.manage('clock', { advanceMs: billReadyAtMs(today) + 60_000 - nowMs })
      await again(today)
      await fault('queryOrder', 'SYSTEM_ERROR', { outTradeNo: late.outTradeNo })
      await runTimer()
      // The late payment could not be asked about: the work stands before its line.
      expect(await read(today)).toMatchObject({ state: 'Comparing', phase: 'Lines', tries: 1 })
      expect((await orderOf(alice, late.orderId)).state).toBe('Unpaid')
      await due(today)
      await runTimer()
      expect(await incidents()).toEqual(wanted)
      expect(await read(today)).toMatchObject({ state: 'Done', differences: wanted.length, healed: 2 })
      expect((await orderOf(alice, late.orderId)).state).toBe('Paid')
      expect(await refundState(unheardRefund)).toBe('Succeeded')
    }, 60_000)

    it('tells amounts of both sides', async () => {
      const amounts = await owner.merchant('incidents', {})
      const of = (kind: string) => amounts.ok && amounts.value.items.find(one => one.kind === kind)
      expect(of('MoneyWithoutOrder')).toMatchObject({ amountFen: 1200, expectedFen: 0, orderId: '', shortId: '' })
      expect(of('PaidHereNotThere')).toMatchObject({ amountFen: 0, expectedFen: 1200 })
      expect(of('AmountDiffers')).toMatchObject({ amountFen: 1200, expectedFen: 1300 })
      expect(of('RefundAmountDiffers')).toMatchObject({ amountFen: 1200, expectedFen: 1100 })
      expect(of('RefundMissingThere')).toMatchObject({ amountFen: 0, expectedFen: 1200 })
      expect(of('RefundMissingHere')).toMatchObject({ amountFen: 1200, expectedFen: 0 })
    })

    it('is a store\'s where an order is known, and money without one the owner\'s alone', async () => {
      const open = await owner.merchant('incidents', {})
      expect(open.ok && open.value.items.filter(one => one.isShopWide).map(one => one.kind)).toEqual(['MoneyWithoutOrder'])
      const atTheBar = await shop.as('o-clerk').merchant('incidents', {})
      expect(atTheBar.ok && atTheBar.value.items.map(one => one.kind).sort()).toEqual(
        ['AmountDiffers', 'PaidHereNotThere', 'RefundAmountDiffers', 'RefundMissingHere', 'RefundMissingThere'],
      )
    })

    it('is told once, also when it is compared again and the owner has resolved a part of it', async () => {
      expect(await owner.merchant('resolveIncident', { incidentId: `${dead}_PaidHereNotThere`, note: '换过商户号' })).toMatchObject({ ok: true })
      await again(today)
      await runTimer()
      expect(await read(today)).toMatchObject({ state: 'Done', differences: wanted.length, healed: 0 })
      expect(await incidents()).toEqual(wanted.filter(one => one !== `PaidHereNotThere ${dead}`))
      expect(await shop.admin.read<IncidentDocument>('incidents', `${dead}_PaidHereNotThere`)).toMatchObject({ state: 'Resolved', note: '换过商户号' })
    })

    async function plant(): Promise<void> {
      await refunded()
      late = await paidUnheard()

      const lost = await paidOrder(shop, alice)
      await shop.admin.remove('attempts', lost.outTradeNo)

      const known = await paidOrder(shop, alice)
      dead = `${'d'.repeat(24)}_1`
      await copy('attempts', known.outTradeNo, dead, {})

      const cheap = await paidOrder(shop, alice)
      await shop.admin.change('attempts', cheap.outTradeNo, { totalFen: 1300 })

      const [forgotten, invented, short] = [await refunded(), await refunded(), await refunded()]
      await copy('refunds', invented.outRefundNo, `R${invented.outTradeNo}_9`, { lastBillDay: today })
      await shop.admin.remove('refunds', forgotten.outRefundNo)
      await shop.admin.change('refunds', short.outRefundNo, { refundFen: 1100 })

      const quiet = await paidOrder(shop, alice, [{ ...EGG_TART, quantity: 2 }])
      await lose({ outRefundNo: `R${quiet.outTradeNo}_1` })
      unheardRefund = await refund(quiet.orderId, quiet.outTradeNo)
      await shop.admin.change('refunds', unheardRefund, { checkAtMs: Date.now() + HOUR_MS })

      wanted = [
        `MoneyWithoutOrder ${lost.outTradeNo}`, `PaidHereNotThere ${dead}`, `AmountDiffers ${cheap.outTradeNo}`,
        `RefundMissingHere ${forgotten.outTradeNo}`, `RefundMissingThere ${invented.outTradeNo}`, `RefundAmountDiffers ${short.outTradeNo}`,
      ].sort()
    }
  })
})

/** A day of these tests must not end while they run. */
async function midnightIsFar(): Promise<void> {
  const leftMs = dayStartMs(beijingDay(Date.now())) + 24 * HOUR_MS - Date.now()
  if (leftMs < 120_000) await new Promise(resolve => setTimeout(resolve, leftMs + 1_000))
}
