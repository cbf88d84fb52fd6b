import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { demoCatalog } from '../../demo/seed.ts'
import type { OrderView } from '../../contracts/order.ts'
import type { TestShop } from '../support/localShop.ts'
import { addToCart, answered, openPhone, openStreet, PASSWORD, paySheet } from './support.ts'
import type { Phone } from './support.ts'

let shop: TestShop
let browser: Browser
let close: () => Promise<void>
beforeAll(async () => { ({ shop, browser, close } = await openStreet()) })
afterAll(() => close())

let people = 0
let owner: Phone
let customer: Phone
beforeEach(async () => {
  owner = await openPhone(browser, shop, 'owner')
  customer = await openPhone(browser, shop, `regular-${++people}`)
})
afterEach(async () => {
  for (const phone of [owner, customer]) {
    expect(phone.errors).toEqual([])
    await phone.close()
  }
})

const TART = demoCatalog.products.find(({ id }) => id === 'egg-tart')!
const orders = async (): Promise<OrderView[]> => {
  const list = await shop.as(`o-regular-${people}`).shop('orders', { tab: 'All' })
  return list.ok ? list.value.orders : []
}

/** From the bar, as its owner goes. */
async function openRules(): Promise<void> {
  await owner.goto('/packages/merchant/orders/orders')
  await owner.page.locator('.rules-entry').click()
  await owner.page.locator('.rest').waitFor()
  await owner.settled()
}

async function save(): Promise<void> {
  await answered(owner.page, '已保存，马上生效', () => owner.page.locator('.save-rules').click())
  await owner.settled()
}

async function toCheckout(): Promise<void> {
  await customer.goto('/pages/menu/menu')
  await addToCart(customer.page, TART.name.zh)
  await customer.page.locator('.cart-bar .checkout-button').click()
  await customer.page.locator('.pay-button').waitFor()
  await customer.settled()
}

describe('the owner', () => {
  it('stops orders with a word for customers, who read it and can order nothing until it is over', async () => {
    await toCheckout()
    await openRules()
    await owner.page.locator('.rest-store').click()
    await owner.page.locator('.rest-words-input input').fill('去接孩子，五点回来')
    await owner.page.locator('.rest-yes').click()
    await owner.page.locator('.rest', { hasText: '去接孩子，五点回来' }).waitFor()

    // Who is at the till already is told there.
    await customer.page.locator('.pay-button').click()
    await customer.page.locator('.obstacle', { hasText: '去接孩子，五点回来' }).waitFor()
    expect(await orders()).toEqual([])
    await customer.goto('/pages/menu/menu')
    await customer.page.locator('.head__closed', { hasText: '去接孩子，五点回来' }).waitFor()
    await customer.goto('/')
    await customer.page.locator('.home__notice', { hasText: '去接孩子，五点回来' }).waitFor()

    await owner.page.locator('.resume-store').click()
    await owner.page.locator('.rest', { hasText: '营业中' }).waitFor()
    await toCheckout()
    await customer.page.locator('.pay-button').click()
    await paySheet(customer.page).type(PASSWORD)
    await customer.page.locator('.result-paid').waitFor()
    expect(await orders()).toMatchObject([{ state: 'Paid' }])
  })

  it('changes a fee, and a customer who has seen the old total is asked before anything is paid', async () => {
    await toCheckout()
    await openRules()
    await owner.page.locator('.takeAway-packaging-Order').click()
    await owner.page.locator('.takeAway-packaging-fee-input input').fill('1.505')
    await owner.page.locator('.save-rules').click()
    await owner.page.locator('.page__mend', { hasText: '还没填对：自取' }).waitFor()
    await owner.page.locator('.takeAway-packaging-fee-input input').fill('1.5')
    await save()

    const { page } = customer
    await page.locator('.pay-button').click()
    await page.locator('.question-yes').waitFor()
    const total = `¥${((TART.priceFen + 150) / 100).toFixed(2)}`
    expect(await page.locator('.question').textContent()).toContain(total)
    expect(await orders()).toEqual([])
    await page.locator('.question-yes').click()
    await paySheet(page).type(PASSWORD)
    await page.locator('.result-paid').waitFor()
    expect(await orders()).toMatchObject([{ totalFen: TART.priceFen + 150, fees: [{ kind: 'Packaging', amountFen: 150 }] }])
  })

  it('is asked before going back with something unsaved, and finds it again', async () => {
    await openRules()
    const lastOrder = owner.page.locator('.last-order-input input')
    await lastOrder.fill('25')
    await owner.page.locator('.uni-page-head-btn').first().click()
    await owner.page.getByText('还没保存，要离开吗？').waitFor()
    await owner.page.locator('.question-no').click()
    expect(await lastOrder.inputValue()).toBe('25')
    await owner.page.locator('.uni-page-head-btn').first().click()
    await owner.page.locator('.question-yes').click()
    await owner.page.locator('.rules-entry:visible').click()
    await owner.page.locator('.rest').waitFor()
    expect(await lastOrder.inputValue()).toBe('25')
    await save()
    expect(await shop.as('o-owner').merchant('storeRules', {})).toMatchObject({ value: { rules: { lastOrderMinutes: 25 } } })
  })
})
