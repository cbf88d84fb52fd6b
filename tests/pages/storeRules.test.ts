// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { zh } from '@/locales/zh'
import RulesPage from '@/packages/merchant/rules/rules.vue'
import { draftOf, onto } from '@/packages/merchant/rules/rulesDraft'
import { cardsToMend, metersOf, problemsOf, wishOf } from '@/packages/merchant/rules/rulesWish'
import { cloud, inTurn } from './support/cloud'
import { done, refused } from './support/goods'
import type { RulesDraft } from '@/packages/merchant/rules/rulesDraft'
import type { StoreRuleSheet, StoreRules } from '@contracts/storeRules.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({ wechat: { pictureUrl: (id: string) => id, tap: () => undefined } }))

const same = (text: string) => ({ zh: text, en: text })
const rules: StoreRules = {
  resting: null, week: Array.from({ length: 7 }, () => [{ from: '09:00', until: '21:00' }]),
  closedDays: [{ day: '20990101', because: { zh: '元旦', en: 'New Year' } }], lastOrderMinutes: 10, isAutoAccepted: true,
  slots: { everyMinutes: 15, prepareMinutes: 15, daysAhead: 1, mayPreorder: true }, kitchen: { slotPoints: 20, pauseAboveMinutes: 40 },
  dining: { pay: 'Later', opens: 'Staff', perPersonFen: 250, serviceBasisPoints: 850 }, ownTables: ['c1', 'v1'], pointsPerYuan: 1,
  ways: ['DineIn', 'TakeAway', 'Delivery', 'PickUp'],
  takeAway: { packaging: null, utensils: { freeSets: 2, feeFen: 50 } },
  delivery: {
    packaging: { per: 'Piece', feeFen: 100 }, utensils: null,
    fee: { kind: 'Distance', tiers: [{ uptoMeters: 1000, feeFen: 200 }, { uptoMeters: 2500, feeFen: 450 }], minimumFen: 2000, freeFromFen: 8800 },
  },
  phone: '0571-1234567', address: same('桥弄街 18 号'), place: { latitude: 30.3, longitude: 120.1 }, notice: same('公告'),
}
const ownRules = { pay: 'Later' as const, opens: 'Auto' as const, perPersonFen: 0, serviceBasisPoints: 0 }
const ownTables = ['c1', 'v1'].map(id => ({ id, name: id.toUpperCase(), dining: ownRules }))
const sheet = (over: Partial<StoreRuleSheet> = {}): StoreRuleSheet =>
  ({ storeId: 'main', name: same('小铺'), rules, revision: 3, hasFreight: false, ownTables, ...over })

describe('rules as they are typed', () => {
  const draft = draftOf(rules)
  const problems = (fields: Partial<RulesDraft>) => problemsOf({ ...draft, ...fields })

  it('are sent as they were read, to the fen, the meter and the hundredth of a percent', () => {
    expect(draft).toMatchObject({ perPerson: '2.5', service: '8.5', minimum: '20', tiers: [{ km: '1', fee: '2' }, { km: '2.5', fee: '4.5' }] })
    expect(problemsOf(draft)).toEqual({})
    expect(wishOf(draft, null)).toEqual(rules)
    const fixed: StoreRules = { ...rules, dining: null, kitchen: null, delivery: { ...rules.delivery, fee: { kind: 'Fixed', feeFen: 600, freeFromFen: null } } }
    expect(wishOf(draftOf(fixed), null)).toEqual(fixed)
    const none: StoreRules = { ...rules, ways: ['TakeAway'], delivery: { packaging: null, utensils: null, fee: null } }
    expect(wishOf(draftOf(none), null)).toEqual(none)
  })

  it('say beside the field what is wrong, and in which card', () => {
    expect(problems({ tiers: [{ km: '2', fee: '3' }, { km: '1.5', fee: 'x' }] })).toEqual({ 'tiers.1.km': 'order', 'tiers.1.fee': 'amount' })
    expect(problems({ tiers: [{ km: '31', fee: '3' }] })).toEqual({ 'tiers.0.km': 'km' })
    expect(problems({ perPerson: '2.555', service: '31' })).toEqual({ perPerson: 'amount', service: 'service' })
    expect(problems({ lastOrder: '', daysAhead: '8', slotPoints: '0', pauseAbove: '5' }))
      .toEqual({ lastOrder: 'lastOrder', daysAhead: 'daysAhead', slotPoints: 'slotPoints', pauseAbove: 'pauseAbove' })
    expect(problems({ takeAway: { ...draft.takeAway, packaging: 'Order', packagingFee: '0', freeSets: '21' } }))
      .toEqual({ 'takeAway.packagingFee': 'amount', 'takeAway.freeSets': 'sets' })
    expect(problems({ phone: 'me', address: same(' '), points: '101' })).toEqual({ phone: 'phone', address: 'address', points: 'points' })
    expect(problems({ week: draft.week.map(() => [{ from: '20:00', until: '10:00' }, { from: '09:00', until: '12:00' }]) })).toEqual({ week: 'overlap' })
    expect(cardsToMend({ 'tiers.0.km': 'km', 'phone': 'phone' })).toEqual(['delivery', 'contact'])
  })

  it('do not mind what is switched off', () => {
    expect(problems({ ways: ['TakeAway'], tiers: [{ km: '', fee: '' }], pay: 'First', perPerson: 'x', countsKitchen: false, slotPoints: '' })).toEqual({})
    expect(wishOf({ ...draft, pay: 'First' }, null)?.dining).toEqual({ pay: 'First', opens: 'Staff', perPersonFen: 0, serviceBasisPoints: 0 })
  })

  it('are read by their digits', () => {
    expect(['1.5', '0.1', '30', '0.05', '30.01', '-1', ''].map(metersOf)).toEqual([1500, 100, 30_000, null, null, null, null])
  })

  it('keep what was touched when the rest has changed meanwhile', () => {
    const mine = { ...draft, phone: '110-0000' }
    const theirs = draftOf({ ...rules, lastOrderMinutes: 30, phone: '120-0000' })
    expect(onto(theirs, draft, mine)).toEqual({ ...theirs, phone: '110-0000' })
  })
})

