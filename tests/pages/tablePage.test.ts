// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Table from '@/packages/dining/table/table.vue'
import { useTable } from '@/stores/table'
import { useVisit } from '@/stores/visit'
import { cloud, inTurn, underWay } from './support/cloud'
import { billPart, owing, round, sharedLine, sitting } from './support/dining'
import { done, offline, order, refused } from './support/goods'
import { openPage, tap, tapTwice } from './support/pages'
import type { PaymentAnswer } from '@/platform/wechat'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
const { requestPayment } = vi.hoisted(() => ({ requestPayment: vi.fn<() => Promise<PaymentAnswer>>() }))
vi.mock('@/platform', async () => ({ wechat: { ...(await import('./support/phone')).plainWeChat, requestPayment } }))

let phone: ReturnType<typeof freshPhone>
const linkId = 'k7Qm2ZxA'
const withCart = () => sitting({ cart: { version: 3, lines: [sharedLine(1), sharedLine(2, { id: 'l2', quantity: 2 })] }, guests: [1, 2] })
const withBill = () => owing({ state: 'ToBePaid', bill: { number: 1, totalFen: 3600, parts: [billPart(3600)] }, version: 2 })
const toast = (title: string) => expect.objectContaining({ title }) as unknown

beforeEach(() => {
  vi.useFakeTimers()
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.enterTable = () => done(sitting())
  cloud.replies.tableNow = () => done(null)
  cloud.replies.unifiedOrder = () => done({ payment: {}, outTradeNo: 'x', expiresAtMs: 0, askFor: [] })
  cloud.replies.syncPayment = () => done(order({ state: 'Paid' }))
  requestPayment.mockReset().mockResolvedValue('ok')
  useVisit().arrive({ kind: 'Table', linkId, tableName: 'A1', storeId: 'main' })
  useTable().sitDown(linkId)
})
afterEach(async () => {
  await fire('onUnload')
  useI18n().setLocale('zh')
  vi.useRealTimers()
})

