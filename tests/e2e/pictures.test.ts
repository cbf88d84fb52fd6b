import { statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { PICTURE_WIDTHS_PX, filesOfPicture } from '../../contracts/picture.ts'
import { root } from '../../scripts/steps/root.ts'
import type { TestShop } from '../support/localShop.ts'
import { openPhone, openStreet } from './support.ts'

let shop: TestShop
let browser: Browser
let close: () => Promise<void>
beforeAll(async () => { ({ shop, browser, close } = await openStreet()) })
afterAll(() => close())

const bytesOf = (file: string) => statSync(path.join(root, 'demo/pictures', file)).size
const inAll = (files: string[]) => files.reduce((sum, file) => sum + bytesOf(file), 0)
/** The picture in its widest file, as it came before there were others. */
const widest = (file: string) => filesOfPicture(file.replace(/\.\d+\.webp$/, `.${PICTURE_WIDTHS_PX.at(-1)!}.webp`)).at(-1)!

/** Pictures of goods that were fetched, and how much wider than shown each of them is. */
async function firstScreen(where: string, deviceScaleFactor: number) {
  const phone = await openPhone(browser, shop, `looker-${deviceScaleFactor}`, { deviceScaleFactor })
  const fetched: string[] = []
  phone.page.on('request', request => fetched.push(...new URL(request.url()).pathname.match(/goods\/.+$/) ?? []))
  await phone.goto(where)
  await phone.page.locator('.picture img').first().waitFor({ state: 'attached' })
  await phone.settled()
  const shown = await ratios(phone.page)
  expect(phone.errors).toEqual([])
  await phone.close()
  return { fetched: [...new Set(fetched)], shown }
}

const ratios = (page: Page) => page.locator('.picture img').evaluateAll(images => images
  .map(image => image as HTMLImageElement)
  .filter(({ src, naturalWidth }) => naturalWidth > 0 && src.includes('/goods/'))
  .map(image => ({
    file: image.src.split('/').at(-1)!, width: image.naturalWidth,
    wanted: image.closest('.picture')!.clientWidth * devicePixelRatio,
  })))

it.each([
  { where: '/pages/menu/menu', ratio: 2, share: 0.6 },
  { where: '/pages/menu/menu', ratio: 3, share: 0.6 },
  // Two columns are wider than the narrow files: only the strip of categories takes those.
  { where: '/pages/mall/mall', ratio: 2, share: 1 },
  { where: '/pages/home/home', ratio: 2, share: 1 },
])('Pictures of $where are fetched no larger than $ratio px a point take', async ({ where, ratio, share }) => {
  const { fetched, shown } = await firstScreen(where, ratio)
  expect(shown.length).toBeGreaterThan(0)
  for (const { file, width, wanted } of shown) {
    if (width !== PICTURE_WIDTHS_PX[0]) expect(width / wanted, file).toBeLessThanOrEqual(1.6)
    if (width !== PICTURE_WIDTHS_PX.at(-1)) expect(width / wanted, file).toBeGreaterThanOrEqual(0.9)
  }
  const before = inAll([...new Set(fetched.map(widest))])
  console.log(`${where} at ${ratio}: ${fetched.length} pictures, ${inAll(fetched)} bytes, ${before} in their widest files`)
  expect(inAll(fetched)).toBeLessThanOrEqual(before * share)
})
