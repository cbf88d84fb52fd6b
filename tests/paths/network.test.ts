import { expect, it } from 'vitest'
import { nameOf, ordersOf, pageOf, putIn } from './shopping.ts'
import { useStreet } from './street.ts'
import type { Hand } from './street.ts'

/** A phone that loses the network and finds it again. */
const street = useStreet()

const LOST = '网络断了，连上后会自动刷新'

/** From the page of goods through the cart to the checkout. */
async function toCheckout(phone: Hand): Promise<void> {
  await putIn(phone)
  await phone.tap('.bar-cart')
  await phone.tap('.checkout-button')
}

it('a list says that the network is gone and offers another try, and comes by itself when it is back', async () => {
  const ann = await street.phoneOf('ann', { path: 'pages/mall/mall' })
  await ann.see('.goods')
  await ann.setOffline(true)
  await ann.read(LOST)
  // What is there can still be read.
  expect(await ann.texts('.goods')).not.toEqual([])
  await ann.tap('.category-mall-living')
  await ann.see('.state-failed:has-text("网络好像断了，检查一下再试")')
  await ann.tap('再试一次')
  await ann.see('.state-failed')
  await ann.setOffline(false)
  await ann.see(`.goods[aria-label="${nameOf('umbrella')}"]`)
  await ann.gone('.network')
}, 60_000)

it('a checkout whose network is gone says so, keeps what was chosen, and orders once when it is back', async () => {
  const ben = await street.phoneOf('ben', { path: pageOf('honey-jar') })
  await toCheckout(ben)
  await ben.tap('.pick-up-choice')
  await ben.gone('.obstacle')
  await ben.tap('分开装')
  await ben.setOffline(true)
  await ben.read(LOST)
  await ben.tap('.pay-button')
  await ben.see('.obstacle:has-text("网络好像断了，检查一下再试")')
  await ben.tap('.pay-button')
  await ben.see('.obstacle:has-text("网络好像断了，检查一下再试")')

  await ben.setOffline(false)
  await ben.gone('.network')
  await ben.see('.remark__chip--said:has-text("分开装")')
  await ben.tap('.pay-button')
  await ben.pay()
  await ben.see('.result-paid')
  expect(await ordersOf(street, 'ben')).toMatchObject([{ state: 'Paid', remark: '分开装', fulfilment: { kind: 'PickUp' } }])
}, 60_000)

it('a checkout that is opened without a network offers another try, and has the price when it is back', async () => {
  const cat = await street.phoneOf('cat', { path: pageOf('honey-jar') })
  await toCheckout(cat)
  await cat.see('.express-choice')
  await cat.back()
  await cat.see('.cart-line')
  await cat.setOffline(true)
  await cat.read(LOST)
  await cat.tap('.checkout-button')
  await cat.see('.state-failed:has-text("网络好像断了，检查一下再试")')
  await cat.tap('再试一次')
  await cat.see('.state-failed')
  await cat.setOffline(false)
  await cat.see('.checkout__sum:has-text("52.00")')
}, 60_000)