describe('the page of a table', () => {
  it('is shown by one call, with bones until it comes', async () => {
    const { reply, come } = underWay()
    cloud.replies.enterTable = reply
    const page = await openPage(Table)
    expect(page.find('.table__body').attributes('aria-label')).toBe(zh.state.loading)
    await come(done(sitting()))
    expect([page.find('.head__table').text(), cloud.actions()]).toEqual(['A1 桌', ['enterTable']])
    await tap(page, '.go-menu-button')
    expect(phone.switchTab).toHaveBeenCalledWith({ url: '/pages/menu/menu' })
  })

  it('looks what is new while it is in front, never behind another page, and loses nothing by a look that failed', async () => {
    cloud.replies.enterTable = () => done(withCart())
    cloud.replies.tableNow = inTurn(offline, done(null))
    const page = await openPage(Table)
    await vi.advanceTimersByTimeAsync(3_000)
    expect([page.findAll('.shared-row').length, phone.showToast.mock.calls, cloud.inputs('tableNow').length]).toEqual([2, [], 2])
    await fire('onHide')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(cloud.inputs('tableNow')).toHaveLength(2)
    await fire('onUnload')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('says why the table cannot be entered, and enters it by one tap when it can', async () => {
    cloud.replies.enterTable = inTurn(refused('TableLocked'), done(sitting()))
    const page = await openPage(Table)
    expect(page.find('.table-failed').text()).toContain(zh.dining.failures.TableLocked)
    await tap(page, '.blank__action')
    expect(page.find('.shared-cart').exists()).toBe(true)
  })

  it('without a table, or after the meal, leads home and forgets the seat', async () => {
    useTable().leave()
    expect((await openPage(Table)).find('.table-unseated').exists()).toBe(true)
    useTable().sitDown(linkId)
    cloud.replies.enterTable = () => done(sitting({ state: 'Cleared' }))
    const page = await openPage(Table)
    expect(page.find('.table-over').text()).toContain(zh.dining.cleared)
    await tap(page, '.blank__action')
    expect([useTable().seat, useVisit().way, phone.switchTab.mock.calls.at(-1)]).toEqual([null, 'TakeAway', [{ url: '/pages/home/home' }]])
  })

  it('speaks English to whom reads English', async () => {
    useI18n().setLocale('en')
    cloud.replies.enterTable = () => done(owing({ terms: { perPersonFen: 500, serviceBasisPoints: 1000 } }))
    const page = await openPage(Table)
    expect(page.text()).not.toMatch(/\p{Script=Han}/u)
    expect(phone.setNavigationBarTitle).toHaveBeenLastCalledWith(expect.objectContaining({ title: expect.stringContaining('A1') as string }))
  })
})

describe('a meal', () => {
  const asking = () => sitting({ people: null, terms: { perPersonFen: 500, serviceBasisPoints: 0 } })

  it('begins once, with as many people and the terms that were read', async () => {
    const beginning = underWay()
    cloud.replies.enterTable = () => done(asking())
    cloud.replies.beginMeal = beginning.reply
    const page = await openPage(Table)
    await tap(page, '.people-more')
    expect(page.find('.begin__fee--sum').text()).toContain('¥15.00')
    await tapTwice(page, '.begin-button')
    await beginning.come(done(sitting({ people: 3, version: 2 })))
    expect(cloud.inputs('beginMeal')).toEqual([{ sittingId: 's1', people: 3, terms: { perPersonFen: 500, serviceBasisPoints: 0 } }])
    expect(phone.switchTab).toHaveBeenCalledWith({ url: '/pages/menu/menu' })
  })

  it('does not begin on terms that were not read', async () => {
    cloud.replies.enterTable = () => done(asking())
    cloud.replies.beginMeal = () => refused('TermsChanged')
    cloud.replies.tableNow = () => done({ ...asking(), version: 2, terms: { perPersonFen: 800, serviceBasisPoints: 0 } })
    const page = await openPage(Table)
    await tap(page, '.begin-button')
    expect(phone.showToast).toHaveBeenCalledWith(toast(zh.dining.failures.TermsChanged))
    expect([page.find('.begin__fee').text(), phone.switchTab.mock.calls]).toEqual([expect.stringContaining('¥8.00'), []])
  })
})

describe('the shared cart', () => {
  beforeEach(() => { cloud.replies.enterTable = () => done(withCart()) })
  const sent = () => cloud.inputs('sendRound') as { requestId: string, cartVersion: number, expectedTotalFen: number, remark: string }[]

  it('is sent once, as it was seen', async () => {
    const sending = underWay()
    cloud.replies.sendRound = sending.reply
    const page = await openPage(Table)
    await page.find('.shared__remark').trigger('input', { detail: { value: ' 少油 ' } })
    await tapTwice(page, '.send-button')
    await sending.come(done({ sitting: owing({ version: 2 }), orderId: null }))
    expect(sent()).toMatchObject([{ cartVersion: 3, expectedTotalFen: 5400, remark: '少油' }])
    expect([page.find('.round-card').exists(), phone.showToast.mock.calls]).toEqual([true, [[toast(zh.dining.sent)]]])
  })

  it('keeps dishes, words and the id of the wish when the answer is lost', async () => {
    cloud.replies.sendRound = () => offline
    const page = await openPage(Table)
    await page.find('.shared__remark').trigger('input', { detail: { value: '少油' } })
    await tap(page, '.send-button')
    expect(phone.showToast).toHaveBeenCalledWith(toast(zh.failures.Offline))
    await tap(page, '.send-button')
    expect([page.findAll('.shared-row').length, sent()[1]]).toEqual([2, sent()[0]])
  })

  it('never charges a new price without asking', async () => {
    cloud.replies.sendRound = inTurn(refused('PriceChanged', { totalFen: 6000 }), done({ sitting: owing({ version: 2 }), orderId: null }))
    const page = await openPage(Table)
    await tap(page, '.send-button')
    expect(page.find('.question').text()).toContain('你看到的是 ¥54.00，现在是 ¥60.00')
    expect(sent()).toHaveLength(1)
    await tap(page, '.question-yes')
    expect(sent()[1]).toMatchObject({ expectedTotalFen: 6000 })
  })

  it('names what has just sold out', async () => {
    cloud.replies.sendRound = () => refused('LinesUnavailable', { problems: [{ line: 0, problem: 'SoldOut' }] })
    const page = await openPage(Table)
    await tap(page, '.send-button')
    expect(page.find('.question').text()).toContain('拌面')
  })

  it('lets everybody change their own dishes alone, and puts back what a finger took out', async () => {
    const cart = { version: 4, lines: [sharedLine(2, { id: 'l2', quantity: 2 })] }
    cloud.replies.changeTableCart = inTurn(done({ ...withCart(), version: 2, cart }), done({ ...withCart(), version: 3 }))
    const page = await openPage(Table)
    expect(page.findAll('.stepper__minus')).toHaveLength(1)
    await tap(page, '.stepper__minus')
    expect([page.findAll('.shared-row').length, page.find('.table__undo').text()]).toEqual([1, expect.stringContaining('拌面')])
    await tap(page, '.undo-button')
    expect(cloud.inputs('changeTableCart').map(input => (input as { change: unknown }).change)).toEqual([
      { kind: 'SetQuantity', lineId: 'l1', quantity: 0 }, { kind: 'Add', line: { productId: 'noodles', choiceIds: [], quantity: 1 } },
    ])
    expect(page.findAll('.shared-row')).toHaveLength(2)
  })

  it('has a dish back that could not be taken out, and offers to put back nothing', async () => {
    cloud.replies.changeTableCart = () => refused('TooOften')
    cloud.replies.tableNow = () => done(withCart())
    const page = await openPage(Table)
    await tap(page, '.stepper__minus')
    expect(phone.showToast).toHaveBeenCalledWith(toast(zh.failures.TooOften))
    expect([page.findAll('.shared-row').length, page.find('.undo-button').exists()]).toEqual([2, false])
  })

  it('that is paid first is paid right away, once', async () => {
    cloud.replies.enterTable = () => done({ ...withCart(), pay: 'First' })
    const unpaid = round({ state: 'Unpaid', orderId: 'order-1' })
    cloud.replies.sendRound = () => done({ sitting: sitting({ pay: 'First', version: 2, rounds: [unpaid] }), orderId: 'order-1' })
    const page = await openPage(Table)
    await tapTwice(page, '.send-button')
    expect(cloud.inputs('unifiedOrder')).toEqual([{ orderId: 'order-1' }])
    expect(requestPayment).toHaveBeenCalledOnce()
  })
})

describe('the bill of a table', () => {
  beforeEach(() => { cloud.replies.enterTable = () => done(owing()) })

  it('is made and paid as a whole by one tap, and by no second one', async () => {
    const making = underWay()
    cloud.replies.makeBill = making.reply
    cloud.replies.payPart = () => done({ sitting: { ...withBill(), version: 3 }, orderId: 'order-1' })
    const page = await openPage(Table)
    await tapTwice(page, '.pay-whole-button')
    await making.come(done(withBill()))
    expect(cloud.inputs('makeBill')).toEqual([{ sittingId: 's1', split: { kind: 'Whole' }, expectedTotalFen: 3600 }])
    expect([cloud.inputs('payPart').length, requestPayment.mock.calls.length]).toEqual([1, 1])
  })

  it('asks for its money once, however often its button is tapped', async () => {
    const taking = underWay()
    cloud.replies.enterTable = () => done(withBill())
    cloud.replies.payPart = taking.reply
    const page = await openPage(Table)
    await tapTwice(page, '.pay-bill-button')
    await taking.come(done({ sitting: { ...withBill(), version: 3 }, orderId: 'order-1' }))
    expect(cloud.inputs('payPart')).toEqual([{ sittingId: 's1', bill: 1, part: 0, expectedFen: 3600 }])
    expect(cloud.inputs('unifiedOrder')).toEqual([{ orderId: 'order-1' }])
  })

  it('that somebody else pays already says so, and can be tapped again', async () => {
    cloud.replies.enterTable = () => done(withBill())
    cloud.replies.payPart = () => refused('PartTaken')
    const page = await openPage(Table)
    await tap(page, '.pay-bill-button')
    expect(phone.showToast).toHaveBeenCalledWith(toast(zh.dining.failures.PartTaken))
    expect([requestPayment.mock.calls.length, page.find('.pay-bill-button').attributes('aria-disabled')]).toEqual([0, 'false'])
  })

  it('is split dish by dish, and stays to be split when that is refused', async () => {
    cloud.replies.makeBill = () => refused('BillChanged')
    const page = await openPage(Table)
    await tap(page, '.split-open-button')
    await tap(page, '.split-ByDish')
    expect(page.find('.split-button').attributes('aria-disabled')).toBe('true')
    await tap(page, '.split__dish .stepper__plus')
    await tap(page, '.split-button')
    expect(cloud.inputs('makeBill')).toMatchObject([{ split: { kind: 'ByDish', parts: [[{ line: 0, quantity: 1 }]] } }])
    expect(phone.showToast).toHaveBeenCalledWith(toast(zh.dining.failures.BillChanged))
    // A sheet that closes stays in sight for a moment.
    await vi.advanceTimersByTimeAsync(500)
    expect(page.find('.split').exists()).toBe(true)
  })

  it('is taken back after a question', async () => {
    cloud.replies.enterTable = () => done(withBill())
    cloud.replies.cancelBill = () => done(owing({ version: 3 }))
    const page = await openPage(Table)
    await tap(page, '.back-button')
    await tap(page, '.question-no')
    expect(cloud.inputs('cancelBill')).toEqual([])
    await tap(page, '.back-button')
    await tap(page, '.question-yes')
    expect(page.find('.pay-whole-button').exists()).toBe(true)
  })
})

describe('a call from the table', () => {
  it('is made once by two taps, and the waiter is on the way', async () => {
    const calling = underWay()
    cloud.replies.callWaiter = calling.reply
    const page = await openPage(Table)
    await tap(page, '.call-button')
    await tapTwice(page, '.call-Water')
    await calling.come(done(sitting({ version: 2, calls: [{ id: 'c', kind: 'Water', round: null, atMs: 0 }] })))
    expect(cloud.inputs('callWaiter')).toEqual([{ sittingId: 's1', kind: 'Water' }])
    expect([phone.showToast.mock.calls, page.find('.head__calls').text()]).toEqual([[[toast(zh.dining.called)]], '1'])
  })

  it('that was not heard says so', async () => {
    cloud.replies.enterTable = () => done(owing())
    cloud.replies.callWaiter = () => refused('CalledJustNow')
    const page = await openPage(Table)
    await tap(page, '.urge-button')
    expect(cloud.inputs('callWaiter')).toEqual([{ sittingId: 's1', kind: 'Urge', roundId: 'r1' }])
    expect(phone.showToast).toHaveBeenCalledWith(toast(zh.dining.failures.CalledJustNow))
  })
})
