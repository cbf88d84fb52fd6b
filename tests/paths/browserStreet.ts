import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { Browser, Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { openPhone, openStreet, PASSWORD, paySheet } from '../e2e/support.ts'
import type { Phone } from '../e2e/support.ts'
import { until } from '../support/localShop.ts'
import type { TestShop } from '../support/localShop.ts'
import { isInSight, isReachable, seenIn, touch, visibleIn } from '../support/touch.ts'
import type { Hand, Outing, Street, Way } from './hand.ts'

/** The H5 build in Chromium. */
export function useBrowserStreet(): Street {
  let shop: TestShop
  let browser: Browser
  let close: () => Promise<void>
  let phones: Phone[] = []
  beforeAll(async () => { ({ shop, browser, close } = await openStreet()) })
  afterAll(() => close())
  afterEach(async () => {
    const errors = phones.flatMap(phone => phone.errors)
    await Promise.all(phones.map(phone => phone.close()))
    phones = []
    expect(errors).toEqual([])
  })
  return {
    get shop() { return shop },
    phoneOf: async (person, way = {}) => {
      const phone = await openPhone(browser, shop, person)
      phones.push(phone)
      const hand = handOn(phone, await outingsOf(phone.page))
      await hand.open(way)
      return hand
    },
  }
}

interface Point { x: number, y: number }

/** A finger is seen many times on its way. */
const DRAG_STEPS = 15

/** A finger that moves so many pixels. A mouse would click on what it lets go of. */
async function drag(page: Page, { x, y }: Point, by: Point): Promise<void> {
  const finger = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove', share: number) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: x + by.x * share, y: y + by.y * share }] })
  await touch('touchStart', 0)
  for (let step = 1; step <= DRAG_STEPS; step += 1) await touch('touchMove', step / DRAG_STEPS)
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await finger.detach()
}

/** Runs in the page: waits until an element lies where it lay a frame before. */
function comesToRest(element: Element): Promise<void> {
  return new Promise((resolve) => {
    const lookAgain = (before: number) => requestAnimationFrame(() => {
      const { x } = element.getBoundingClientRect()
      if (x === before) resolve()
      else lookAgain(x)
    })
    lookAgain(NaN)
  })
}

function addressOf({ scene, isPicture = false, path = '' }: Way): string {
  if (scene === undefined) return `/${path}`
  return `/${path}?scene=${encodeURIComponent(scene)}${isPicture ? '&by=picture' : ''}`
}

/** Calls and maps leave the browser by addresses that it cannot show here: what it was asked for is written down. */
async function outingsOf(page: Page): Promise<Outing[]> {
  const outings: Outing[] = []
  // Like the map on a phone, it is left again: a page behind another one is touched in vain.
  page.context().on('page', map => void map.close())
  const session = await page.context().newCDPSession(page)
  await session.send('Page.enable')
  session.on('Page.frameRequestedNavigation', ({ url }) => {
    if (url.startsWith('tel:')) outings.push({ phone: url.slice('tel:'.length) })
  })
  session.on('Page.windowOpen', ({ url }) => {
    const place = new URL(url).searchParams.get('position')
    if (place === null) return
    const [longitude, latitude] = place.split(',').map(Number) as [number, number]
    outings.push({ latitude, longitude })
  })
  return outings
}

function handOn(phone: Phone, outings: Outing[]): Hand {
  const { page } = phone
  const body = page.locator('body')
  const waitFor = async (what: string, check: () => Promise<boolean> | boolean) => {
    await until(what, check).catch(async (error: Error) => {
      throw new Error(`${error.message}\n${phone.errors.join('\n') || `The page says: ${await body.innerText()}`}`)
    })
  }
  const find = async (target: string): Promise<Locator> => {
    let found: Locator | undefined
    await waitFor(`"${target}"`, async () => {
      found = await visibleIn([body], target)
      return found !== undefined
    })
    return found as Locator
  }
  const tap = async (target: string) => {
    const element = await find(target)
    await waitFor(`a way to touch "${target}"`, async () => await element.evaluate(isReachable) && await touch(page, element))
  }
  // A page comes with a file of its own, and has a place on the screen before that was read.
  const content = body.locator('uni-page-body > :not(.uni-async-loading)').filter({ visible: true })
  const arrived = () => waitFor('the page in front', async () => await content.count() > 0)
  return {
    tap,
    type: async (target, text) => { await (await find(target)).locator('input, textarea').fill(text) },
    see: async (target) => { await find(target) },
    inSight: target => waitFor(`"${target}" to be in sight`, async () => {
      const element = await visibleIn([body], target)
      return element !== undefined && element.evaluate(isInSight)
    }),
    gone: target => waitFor(`"${target}" to go`, async () => await seenIn(body, target).count() === 0),
    read: words => waitFor(`"${words}" to be read`, async () => (await body.innerText()).includes(words)),
    texts: target => seenIn(body, target).allInnerTexts(),
    attribute: async (target, name) => (await find(target)).getAttribute(name),
    arrived,
    route: () => new URL(page.url()).pathname.slice(1),
    open: async (way) => { await phone.goto(addressOf(way)) },
    scrollToEnd: () => page.evaluate(() => window.scrollTo(0, document.body.scrollHeight)),
    scrolledPx: () => page.evaluate(() => window.scrollY),
    swipe: async (target) => {
      const strip = await find(target)
      const { x, y, width, height } = (await strip.boundingBox())!
      await drag(page, { x: x + width * 0.8, y: y + height / 2 }, { x: -width * 0.6, y: 0 })
      await strip.locator('uni-swiper-item').first().evaluate(comesToRest)
    },
    back: async () => {
      // Nobody goes back from a page that they have not seen yet; uni-app would take the one behind it off its list.
      await arrived()
      await page.goBack()
    },
    pay: async () => {
      await paySheet(page).type(PASSWORD)
      await page.locator('iframe[src*="/wechat/pay"]').waitFor({ state: 'detached' })
    },
    leaveCashier: async () => {
      await paySheet(page).close()
      await page.locator('iframe[src*="/wechat/pay"]').waitFor({ state: 'detached' })
    },
    takePicture: async (target, widthPx = 64) => {
      const chooser = page.waitForEvent('filechooser')
      await tap(target)
      const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
      const buffer = await sharp({ create: { width: widthPx, height: widthPx, channels: 3, background: '#888', noise } }).jpeg().toBuffer()
      await (await chooser).setFiles({ name: 'picture.jpg', mimeType: 'image/jpeg', buffer })
    },
    choosePlace: async (target, place) => {
      await tap(target)
      await tap(`.local-map button:has-text("${place}")`)
    },
    confirmReceipt: async (target) => {
      await tap(target)
      await tap('.local-receipt button')
    },
    standAt: where => page.evaluate(at => sessionStorage.setItem('at', at), where ? `${where.latitude},${where.longitude}` : 'nowhere'),
    pullDown: () => drag(page, { x: 240, y: 320 }, { x: 0, y: 300 }),
    setOffline: isOffline => phone.setOffline(isOffline),
    outings: () => Promise.resolve([...outings]),
    asked: () => phone.calls(),
    until: waitFor,
  }
}
