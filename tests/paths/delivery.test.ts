import { expect, it } from 'vitest'
import { atTheBar, toCheckout } from './ordering.ts'
import { nameOf, ordersOf, pay } from './shopping.ts'
import { useStreet } from './street.ts'
import type { Hand } from './street.ts'
import type { PlaceName } from './hand.ts'

/** To the door: how far, for how much, from which amount on and how long it takes. */
const street = useStreet()

const TART = nameOf('egg-tart')
const waitPattern = /尽快，约 (\d+)–(\d+) 分钟/

/** From the list of addresses to a new one at this place, and back to where an address was wanted. */
async function writeAddress(phone: Hand, place: PlaceName): Promise<void> {
  await phone.tap('.from-wechat-button')
  await phone.choosePlace('.place-row', place)
  await phone.see(`.place-row:has-text("${place}")`)
  await phone.tap('.save-button')
  await phone.see('.address-row')
}

/** The minutes that are told at the till. */
async function minutesAt(phone: Hand): Promise<[number, number]> {
  let told: RegExpExecArray | null = null
  await phone.until('how long it takes', async () => (told = waitPattern.exec((await phone.texts('.slot-row')).join())) !== null)
  return [Number(told![1]), Number(told![2])]
}

it('goes to the door for a fee by distance, from a minimum on, and not beyond the range', async () => {
  const phone = await street.phoneOf('neighbour')
  await phone.tap('.delivery-entry')
  await phone.see('.head__way--Delivery.head__way--current')
  await toCheckout(phone, TART)
  await phone.see('.obstacle:has-text("请选择收货地址")')
  await phone.tap('.fix-button')
  await writeAddress(phone, '运河文化广场')
  await phone.tap('.address-row')

  // One tart is too little to set out for.
  await phone.see('.obstacle:has-text("¥20.00 起送，还差 ¥8.00")')
  await phone.tap('.pay-button')
  expect(await ordersOf(street, 'neighbour')).toEqual([])
  await phone.until('the menu', async () => await phone.route() === 'pages/menu/menu')
  await toCheckout(phone, TART)
  await phone.gone('.obstacle')
  await phone.see('.bill:has-text("配送费"):has-text("¥2.00")')
  await phone.see('.address-card:has-text("离店 930 米")')
  const near = await minutesAt(phone)

  // A little further: another fee, and longer on the road.
  await phone.tap('.address-card')
  await writeAddress(phone, '小河直街')
  await phone.back()
  await phone.see('.address-card:has-text("离店 1.4 公里")')
  await phone.see('.bill:has-text("配送费"):has-text("¥4.00")')
  const far = await minutesAt(phone)
  expect(far).toEqual(near.map(minutes => minutes + 5))

  // Too far.
  await phone.tap('.address-card')
  await writeAddress(phone, '萧山机场')
  await phone.back()
  await phone.see('.obstacle:has-text("超出了 4 公里 的外送范围。换个地址，或改为自取")')
  await phone.tap('.pay-button')
  await phone.see('.address-row')
  expect(await ordersOf(street, 'neighbour')).toEqual([])

  const book = await street.shop.as('o-neighbour').shop('addresses', {})
  const places = book.ok ? book.value.map(address => address.place?.name) : []
  await phone.tap(`.address-row >> nth=${places.indexOf('小河直街')}`)
  await phone.gone('.obstacle')
  await phone.see('.address-card:has-text("离店 1.4 公里")')
  await pay(phone)
  await phone.read('做好后骑手马上出发，请留意电话')
  const [order] = await ordersOf(street, 'neighbour')
  expect(order).toMatchObject({
    state: 'Paid', totalFen: 2400 + 200 + 400,
    fulfilment: { kind: 'Delivery', receiver: { place: { name: '小河直街' } } },
    fees: [{ kind: 'Packaging', amountFen: 200 }, { kind: 'Delivery', amountFen: 400 }],
  })

  // The bar makes it and sends it out; its customer follows on the page of the order.
  await phone.tap('.view-order-button')
  await phone.see('.order-state:has-text("正在为你做，做好就送")')
  const bar = await street.phoneOf('clerk', atTheBar)
  const ticket = `.bar-order:has-text("${order!.pickupNumber!}")`
  await bar.tap(`${ticket} .start-button`)
  await bar.tap(`${ticket} .ready-button`)
  await phone.see('.order-state:has-text("做好了，等骑手出发")')
  await bar.tap('.tab-ToCollect')
  await bar.tap(`${ticket} .set-out-button`)
  await phone.see('.order-state:has-text("骑手在路上了")')
  await bar.tap(`${ticket} .collected-button:has-text("已送到")`)
  await phone.see('.order-state:has-text("已送到，慢慢享用")')
  expect(await ordersOf(street, 'neighbour')).toMatchObject([{ state: 'Collected' }])
}, 90_000)
