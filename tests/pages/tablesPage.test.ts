// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Tables from '@/packages/merchant/tables/tables.vue'
import { cloud, inTurn, underWay } from './support/cloud'
import { kitchenTicket, owing, tableRow } from './support/dining'
import { done, offline, refused } from './support/goods'
import { openPage, pullDown, tap, tapTwice, written } from './support/pages'
import type { TableRow } from '@contracts/tables.ts'
import type { VueWrapper } from '@vue/test-utils'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', async () => ({ wechat: (await import('./support/phone')).plainWeChat }))

let phone: ReturnType<typeof freshPhone>
const free = tableRow('A2')
const eating = tableRow('A1', { state: 'Ordering', sittingId: 's1', people: 2, unpaidFen: 3600 })
const tables = (rows: TableRow[] = [eating, free], over: object = {}) => done({ tables: rows, calls: 0, newTickets: 0, left: 0, ...over })
const tickets = (...states: ('New' | 'Doing' | 'Done')[]) =>
  done({ tickets: states.map((state, at) => kitchenTicket({ id: `k${at}`, state })), nextCursor: null })
const names = (page: VueWrapper) => page.findAll('.table-tile .tile__name').map(name => name.text())
const toast = (title: string) => expect.objectContaining({ title }) as unknown

beforeEach(() => {
  vi.useFakeTimers()
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.tables = () => tables()
  cloud.replies.sitting = () => done(owing())
  cloud.replies.kitchenTickets = () => tickets('New')
  cloud.replies.leftUnpaid = () => done({ items: [], nextCursor: null })
})
afterEach(async () => {
  await fire('onUnload')
  useI18n().setLocale('zh')
  vi.useRealTimers()
})

