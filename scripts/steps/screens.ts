import type { Page } from 'playwright-core'
import { demoCatalog } from '../../demo/seed.ts'
import type { Scene } from './scene/scene.ts'
import { codeOf } from './scene/tables.ts'

/** One screen: where it is, who looks, and what to do there before it is looked at. */
export interface Screen {
  name: string
  path: string
  person: string
  prepare?: (page: Page) => Promise<void>
  /** The page that is looked at, where `prepare` goes on to another one. */
  leadsTo?: string
  /** Walked over and looked at, and not among the pictures of the documentation. */
  isUndocumented?: true
}

const tableCode = demoCatalog.links.find(link => link.kind === 'Table')!.id

/** Comes in several kinds, and people have written about it. */
const mallGoods = 'rice-bowl'

/** What the browser keeps for a person who has chosen large letters. uni-app stores a value with its type beside it. */
export const largeLetters = (person: string): [key: string, value: string] =>
  [`xiaopu:${person}:looks`, JSON.stringify({ type: 'object', data: { text: 'large' } })]

/** Two things near the top: the menu draws only the rows in sight. */
async function fillCart(page: Page): Promise<void> {
  for (const index of [0, 1]) {
    const row = page.locator('.menu__list .product-row').nth(index)
    const hasChoices = await row.locator('.choose-button').count() > 0
    await row.locator('.choose-button, .add-button').first().click()
    if (hasChoices) await page.locator('.item-sheet__add').click()
    await page.waitForTimeout(400)
  }
}

async function toCheckout(page: Page): Promise<void> {
  await fillCart(page)
  await page.locator('.cart-bar .checkout-button').click()
  await page.locator('.pay-button').waitFor()
}

async function toCart(page: Page): Promise<void> {
  await fillCart(page)
  await page.locator('.cart-bar__open').click()
}

/** One jar, straight from its page to the checkout, where it is posted unless something else is chosen. */
async function toPost(page: Page): Promise<void> {
  await page.locator('.buy-now').click()
  await page.locator('.sku-buy-button').click()
  await page.locator('.pay-button').waitFor()
}

/** To the checkout with two things that are brought to the default address. */
async function toDelivery(page: Page): Promise<void> {
  await toCheckout(page)
  await page.locator('.delivery-choice').click()
}

async function toCoupons(page: Page): Promise<void> {
  await toPost(page)
  await page.locator('.coupon-row').click()
}

async function toInvoice(page: Page): Promise<void> {
  await toPost(page)
  await page.locator('.invoice-row').click()
}

async function toSlots(page: Page): Promise<void> {
  await toCheckout(page)
  await page.locator('.slot-row').click()
  await page.locator('.time-slot').first().waitFor()
}

/** Searches the mall for these words. */
const searched = (words: string) => async (page: Page) => {
  await page.locator('.search__input input').fill(words)
  await page.locator('.search-button').click()
  await page.locator('.goods').first().waitFor()
}

async function toEditing(page: Page): Promise<void> {
  await toCart(page)
  await page.locator('.edit-button').click()
}

async function tableToCheckout(page: Page): Promise<void> {
  await page.locator('.dine-in-entry').click()
  await page.locator('.product-row').first().waitFor()
  await toCheckout(page)
}

/** From the home screen to the menu of one's table, and on to the page of the table where something has to be said first. */
async function toTable(page: Page): Promise<void> {
  await page.locator('.dine-in-entry').click()
  await page.locator('.table-bar, .begin-button, .table-waiting').first().waitFor()
}

const atTable = (selector: string) => async (page: Page) => {
  await toTable(page)
  await page.locator('.table-button').click()
  await page.locator(selector).first().click()
}

async function toTableSheet(page: Page): Promise<void> {
  await page.locator('.table-tile', { hasText: 'C1' }).click()
  await page.locator('.return-button').first().waitFor()
}

const press = (selector: string) => async (page: Page) => { await page.locator(selector).first().click() }

