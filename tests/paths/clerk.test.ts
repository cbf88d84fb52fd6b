import { beforeAll, expect, it } from 'vitest'
import { attentionTabs } from '../../contracts/attention.ts'
import { framedPages } from '../../scripts/steps/vite/pageFrame.ts'
import { orderIdIn, shortIdIn, twoStores } from '../support/troubles.ts'
import type { Troubles } from '../support/troubles.ts'
import { useStreet } from './street.ts'
import type { Hand } from './street.ts'

/** Lan is a clerk of the shop's first store; the same has gone wrong there and at the station. */
const street = useStreet()
let main: Troubles
let station: Troubles
beforeAll(async () => { ({ main, station } = await twoStores(street.shop, 'o-lan')) }, 60_000)

const BAR = { path: 'packages/merchant/orders/orders' }
/** Ways from the bar that stand beside its grid: to an order, to the search for one, and to what needs a person. */
const beside = ['orders/orders', 'order/order', 'find/find', 'attention/attention'].map(page => `packages/merchant/${page}`)
const staffPages = () => [...framedPages().keys()].filter(page => page.startsWith('packages/merchant/'))
const wayTo = (page: string) => ({ path: page.endsWith('order/order') ? `${page}?orderId=${orderIdIn(main.afterSales)}` : page })

const cards = '.attention-request, .attention-trouble'

/** The page is there, and what it has asked for has come: it is as it stays. */
async function isLetIn(phone: Hand): Promise<void> {
  await phone.arrived()
  await phone.gone('.state-loading')
  expect([await phone.route(), ...await phone.texts('.state-denied, .state-failed')]).toEqual([await phone.route()])
}

it('a clerk is let into every page that the bar offers, and is offered none of the owner\'s', async () => {
  const phone = await street.phoneOf('lan', BAR)
  await phone.see('.tools__tile')
  const names = (await phone.texts('.tools__tile')).map(name => name.trim())
  const open: string[] = []
  for (const name of names) {
    await phone.tap(name)
    // The page has taken the bar's place.
    await phone.gone('.tools__tile')
    await isLetIn(phone)
    open.push(await phone.route())
    await phone.back()
    await phone.see('.tools__tile')
  }
  expect(open.length).toBeGreaterThan(2)
  for (const page of beside) {
    await phone.open(wayTo(page))
    await isLetIn(phone)
  }
  const others = staffPages().filter(page => !open.includes(page) && !beside.includes(page))
  expect(others.length).toBeGreaterThan(2)
  for (const page of others) {
    await phone.open({ path: page })
    await phone.see('.state-denied')
    await phone.read('这里只有店主能进')
    await phone.read('请告诉店主')
    await phone.tap('回接单页')
    await phone.see('.tools__tile')
  }
}, 180_000)

it('a clerk makes orders, keeps goods, opens a table, answers a review and finds an order', async () => {
  const phone = await street.phoneOf('lan', BAR)
  const order = `.bar-order:has-text("${shortIdIn(main.afterSales)}")`
  await phone.tap(`${order} .start-button`)
  await phone.tap(`${order} .ready-button`)
  await phone.tap('.tab-ToCollect')
  await phone.see(order)

  await phone.tap('.goods-entry')
  await phone.tap('.take-off')
  await phone.tap('.bring-back')
  await phone.gone('.bring-back')

  await phone.open(BAR)
  await phone.tap('.tables-entry')
  await phone.tap('.table-tile:has-text("空闲")')
  await phone.tap('.open-table-button')
  await phone.see('.clear-button')

  await phone.open(BAR)
  await phone.tap('.reviews-entry')
  await phone.tap('.answer-review')
  await phone.type('.note', '谢谢，常来')
  await phone.tap('.note-send')
  await phone.read('谢谢，常来')

  await phone.open(BAR)
  await phone.tap('.find-entry')
  await phone.type('.find-input', shortIdIn(main.afterSales).slice(1))
  await phone.tap('.found-order')
  await phone.see('.request-entry')
  expect(await phone.texts('.refund-button')).toEqual([])
}, 90_000)

it('a clerk sees what waits in their own store, and does of it what is theirs to do', async () => {
  const phone = await street.phoneOf('lan', BAR)
  await phone.tap('.attention-entry')
  const look = async (tab: typeof attentionTabs[number]) => {
    await phone.tap(`.tab-${tab}`)
    await phone.read(shortIdIn(main[tab]))
    const shown = await phone.texts(cards)
    expect([tab, shown.length]).toEqual([tab, 1])
    expect(shown.join()).not.toContain(shortIdIn(station[tab]))
  }
  for (const tab of attentionTabs) await look(tab)
  // Money is the owner's to send, and the books the owner's to close.
  for (const tab of ['refunds', 'incidents'] as const) {
    await look(tab)
    await phone.read('这件事等店主来处理')
    expect(await phone.texts('.primary-button, .secondary-button')).toEqual([])
  }
  await look('deadLetters')
  await phone.tap('.primary-button')
  await phone.see('.state-empty')
  await look('afterSales')
  expect(await phone.texts('.approve-button')).toEqual([])
  await phone.tap('.decline-button')
  await phone.type('.note', '已经吃完了')
  await phone.tap('.note-send')
  await phone.see('.state-empty')
  expect(await street.shop.admin.read('afterSales', main.afterSales)).toMatchObject({ state: 'Declined', answer: '已经吃完了' })
  expect(await street.shop.admin.read('afterSales', station.afterSales)).toMatchObject({ state: 'Requested' })
  expect(await street.shop.admin.read('outbox', station.deadLetters)).toMatchObject({ state: 'Dead' })
}, 90_000)

it('the owner sees one store at a time, and changes to another beside it', async () => {
  const phone = await street.phoneOf('owner', { path: 'packages/merchant/attention/attention' })
  await phone.tap('.workplace')
  await phone.tap('.work-in-station')
  await phone.see('.workplace:has-text("东站店")')
  for (const tab of attentionTabs) {
    await phone.tap(`.tab-${tab}`)
    await phone.read(shortIdIn(station[tab]))
    expect((await phone.texts(cards)).join()).not.toContain(shortIdIn(main[tab]))
  }
  await phone.tap('.tab-incidents')
  await phone.read(shortIdIn(station.incidents))
  await phone.tap('.primary-button')
  await phone.type('.note', '核对过')
  await phone.tap('.note-send')
  await phone.see('.state-empty')
  // The bar is at the station as well.
  await phone.open(BAR)
  await phone.see('.workplace:has-text("东站店")')
}, 90_000)

it('customers are let into no page of the staff, and are told so', async () => {
  const phone = await street.phoneOf('mallory')
  for (const page of staffPages()) {
    await phone.open(wayTo(page))
    if (page.endsWith('find/find')) await phone.type('.find-input', 'A001')
    await phone.see('.state-denied')
    expect([page, (await phone.texts('.state-denied')).join()]).toEqual([page, expect.stringMatching(/这里只有店[员主]能进/) as string])
  }
}, 120_000)