describe('the tables', () => {
  it('are shown by one call, with bones until they come', async () => {
    const { reply, come } = underWay()
    cloud.replies.tables = reply
    const page = await openPage(Tables)
    expect(page.find('.state-loading').exists()).toBe(true)
    await come(tables([eating, free], { newTickets: 3, left: 1 }))
    expect([names(page), cloud.actions()]).toEqual([['A1', 'A2'], ['tables']])
    expect([page.find('.tab-Kitchen').text(), page.find('.tab-Left').text()]).toEqual([expect.stringContaining('3'), expect.stringContaining('1')])
  })

  it('are shown to staff alone, and asked for no further by anybody else', async () => {
    cloud.replies.tables = () => ({ ok: false, kind: 'denied', code: 'NotAllowed' })
    const page = await openPage(Tables)
    expect(page.find('.state-denied').exists()).toBe(true)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(cloud.calls).toHaveLength(1)
  })

  it('that are none say how to have some', async () => {
    cloud.replies.tables = () => tables([])
    expect((await openPage(Tables)).find('.state-empty').text()).toContain(zh.tables.emptyHint)
  })

  it('come with a tap when the network is back, and stay when looking again fails', async () => {
    cloud.replies.tables = inTurn(offline, tables(), offline)
    const page = await openPage(Tables)
    expect(page.find('.state-failed').text()).toContain(zh.failures.Offline)
    await tap(page, '.blank__action')
    await vi.advanceTimersByTimeAsync(3_000)
    expect([names(page), phone.showToast.mock.calls]).toEqual([['A1', 'A2'], []])
    await pullDown()
    expect([names(page).length, phone.showToast.mock.calls.length]).toEqual([2, 1])
  })

  it('are looked at again while they are in front, and never behind another page', async () => {
    const page = await openPage(Tables)
    cloud.replies.tables = () => tables([{ ...eating, calls: [{ id: 'c', kind: 'Water', round: null, atMs: Date.now() }] }], { calls: 1 })
    await vi.advanceTimersByTimeAsync(3_000)
    expect(page.find('.waiter-call').text()).toContain('A1 桌 · 加水')
    await fire('onHide')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(cloud.inputs('tables')).toHaveLength(2)
    await fire('onUnload')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('speak English to whom reads English', async () => {
    useI18n().setLocale('en')
    cloud.replies.tables = () => tables([{ ...eating, openedAtMs: Date.now() - 600_000, calls: [{ id: 'c', kind: 'Urge', round: 1, atMs: 0 }] }])
    const page = await openPage(Tables)
    await tap(page, '.table-tile')
    expect(page.text()).not.toMatch(/\p{Script=Han}/u)
  })
})

describe('a call of a table', () => {
  it('is answered once by two taps', async () => {
    cloud.replies.tables = () => tables([{ ...eating, calls: [{ id: 'c', kind: 'Water', round: null, atMs: 0 }] }])
    const answering = underWay()
    cloud.replies.answerCall = answering.reply
    const page = await openPage(Tables)
    await tapTwice(page, '.answer-call-button')
    cloud.replies.tables = () => tables()
    await answering.come(done(null))
    expect([cloud.inputs('answerCall'), page.find('.waiter-call').exists()]).toEqual([[{ sittingId: 's1', callId: 'c' }], false])
  })
})

describe('a table that was tapped', () => {
  const openSheet = async (place = 0) => {
    const page = await openPage(Tables)
    await page.findAll('.table-tile')[place]!.trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    return page
  }

  it('is opened for guests by one tap, and its sheet follows', async () => {
    cloud.replies.openTable = () => done(owing())
    const page = await openSheet(1)
    cloud.replies.tables = () => tables([eating, { ...free, state: 'Open', sittingId: 's2' }])
    await tap(page, '.open-table-button')
    expect([cloud.inputs('openTable'), page.find('.table-sheet__state').text()]).toEqual([[{ tableId: 'A2' }], zh.tables.states.Open])
  })

  it('stays as it is when the server says no, with a word and a fresh look', async () => {
    cloud.replies.lockTable = () => refused('TableTaken')
    const page = await openSheet(1)
    await tap(page, '.lock-button')
    expect([cloud.inputs('lockTable'), cloud.inputs('tables').length]).toEqual([[{ tableId: 'A2', isLocked: true }], 2])
    expect(phone.showToast).toHaveBeenCalledWith(toast(zh.dining.failures.TableTaken))
    expect(page.find('.lock-button').attributes('aria-disabled')).toBe('false')
  })

  it('has its guests moved to a free one', async () => {
    cloud.replies.moveTable = () => done(owing())
    const page = await openSheet()
    await tap(page, '.move-button')
    expect(page.findAll('.other-table').map(other => other.text())).toEqual(['A2'])
    await tap(page, '.other-table')
    expect(cloud.inputs('moveTable')).toEqual([{ sittingId: 's1', toTableId: 'A2' }])
  })

  it('closes once it is cleared, and not when something is unpaid', async () => {
    cloud.replies.clearTable = inTurn(refused('BillUnpaid'), done(null))
    const page = await openSheet()
    await tap(page, '.clear-button')
    await vi.advanceTimersByTimeAsync(500)
    expect([phone.showToast.mock.calls, page.find('.table-sheet').exists()]).toEqual([[[toast(zh.dining.failures.BillUnpaid)]], true])
    await tap(page, '.clear-button')
    await vi.advanceTimersByTimeAsync(500)
    expect(page.find('.table-sheet').exists()).toBe(false)
  })

  it('has a dish taken back with a reason; a second try after a lost answer is the same wish', async () => {
    cloud.replies.returnDish = inTurn(offline, done(owing()))
    const page = await openSheet()
    await tap(page, '.return-button')
    await tap(page, '.return-send')
    expect(cloud.inputs('returnDish')).toEqual([])
    await page.find('.return__text').setValue('上错了')
    await tap(page, '.return-send')
    expect([phone.showToast.mock.calls, written(page, '.return__text')]).toEqual([[[toast(zh.failures.Offline)]], '上错了'])
    await tap(page, '.return-send')
    const [first, second] = cloud.inputs('returnDish')
    expect(first).toMatchObject({ sittingId: 's1', roundId: 'r1', line: 0, quantity: 1, isSellable: false, note: '上错了' })
    expect(second).toEqual(first)
    await tap(page, '.return-button')
    await vi.advanceTimersByTimeAsync(500)
    await page.find('.return__text').setValue('上错了')
    await tap(page, '.return-send')
    expect(cloud.inputs('returnDish')[2]).not.toEqual(first)
  })

  it('whose guests have left keeps what was written until it has arrived', async () => {
    cloud.replies.markLeft = inTurn(offline, done(null))
    const page = await openSheet()
    await tap(page, '.left-button')
    await page.find('.note__text').setValue('19:30 离开')
    await tap(page, '.note-send')
    expect(written(page, '.note__text')).toBe('19:30 离开')
    await tap(page, '.note-send')
    await vi.advanceTimersByTimeAsync(500)
    expect([cloud.inputs('markLeft')[1], page.find('.table-sheet').exists()]).toEqual([{ sittingId: 's1', note: '19:30 离开' }, false])
  })
})

describe('the kitchen', () => {
  it('is asked for when it is looked at, one state at a time', async () => {
    const page = await openPage(Tables)
    await tap(page, '.tab-Kitchen')
    expect([page.findAll('.kitchen-ticket').length, cloud.inputs('kitchenTickets')]).toEqual([1, [{ state: 'New' }]])
    const doing = underWay()
    cloud.replies.kitchenTickets = doing.reply
    await tap(page, '.tab-Doing')
    expect(page.findAll('.kitchen-ticket')).toEqual([])
    await doing.come(tickets('Doing', 'Doing'))
    expect(page.findAll('.kitchen-ticket')).toHaveLength(2)
  })

  it('moves a ticket on, once by two taps, and keeps it where the server says no', async () => {
    const page = await openPage(Tables)
    await tap(page, '.tab-Kitchen')
    cloud.replies.moveTicket = () => refused('TicketOver')
    await tap(page, '.start-ticket-button')
    expect([page.findAll('.kitchen-ticket').length, phone.showToast.mock.calls]).toEqual([1, [[toast(zh.dining.failures.TicketOver)]]])
    const moving = underWay()
    cloud.replies.moveTicket = moving.reply
    await tapTwice(page, '.start-ticket-button')
    cloud.replies.kitchenTickets = () => tickets()
    await moving.come(done(kitchenTicket({ state: 'Doing' })))
    expect([cloud.inputs('moveTicket').length, page.find('.state-empty').text()]).toEqual([2, expect.stringContaining(zh.tables.noTickets)])
  })

  it('says that the network is gone, and comes with a tap when it is back', async () => {
    cloud.replies.kitchenTickets = inTurn(offline, tickets('New'))
    const page = await openPage(Tables)
    await tap(page, '.tab-Kitchen')
    await tap(page, '.blank__action')
    expect(page.findAll('.kitchen-ticket')).toHaveLength(1)
  })
})

describe('guests who left without paying', () => {
  it('stand in a list until the owner has written down what became of it', async () => {
    const left = { sittingId: 's9', tableName: 'A9', people: 2, unpaidFen: 5400, note: '19:30', atMs: 0 }
    cloud.replies.leftUnpaid = inTurn(done({ items: [left], nextCursor: null }), done({ items: [], nextCursor: null }))
    cloud.replies.resolveLeft = () => done(null)
    const page = await openPage(Tables)
    await tap(page, '.tab-Left')
    expect(page.find('.left-unpaid').text()).toMatch(/A9 桌 · ¥54\.00\s*19:30/)
    await tap(page, '.left-unpaid .action')
    await page.find('.note__text').setValue('付了现金')
    await tap(page, '.note-send')
    expect([cloud.inputs('resolveLeft'), page.find('.state-empty').text()]).toEqual([[{ sittingId: 's9', note: '付了现金' }], expect.stringContaining(zh.tables.noLeft)])
  })
})
