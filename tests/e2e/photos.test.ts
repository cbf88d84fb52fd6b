import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { PHOTO_MAX_BYTES, PHOTO_SIDE_MAX_PX } from '../../contracts/photo.ts'
import { EGG_TART, member, orderOf, paidOrder } from '../functions/support.ts'
import { until } from '../support/localShop.ts'
import type { TestShop } from '../support/localShop.ts'
import { openPhone, openStreet } from './support.ts'

let shop: TestShop
let browser: Browser
let close: () => Promise<void>
beforeAll(async () => { ({ shop, browser, close } = await openStreet()) })
afterAll(() => close())

/** A camera's picture of several megabytes: every dot another colour. */
const large = () => sharp({ create: { width: 2400, height: 1800, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } } })
  .jpeg({ quality: 95 }).toBuffer()

it('A customer shows what went wrong with a large photo, which arrives small enough to be looked at', async () => {
  const person = await member(shop, 'o-erin')
  const { orderId } = await paidOrder(shop, person, [EGG_TART])
  const phone = await openPhone(browser, shop, 'erin')
  const { page } = phone
  const buffer = await large()
  expect(buffer.length).toBeGreaterThan(PHOTO_MAX_BYTES)
  await phone.goto(`/packages/order/afterSale/afterSale?orderId=${orderId}`)
  const chooser = page.waitForEvent('filechooser')
  await page.locator('.add-photo').click()
  await (await chooser).setFiles({ name: 'tart.jpg', mimeType: 'image/jpeg', buffer })
  await page.locator('.photos__picture').waitFor()
  await until('the photo to be there', async () => await page.locator('.photos__veil').count() === 0)
  await page.locator('.reason-Quality').first().click()
  await page.locator('.send-button').click()
  await until('the request', async () => (await orderOf(person, orderId)).afterSale !== null)
  const [link] = (await orderOf(person, orderId)).afterSale!.photos
  const sent = Buffer.from(await (await fetch(link!)).arrayBuffer())
  const { width, height } = await sharp(sent).metadata()
  expect(sent.length).toBeLessThanOrEqual(PHOTO_MAX_BYTES)
  expect(Math.max(width, height)).toBe(PHOTO_SIDE_MAX_PX)
  expect(phone.errors).toEqual([])
  await phone.close()
}, 60_000)
