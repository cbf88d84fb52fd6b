import { afterEach, expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import { atTheBar, inTheMenu, someTime, toCheckout } from './ordering.ts'
import { nameOf, ordersOf, pay } from './shopping.ts'
import { useStreet } from './street.ts'
import type { Hand } from './street.ts'

/** How long it takes, as customers are told, and the hand of staff on it. */
const street = useStreet()

const TART = nameOf('egg-tart')
const { kitchen } = demoCatalog.store
const arrange = (fields: Record<string, unknown>) => street.shop.admin.change('stores', 'main', fields)
afterEach(() => arrange({ kitchen, kitchenNow: { extraMinutes: 0, extraUntilMs: 0, pausedUntilMs: 0 } }))

/** The range that stands on the menu of a phone that was never here before. */
async function told(phone: Hand): Promise<[number, number]> {
  await phone.see('.head__line:has-text("分钟")')
  const [line] = await phone.texts('.head__line')
  const [, from, to] = /约 (\d+)–(\d+) 分钟/.exec(line!)!
  return [Number(from), Number(to)]
}

/** Comes to the menu again, where what was told before stands until the answer comes. */
async function isTold(phone: Hand, from: number, to: number): Promise<void> {
  await phone.open(inTheMenu)
  await phone.see(`.head__line:has-text("约 ${from}–${to} 分钟")`)
}

it('tells a range of minutes, which moves as staff add five, ten or twenty', async () => {
  const phone = await street.phoneOf('waiting', inTheMenu)
  const bar = await street.phoneOf('clerk', atTheBar)
  const [from, to] = await told(phone)
  expect(to).toBeGreaterThan(from)
  await bar.tap('.kitchen__head')
  for (const [minutes, sum] of [[5, 5], [10, 15], [20, 35]] as const) {
    await bar.tap(`.add-minutes-button:has-text("+${minutes} 分钟")`)
    await bar.read(`多等 ${sum} 分钟`)
    await isTold(phone, from + sum, to + sum)
  }
  await toCheckout(phone, TART)
  await phone.see(`.slot-row:has-text("尽快，约 ${from + 35}–${to + 35} 分钟")`)
  await bar.tap('恢复正常')
  await bar.gone('.kitchen__extra')
  await isTold(phone, from, to)
}, 90_000)

it('stops for a while, says until when, and goes on', async () => {
  const phone = await street.phoneOf('thwarted')
  const bar = await street.phoneOf('clerk', atTheBar)
  await bar.tap('.kitchen__head')
  await bar.tap('.pause-button:has-text("30")')
  await bar.see('.resume-button')
  await phone.open(inTheMenu)
  await phone.see('.head__closed:has-text("恢复接单")')
  await toCheckout(phone, TART)
  await phone.see('.obstacle:has-text("店里忙不过来")')
  await phone.tap('.pay-button')
  await phone.see('.time-slot')
  await phone.tap('.sheet__close')
  expect(await ordersOf(street, 'thwarted')).toEqual([])
  await bar.tap('.resume-button')
  await bar.see('.pause-button')
  await phone.open(inTheMenu)
  await phone.gone('.head__closed')
  await toCheckout(phone)
  await phone.gone('.obstacle')
  await pay(phone)
}, 90_000)

it('has no time to offer that is full, and says so to who has chosen it a moment ago', async () => {
  // One tart is all that fits into a quarter of an hour.
  await arrange({ kitchen: { slotPoints: 1, pauseAboveMinutes: 240 } })
  const [ann, ben] = [await street.phoneOf('ann', inTheMenu), await street.phoneOf('ben', inTheMenu)]
  for (const phone of [ann, ben]) {
    await toCheckout(phone, TART)
    await phone.tap('.slot-row .row')
  }
  const time = await someTime(ann)
  for (const phone of [ann, ben]) {
    await phone.tap(`.time-slot:has-text("${time}")`)
    await phone.see(`.slot-row:has-text("${time}")`)
  }
  await pay(ann)
  await ben.tap('.pay-button')
  await ben.see('.obstacle:has-text("这个时间做不过来了，最近可约")')
  expect(await ordersOf(street, 'ben')).toEqual([])
  await ben.tap('.fix-button')
  await ben.see('.time-slot')
  await ben.gone(`.time-slot:has-text("${time}")`)
  await ben.tap('.time-slot')
  await ben.gone('.obstacle')
  await pay(ben)
  const slots = await Promise.all(['ann', 'ben'].map(async person => (await ordersOf(street, person)).map(order =>
    order.fulfilment.kind === 'TakeAway' && order.fulfilment.slotAtMs)))
  expect(new Set(slots.flat()).size).toBe(2)
}, 90_000)