describe('the page of a store\'s rules', () => {
  let phone: ReturnType<typeof freshPhone>
  beforeEach(() => {
    phone = freshPhone()
    setActivePinia(createPinia())
    cloud.reset()
    cloud.replies.storeRules = () => done(sheet())
    cloud.replies.saveStoreRules = input => done(sheet({ rules: (input as { rules: StoreRules }).rules, revision: 4 }))
  })

  async function open() {
    const page = mount(RulesPage)
    await fire('onLoad')
    await flushPromises()
    return page
  }
  type Page = Awaited<ReturnType<typeof open>>

  async function type(page: Page, name: string, value: string) {
    const field = page.findAllComponents({ name: 'TextField' }).find(one => one.props('name') === name)!
    field.vm.$emit('change', value)
    await flushPromises()
  }

  async function press(page: Page, selector: string) {
    await page.find(selector).trigger('click')
    await flushPromises()
  }

  const sent = () => cloud.calls.filter(({ action }) => action === 'saveStoreRules').map(({ input }) => input as { revision: number, rules: StoreRules })
  const leave = async () => { await fire('onUnload') }

  it('sends nothing before it is saved, and then all rules with the revision that they began from', async () => {
    const page = await open()
    expect(page.find('.save-rules').exists()).toBe(false)
    expect(page.find('.own-table-c1').text()).toContain('C1吃完再付 · 营业时间里自动开')
    await type(page, 'minimum', '25.5')
    await press(page, '.auto-accept-switch .on-off')
    expect(cloud.actions()).toEqual(['storeRules'])
    await press(page, '.save-rules')
    expect(sent()).toEqual([{ revision: 3, rules: {
      ...rules, isAutoAccepted: false, delivery: { ...rules.delivery, fee: { ...rules.delivery.fee, minimumFen: 2550 } },
    } }])
    expect(page.find('.save-rules').exists()).toBe(false)
    await leave()
  })

  it('says beside the field what is wrong, once somebody wants to save, and sends nothing', async () => {
    const page = await open()
    await type(page, 'tier-1-km', '0.5')
    expect(page.text()).not.toContain(zh.storeRules.problems.order)
    await press(page, '.save-rules')
    expect(page.findAll('.delivery-tier')[1]!.text()).toContain(zh.storeRules.problems.order)
    expect(page.find('.page__mend').text()).toBe('还没填对：外送')
    expect(sent()).toEqual([])
    await press(page, '.restore-rules')
    expect(page.find('.page__mend').exists()).toBe(false)
    await leave()
  })

  it('stops orders at once, in the owner\'s words, and leaves what is being changed for its own save', async () => {
    const page = await open()
    await type(page, 'last-order', '20')
    await press(page, '.rest-store')
    await type(page, 'rest-words', '去进货了')
    await type(page, 'rest-english', '')
    await press(page, '.rest-yes')
    expect(sent()).toEqual([{ revision: 3, rules: { ...rules, resting: same('去进货了') } }])
    expect(page.find('.rest').text()).toContain('去进货了')
    await press(page, '.save-rules')
    expect(sent().at(-1)).toEqual({ revision: 4, rules: { ...rules, resting: same('去进货了'), lastOrderMinutes: 20 } })
    await press(page, '.resume-store')
    expect(sent().at(-1)!.rules).toEqual({ ...rules, resting: null, lastOrderMinutes: 20 })
    await leave()
  })

  it('keeps what was typed when somebody else has saved meanwhile, and takes the rest from there', async () => {
    cloud.replies.storeRules = inTurn(done(sheet()), done(sheet({ revision: 7, rules: { ...rules, phone: '0571-7777777' } })))
    cloud.replies.saveStoreRules = inTurn(refused('RulesChangedMeanwhile'), done(sheet({ revision: 8, rules: { ...rules, lastOrderMinutes: 20, phone: '0571-7777777' } })))
    const page = await open()
    await type(page, 'last-order', '20')
    await press(page, '.save-rules')
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.failures.RulesChangedMeanwhile }))
    await press(page, '.save-rules')
    expect(sent().at(-1)).toEqual({ revision: 7, rules: { ...rules, lastOrderMinutes: 20, phone: '0571-7777777' } })
    expect(page.find('.save-rules').exists()).toBe(false)
    await leave()
  })

  it('changes the hours of several days at once, and takes no hours that run into others', async () => {
    const page = await open()
    await press(page, '.day-1')
    await press(page, '.add-range')
    const sheetOf = () => page.findComponent({ name: 'DaySheet' })
    const clocks = () => sheetOf().findAllComponents({ name: 'ClockPicker' })
    expect(clocks().map(clock => clock.props('value'))).toEqual(['09:00', '21:00', '22:00', '23:00'])
    clocks()[2]!.vm.$emit('change', '20:00')
    await flushPromises()
    expect(sheetOf().text()).toContain(zh.storeRules.problems.overlap)
    await press(page, '.keep-day')
    expect(sheetOf().props('day')).toBe(1)
    clocks()[1]!.vm.$emit('change', '14:00')
    await press(page, '.spread-Weekdays')
    await press(page, '.keep-day')
    await press(page, '.save-rules')
    const long = [{ from: '09:00', until: '14:00' }, { from: '20:00', until: '23:00' }]
    expect(sent()[0]!.rules.week).toEqual([0, 1, 2, 3, 4, 5, 6].map(day => day >= 1 && day <= 5 ? long : rules.week[0]))
    await leave()
  })

  it('brings tables back to the store\'s rules, and shuts eating in, with the next save', async () => {
    const page = await open()
    await press(page, '.own-table-v1 .follow-store')
    expect(page.find('.own-table-v1').text()).toContain(zh.storeRules.followed)
    await press(page, '.own-table-c1 .follow-store')
    await press(page, '.own-table-c1 .follow-store')
    await type(page, 'points', '2')
    await press(page, '.save-rules')
    expect(sent()).toEqual([{ revision: 3, rules: { ...rules, ownTables: ['c1'], pointsPerYuan: 2 } }])
    await press(page, '.dine-in-switch .on-off')
    expect(page.find('.own-tables').exists()).toBe(false)
    await press(page, '.save-rules')
    expect(sent().at(-1)!.rules).toEqual({ ...rules, ownTables: ['c1'], pointsPerYuan: 2, ways: ['TakeAway', 'Delivery', 'PickUp'] })
    await leave()
  })

  it('asks before it is left with something unsaved, and goes on with it afterwards', async () => {
    const page = await open()
    await type(page, 'phone', '0571-9999999')
    await fire('onBackPress')
    await flushPromises()
    expect(page.text()).toContain('还没保存，要离开吗？')
    await press(page, '.question-yes')
    expect(phone.navigateBack).toHaveBeenCalled()
    await leave()
    page.unmount()
    phone = freshPhone()
    const again = await open()
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.unsaved.kept }))
    await press(again, '.save-rules')
    expect(sent()[0]!.rules).toEqual({ ...rules, phone: '0571-9999999' })
    await leave()
  })

  it('tells a clerk that it is the owner\'s', async () => {
    cloud.replies.storeRules = () => ({ ok: false, kind: 'denied', code: 'NotAllowed' })
    expect((await open()).find('.state-denied').text()).toContain('只有店主')
  })
})
