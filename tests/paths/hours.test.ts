import { afterEach, expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import { dayStartOf, DAY_MS } from '../../backend/store/hours.ts'
import { beijingDay } from '../../backend/store/rules.ts'
import { codeOf } from '../../scripts/steps/scene/tables.ts'
import { clockIn, inTheMenu, toCheckout } from './ordering.ts'
import { nameOf, ordersOf, pay } from './shopping.ts'
import { useStreet } from './street.ts'

/** When the shop is shut: it says until when, takes nothing for now, and takes what is wanted later where it may. */
const street = useStreet()

const TART = nameOf('egg-tart')
const { hours, slots } = demoCatalog.store
const arrange = (fields: Record<string, unknown>) => street.shop.admin.change('stores', 'main', fields)
afterEach(() => arrange({ hours, slots, closedDays: [] }))

/** Two hours from now, for three hours. */
const later = () => ({ from: clockIn(120), until: clockIn(300) })

it('is closed now, says when it opens, and takes an order for a time after that', async () => {
  const open = later()
  await arrange({ hours: open })
  const phone = await street.phoneOf('early-bird')
  await phone.read(`${open.from} 开始接单`)
  await phone.tap('.take-away-entry')
  await phone.see(`.head__closed:has-text("${open.from} 开始营业"):has-text("现在可以预订")`)
  await toCheckout(phone, TART)
  await phone.see(`.obstacle:has-text("${open.from} 开始接单。可以现在预订，选个时间就好")`)
  await phone.tap('.pay-button')
  await phone.see('.time-slot')
  await phone.gone('.soon-slot')
  expect(await ordersOf(street, 'early-bird')).toEqual([])
  await phone.tap('.time-slot')
  await phone.gone('.obstacle')
  await pay(phone)
  const [order] = await ordersOf(street, 'early-bird')
  expect(order).toMatchObject({ state: 'Paid', fulfilment: { kind: 'TakeAway' } })
  expect(order!.fulfilment.kind === 'TakeAway' && order!.fulfilment.slotAtMs).toBeGreaterThan(Date.now() + 100 * 60_000)
}, 60_000)

it('serves nobody at its tables while it is closed', async () => {
  const open = later()
  await arrange({ hours: open })
  const phone = await street.phoneOf('early-sitter', { scene: codeOf('A1') })
  await phone.tap('.dine-in-entry')
  await toCheckout(phone, TART)
  await phone.see(`.obstacle:has-text("${open.from} 开始接单")`)
  await phone.tap('.pay-button')
  await phone.gone('.time-slot')
  await phone.see('.obstacle')
  expect(await ordersOf(street, 'early-sitter')).toEqual([])
  // Nor does a code open a table that guests share.
  await phone.open({ scene: codeOf('C4') })
  await phone.tap('.dine-in-entry')
  await phone.see('.table-failed:has-text("店已打烊，营业时间再来下单吧")')
  const tables = await street.shop.as('o-clerk').merchant('tables', {})
  expect(tables.ok && tables.value.tables.find(({ name }) => name === 'C4')).toMatchObject({ state: 'Free' })
}, 60_000)

it('takes nothing ahead where the shop does not', async () => {
  const open = later()
  await arrange({ hours: open, slots: { ...slots, mayPreorder: false } })
  const phone = await street.phoneOf('hopeful', inTheMenu)
  await phone.see(`.head__closed:has-text("${open.from} 开始营业"):has-text("可以先看看，加进购物车等着")`)
  await toCheckout(phone, TART)
  await phone.see(`.obstacle:has-text("${open.from} 开始接单")`)
  await phone.gone('.fix-button')
  await phone.tap('.pay-button')
  await phone.gone('.time-slot')
  await phone.see('.obstacle')
  expect(await ordersOf(street, 'hopeful')).toEqual([])
  // It is kept until the doors open.
  await arrange({ hours })
  await phone.open(inTheMenu)
  await phone.gone('.head__closed')
  await toCheckout(phone)
  await phone.gone('.obstacle')
  await pay(phone)
}, 60_000)

it('has a day off, says why, and takes an order for the next day', async () => {
  await arrange({ closedDays: [{ day: beijingDay(Date.now()), because: { zh: '店庆，休息一天', en: 'Our birthday' } }] })
  const phone = await street.phoneOf('planner', inTheMenu)
  await phone.see('.head__closed:has-text("明天 00:00 开始营业")')
  await phone.tap('.store-switch')
  await phone.see('.store-row:has-text("明天 00:00 开门")')
  await phone.tap('.store-row:has-text("明天 00:00 开门") .store-details')
  await phone.read('店庆，休息一天')
  await phone.see('.store-now:has-text("明天 00:00 开门")')
  await phone.tap('.order-here-button')
  await toCheckout(phone, TART)
  await phone.see('.obstacle:has-text("明天 00:00 开始接单")')
  await phone.tap('.fix-button')
  await phone.tap('.time-slot')
  await phone.see('.slot-row:has-text("明天")')
  await pay(phone)
  const [order] = await ordersOf(street, 'planner')
  expect(order!.fulfilment.kind === 'TakeAway' && order!.fulfilment.slotAtMs).toBeGreaterThan(dayStartOf(Date.now()) + DAY_MS)
}, 60_000)

it('rests until its owner says so, with the word that the owner left', async () => {
  const phone = await street.phoneOf('patient', inTheMenu)
  await toCheckout(phone, TART)
  await arrange({ resting: { zh: '去接孩子，五点回来', en: 'Back at five' } })
  // Who is at the till already is told there.
  await phone.tap('.pay-button')
  await phone.see('.obstacle:has-text("去接孩子，五点回来")')
  await phone.gone('.fix-button')
  await phone.tap('.pay-button')
  await phone.gone('.time-slot')
  expect(await ordersOf(street, 'patient')).toEqual([])
  await phone.open(inTheMenu)
  await phone.see('.head__closed:has-text("去接孩子，五点回来")')
  await phone.open({})
  await phone.see('.home__notice:has-text("去接孩子，五点回来")')
  await arrange({ resting: null })
  await phone.open(inTheMenu)
  await phone.gone('.head__closed')
  await toCheckout(phone)
  await pay(phone)
  expect(await ordersOf(street, 'patient')).toMatchObject([{ state: 'Paid' }])
}, 60_000)
