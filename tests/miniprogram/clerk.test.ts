import { beforeAll, expect, it } from 'vitest'
import { attentionTabs } from '../../contracts/attention.ts'
import { framedPages } from '../../scripts/steps/vite/pageFrame.ts'
import { shortIdIn, twoStores } from '../support/troubles.ts'
import type { Troubles } from '../support/troubles.ts'
import { useShop } from './support.ts'
import type { Phone } from './phone.ts'

/** Lan is a clerk of the shop's first store; the same has gone wrong there and at the station. */
const world = useShop()
let main: Troubles
let station: Troubles
beforeAll(async () => { ({ main, station } = await twoStores(world.shop, 'o-lan')) }, 60_000)

const BAR = 'packages/merchant/orders/orders'
/** Ways from the bar that stand beside its grid: to an order, to the search for one, and to what needs a person. */
const beside = ['orders/orders', 'order/order', 'find/find', 'attention/attention'].map(page => `packages/merchant/${page}`)
const staffPages = () => [...framedPages().keys()].filter(page => page.startsWith('packages/merchant/'))
const addressOf = (page: string) => page.endsWith('order/order') ? `${page}?orderId=${/[0-9a-f]{24}/.exec(main.afterSales)![0]}` : page

const onFront = (phone: Phone, selector: string) => phone.screen.locator(`wx-page:not([hidden]) ${selector}`)
/** Nothing is being loaded any more: what came of it stands on the page. */
const shown = (phone: Phone) => phone.until('the page to have come', async () =>
  await onFront(phone, '.state-loading').count() === 0 && (await phone.text()).trim() !== '')

it('lets a clerk into every page that the bar offers, and says no at each of the owner\'s', async () => {
  const phone = await world.phoneOf('lan', { path: BAR })
  await phone.see('.tools__tile')
  const names = await onFront(phone, '.tools__tile').allInnerTexts()
  const open: string[] = []
  for (const name of names) {
    await phone.tap(name.trim())
    await phone.until('the page to open', async () => await phone.route() !== BAR)
    await shown(phone)
    const page = await phone.route()
    open.push(page)
    expect([page, await onFront(phone, '.state-denied, .state-failed').count()]).toEqual([page, 0])
    await phone.tap('#back')
    await phone.see('.tools__tile')
  }
  expect(open.length).toBeGreaterThan(2)
  const others = staffPages().filter(page => !open.includes(page) && !beside.includes(page))
  expect(others.length).toBeGreaterThan(2)
  for (const page of others) {
    await phone.open({ path: page })
    await phone.see('这里只有店主能进')
    await phone.tap('回接单页')
    await phone.see('.tools__tile')
  }
  for (const page of beside) {
    await phone.open({ path: addressOf(page) })
    await shown(phone)
    expect([page, await onFront(phone, '.state-denied, .state-failed').count()]).toEqual([page, 0])
  }
}, 180_000)

it('shows a clerk what waits in their own store alone, and lets them do what is theirs to do', async () => {
  const phone = await world.phoneOf('lan', { path: BAR })
  await phone.tap('.attention-entry')
  for (const tab of attentionTabs) {
    await phone.tap(`.tab-${tab}`)
    await phone.until(`the entry of ${tab}`, async () => (await phone.text()).includes(shortIdIn(main[tab])))
    expect([tab, await onFront(phone, '.attention-request, .attention-trouble').count()]).toEqual([tab, 1])
    expect(await phone.text()).not.toContain(shortIdIn(station[tab]))
    expect([tab, await onFront(phone, '.approve-button').count()]).toEqual([tab, 0])
  }
  // The last tab is open: what WeChat would not take is tried again.
  await phone.tap('.primary-button')
  await phone.see('.state-empty')
  await phone.tap('.tab-afterSales')
  await phone.tap('.decline-button')
  await phone.type('.note', '已经吃完了')
  await phone.tap('.note-send')
  await phone.see('.state-empty')
  expect(await world.shop.admin.read('afterSales', main.afterSales)).toMatchObject({ state: 'Declined', answer: '已经吃完了' })
  expect(await world.shop.admin.read('outbox', station.deadLetters)).toMatchObject({ state: 'Dead' })
}, 60_000)

it('lets a list of many grow as it is scrolled, and keeps it when the page looks again', async () => {
  const { _id, ...request } = (await world.shop.admin.read<{ _id: string }>('afterSales', station.afterSales))!
  for (let place = 0; place < 25; place += 1) {
    const id = `many-${String(place).padStart(2, '0')}`
    await world.shop.admin.set('afterSales', id, { ...request, storeId: 'lakeside', sortKey: `0000000000000_${id}` })
  }
  await world.shop.admin.set('staff', 'o-lake', { role: 'clerk', active: true, storeIds: ['lakeside'] })
  const phone = await world.phoneOf('lake', { path: 'packages/merchant/attention/attention' })
  const cards = onFront(phone, '.attention-request')
  await phone.until('the first page', async () => await cards.count() === 20)
  await cards.last().scrollIntoViewIfNeeded()
  await phone.until('the second page', async () => await cards.count() === 25)
  // Somebody sees to one of the second page: the page hears of it by itself, and of nothing else.
  await world.shop.admin.remove('afterSales', 'many-22')
  await phone.until('a look to find one less', async () => await cards.count() === 24, 30_000)
  const asked = phone.calls().filter(({ data }) => data.action === 'attention').map(({ data }) => (data as { input: object }).input)
  expect(asked.at(-1)).toEqual({ tab: 'afterSales', pages: 2, check: false, place: false })
}, 90_000)