/** Every screen of the shop. A new page adds its line here, and gets its pictures and its checks (tests/e2e/everyPage.test.ts) with it. */
export function screens({ paid, unpaid, posted, collected, ready, refunded, inTwoParcels }: Scene): Screen[] {
  const order = (name: string, orderId: string): Screen => ({
    name: `order-${name}`, path: `/packages/order/order/order?orderId=${orderId}`, person: 'regular', isUndocumented: true,
  })
  const mall = (name: string, prepare: NonNullable<Screen['prepare']>): Screen => ({
    name, path: '/packages/mall/product/product?productId=honey-jar', person: 'regular', prepare, isUndocumented: true,
  })
  return [
    { name: 'home', path: `/?scene=${tableCode}`, person: 'visitor' },
    { name: 'menu', path: '/pages/menu/menu', person: 'visitor', prepare: fillCart },
    { name: 'item', path: '/pages/menu/menu', person: 'chooser', prepare: press('.choose-button') },
    { name: 'cart', path: '/pages/menu/menu', person: 'carrier', prepare: toCart },
    { name: 'cart-empty', path: '/pages/cart/cart', person: 'nobody' },
    { name: 'checkout', path: `/?scene=${tableCode}`, person: 'payer', prepare: tableToCheckout, leadsTo: 'packages/checkout/checkout/checkout' },
    mall('checkout-post', toPost),
    mall('checkout-coupons', toCoupons),
    mall('checkout-invoice', toInvoice),
    { name: 'checkout-delivery', path: '/pages/menu/menu', person: 'regular', prepare: toDelivery, isUndocumented: true },
    { name: 'checkout-slots', path: '/pages/menu/menu', person: 'regular', prepare: toSlots, isUndocumented: true },
    { name: 'cart-editing', path: '/pages/menu/menu', person: 'carrier', prepare: toEditing, isUndocumented: true },
    {
      name: 'password', path: '/pages/menu/menu', person: 'payer',
      prepare: async (page) => { await toCheckout(page); await page.locator('.pay-button').click(); await page.locator('iframe').waitFor() },
    },
    { name: 'result', path: `/packages/checkout/result/result?orderId=${paid}`, person: 'regular' },
    { name: 'order', path: `/packages/order/order/order?orderId=${paid}`, person: 'regular' },
    { name: 'order-unpaid', path: `/packages/order/order/order?orderId=${unpaid}`, person: 'regular' },
    { name: 'order-posted', path: `/packages/order/order/order?orderId=${posted}`, person: 'regular' },
    order('ready', ready),
    order('collected', collected),
    order('refunded', refunded),
    order('in-two-parcels', inTwoParcels),
    { name: 'after-sale', path: `/packages/order/afterSale/afterSale?orderId=${paid}`, person: 'regular' },
    { name: 'mall', path: '/pages/mall/mall', person: 'visitor' },
    { name: 'product', path: `/packages/mall/product/product?productId=${mallGoods}`, person: 'visitor' },
    { name: 'kinds', path: `/packages/mall/product/product?productId=${mallGoods}`, person: 'visitor', prepare: press('.buy-now') },
    { name: 'reviews', path: `/packages/mall/reviews/reviews?productId=${mallGoods}`, person: 'visitor' },
    { name: 'search', path: '/packages/mall/search/search', person: 'visitor' },
    { name: 'search-found', path: '/packages/mall/search/search', person: 'seeker', prepare: searched('茶'), isUndocumented: true },
    { name: 'search-nothing', path: '/packages/mall/search/search', person: 'seeker', prepare: searched('xyz'), isUndocumented: true },
    { name: 'coupon-goods', path: '/packages/mall/couponGoods/couponGoods?templateId=tea-home', person: 'visitor', isUndocumented: true },
    { name: 'stores', path: '/packages/store/list/list', person: 'visitor' },
    { name: 'store', path: '/packages/store/store/store?storeId=lakeside', person: 'visitor' },
    { name: 'table', path: '/packages/dining/table/table', person: 'visitor' },
    { name: 'table-begin', path: `/?scene=${codeOf('V1')}`, person: 'newcomer', prepare: toTable },
    { name: 'table-waiting', path: `/?scene=${codeOf('V2')}`, person: 'waiting', prepare: toTable },
    { name: 'table-menu', path: `/?scene=${codeOf('C1')}`, person: 'host', prepare: toTable },
    { name: 'table-cart', path: `/?scene=${codeOf('C1')}`, person: 'host', prepare: atTable('.shared-row') },
    { name: 'table-call', path: `/?scene=${codeOf('C1')}`, person: 'host', prepare: atTable('.call-button') },
    { name: 'table-bill', path: `/?scene=${codeOf('C3')}`, person: 'payer-two', prepare: atTable('.bill-part') },
    { name: 'favourites', path: '/packages/member/kept/kept?list=favourites', person: 'regular' },
    { name: 'footprints', path: '/packages/member/kept/kept?list=footprints', person: 'regular', isUndocumented: true },
    { name: 'review', path: `/packages/member/review/review?orderId=${collected}`, person: 'regular' },
    { name: 'addresses', path: '/packages/address/list/list', person: 'regular' },
    { name: 'address', path: '/packages/address/edit/edit', person: 'regular' },
    { name: 'region', path: '/packages/address/edit/edit', person: 'regular', prepare: press('.region-row'), isUndocumented: true },
    { name: 'orders', path: '/pages/orders/orders', person: 'regular' },
    { name: 'orders-empty', path: '/pages/orders/orders', person: 'nobody' },
    { name: 'me', path: '/pages/me/me', person: 'regular' },
    { name: 'profile', path: '/packages/member/profile/profile', person: 'regular' },
    { name: 'coupons', path: '/packages/member/coupons/coupons', person: 'regular' },
    { name: 'points', path: '/packages/member/points/points', person: 'regular' },
    { name: 'bar', path: '/packages/merchant/orders/orders', person: 'owner' },
    { name: 'staff-order', path: `/packages/merchant/order/order?orderId=${paid}`, person: 'owner' },
    {
      name: 'staff-refund', path: `/packages/merchant/order/order?orderId=${paid}`, person: 'owner',
      prepare: async (page) => {
        await press('.refund-button')(page)
        await press('.refund-row .stepper__plus')(page)
        await page.locator('.refund__amount').waitFor()
      },
    },
    {
      name: 'find-order', path: '/packages/merchant/find/find', person: 'owner',
      prepare: async (page) => { await page.locator('.find-input input').fill('A001'); await page.locator('.found-order').waitFor() },
    },
    { name: 'tables', path: '/packages/merchant/tables/tables', person: 'owner' },
    { name: 'staff-goods', path: '/packages/merchant/goods/goods', person: 'owner' },
    { name: 'staff-parts', path: '/packages/merchant/goods/goods', person: 'owner', prepare: press('.open-goods') },
    {
      name: 'staff-shared', path: '/packages/merchant/goods/goods', person: 'owner',
      prepare: async (page) => { await press('.category-shared')(page); await page.locator('.shared-row').first().waitFor() },
    },
    {
      name: 'staff-stock', path: '/packages/merchant/goods/goods', person: 'owner',
      prepare: async (page) => {
        await press('.category-snacks')(page)
        await press('.kept-goods:has-text("24") .open-goods')(page)
        await press('.keep-stock')(page)
        await page.locator('.save-stock').waitFor()
      },
    },
    { name: 'table-sheet', path: '/packages/merchant/tables/tables', person: 'owner', prepare: toTableSheet },
    { name: 'kitchen-tickets', path: '/packages/merchant/tables/tables', person: 'owner', prepare: press('.tab-Kitchen') },
    { name: 'staff-reviews', path: '/packages/merchant/reviews/reviews', person: 'owner' },
    { name: 'staff-coupons', path: '/packages/merchant/coupons/coupons', person: 'owner' },
    { name: 'coupon-new', path: '/packages/merchant/coupons/coupons', person: 'owner', prepare: press('.new-coupon') },
    { name: 'home-arranging', path: '/packages/merchant/home/home', person: 'owner' },
    { name: 'store-rules', path: '/packages/merchant/rules/rules', person: 'owner' },
    { name: 'sales', path: '/packages/merchant/sales/sales', person: 'owner' },
    { name: 'attention', path: '/packages/merchant/attention/attention', person: 'owner' },
  ]
}

/** The screens as a list of names and pages, for who has no shop yet: addresses lack the ids of orders. */
export const listedScreens: readonly Screen[] = screens({
  paid: '', unpaid: '', posted: '', collected: '', ready: '', refunded: '', inTwoParcels: '',
})
