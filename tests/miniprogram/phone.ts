import { chromium } from 'playwright-core'
import type { Browser, ConsoleMessage, Frame, Locator, Page, Request } from 'playwright-core'
import { CHROMIUM_FLAGS, requireChromium } from '../../scripts/steps/chromium.ts'
import type { Deed, PersonAnswer } from './host/person.ts'
import type { SetDataStats } from './host/framework/setData.ts'
import { isReachable, touch, visibleIn } from '../support/touch.ts'
import { measures } from './host/measures.ts'
import './host/phone.ts'
import { servePhone } from './server.ts'

/** One call of a cloud function, as it left the phone. */
export interface CloudCall { name: string, data: { action?: string, [field: string]: unknown } }

export interface PhoneOptions {
  /** The folder of an `mp-weixin` build. */
  buildDir: string
  cloudUrl: string
  /** One that several phones share, each apart from the others; a browser of its own otherwise. */
  browser?: Browser
  /** Who holds the phone. The local WeChat knows this person as `o-<person>`. */
  person: string
  /** The text inside a scanned mini program code. */
  scene?: string
  /** It was no code before the camera, but a picture of one that was pressed long. */
  isPicture?: boolean
  /** Page and query to open instead of the first page. */
  path?: string
  language?: string
  theme?: 'light' | 'dark'
  /** WeChat's own text size; 16 is the usual one, 20 and more are for those who ask for large letters. */
  fontSizeSetting?: number
  /** What the person answers from the start; later `will` says so. */
  answers?: Record<string, PersonAnswer>
}

/** A way into the mini program: a code that was scanned, a page that a card leads to, or neither. */
export type Way = Pick<PhoneOptions, 'scene' | 'isPicture' | 'path'>

const patienceMs = 8_000
/** The first page waits for the browser, the whole program and the first functions besides. */
const startPatienceMs = 30_000

/** Opens the real mini program build on a phone of its own, and waits until its first page is drawn. */
export async function openPhone(options: PhoneOptions): Promise<Phone> {
  const server = await servePhone(options)
  const browser = options.browser ?? await launchBrowser().catch(async (error: unknown) => {
    await server.close()
    throw error
  })
  const { width, height, pixelRatio } = measures
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: pixelRatio, colorScheme: options.theme ?? 'light' })
  const close = async () => {
    await (options.browser ? page.context().close() : browser.close())
    await server.close()
  }
  try {
    const phone = new Phone(page, close, ({ scene, isPicture, path }) => `${server.url}/?${launchQuery({ ...options, scene, isPicture, path })}`)
    await phone.open(options)
    return phone
  } catch (error) {
    await close()
    throw error
  }
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: requireChromium(), args: CHROMIUM_FLAGS })
}

function launchQuery({ person, scene, isPicture = false, path = '', language = 'zh_CN', fontSizeSetting = 16, answers = {} }: PhoneOptions): URLSearchParams {
  const always = { person, language, fontSizeSetting: String(fontSizeSetting), answers: JSON.stringify(answers) }
  if (scene === undefined) return new URLSearchParams({ ...always, path })
  const way = path || 'pages/home/home'
  // A page receives the scene encoded, and must decode it.
  return new URLSearchParams({ ...always, path: `${way}?scene=${encodeURIComponent(scene)}`, sceneValue: isPicture ? '1048' : '1047' })
}

export class Phone {
  private readonly found: string[] = []
  private readonly made: CloudCall[] = []
  /** The browser tells of what failed a moment later, when the network may be back. */
  private wasOffline = false

  constructor(
    readonly page: Page, readonly close: () => Promise<void>, private readonly addressOf: (way: Way) => string,
  ) {
    page.setDefaultTimeout(patienceMs)
    page.on('console', message => this.hear(message))
    page.on('pageerror', error => this.found.push(error.stack ?? error.message))
    page.on('request', request => this.note(request))
  }

  /** Comes into the mini program this way. What it stored is still there. */
  async open(way: Way): Promise<void> {
    await this.page.goto(this.addressOf(way))
    await this.wake()
  }

  /** Closes the mini program and opens it again the same way. What it stored is still there. */
  async reopen(): Promise<void> {
    await this.page.reload()
    await this.wake()
  }

  private async wake(): Promise<void> {
    await this.until('the first page', () => this.screen.evaluate(() => Boolean(window.phone?.route())), startPatienceMs)
  }

  /** The document of the mini program, inside the bars of WeChat. */
  get screen(): Frame {
    const frame = this.page.frames().find(candidate => new URL(candidate.url(), 'http://phone').pathname === '/webview')
    if (!frame) throw new Error('The phone has no screen')
    return frame
  }

  /** Taps what a person would: a text, an aria-label or a selector, on the page, in the bars or in what lies over them. */
  async tap(target: string): Promise<void> {
    const element = await this.find(target)
    await this.until(`a way to touch "${target}"`, async () => await element.evaluate(isReachable) && await touch(this.page, element))
  }

  async type(target: string, text: string): Promise<void> {
    await (await this.find(target)).locator('input, textarea').fill(text)
  }

  /** Waits until something is visible. */
  async see(target: string): Promise<void> {
    await this.find(target)
  }

  /** Everything that can be read in the mini program's page right now. */
  text(): Promise<string> {
    return this.screen.locator('wx-page:not([hidden])').innerText()
  }

  route(): Promise<string> {
    return this.screen.evaluate(() => window.phone?.route() ?? '')
  }

  setData(): Promise<SetDataStats> {
    return this.screen.evaluate(() => {
      if (!window.phone) throw new Error('The phone has not started')
      return window.phone.setData()
    })
  }

  calls(): CloudCall[] {
    return [...this.made]
  }

  /** Everything that went wrong: errors, warnings of the framework, files that did not load. */
  problems(): string[] {
    return [...new Set(this.found)]
  }

  /** Types the payment password into the cashier. */
  async pay(password = '123456'): Promise<void> {
    const cashier = this.page.frameLocator('#over iframe')
    await cashier.locator('#digits').waitFor({ timeout: patienceMs })
    for (const digit of password) await cashier.locator('#keypad').getByText(digit, { exact: true }).click()
    await this.page.locator('#over iframe').waitFor({ state: 'detached', timeout: patienceMs })
  }

  /** Closes the cashier without paying. */
  async leaveCashier(): Promise<void> {
    await this.page.frameLocator('#over iframe').locator('#close').click()
    await this.page.locator('#over iframe').waitFor({ state: 'detached', timeout: patienceMs })
  }

  async pullDown(): Promise<void> {
    await this.screen.evaluate(() => window.phone?.pullDown())
  }

  /** The next answer to something that WeChat asks: a value, or `{ fail: 'cancel' }` in WeChat's own words. */
  async will(api: string, answer: PersonAnswer): Promise<void> {
    await this.screen.evaluate(([name, given]) => window.phone?.will(name, given), [api, answer] as const)
  }

  /** What left the mini program so far: calls dialled, maps opened, pictures looked at. */
  async deeds(api?: string): Promise<Deed[]> {
    const all = await this.screen.evaluate(() => window.phone?.deeds() ?? [])
    return all.filter(deed => api === undefined || deed.api === api)
  }

  /** The card that the menu behind the three dots would send. */
  share(kind: 'shareAppMessage' | 'shareTimeline' = 'shareAppMessage'): Promise<unknown> {
    return this.screen.evaluate(wanted => window.phone?.share(wanted), kind)
  }

  /** Turns the wheels of a picker that is open, one text a wheel, and takes what they show. */
  async pick(...texts: string[]): Promise<void> {
    for (const [index, text] of texts.entries()) {
      await this.page.locator(`#over .picker [data-wheel="${index}"]`).getByText(text, { exact: true }).click({ timeout: patienceMs })
    }
    await this.tap('#over .picker__take')
  }

  /** Leaves and finds the network. What fails to load meanwhile is no fault of the mini program. */
  async setOffline(isOffline: boolean): Promise<void> {
    this.wasOffline ||= isOffline
    await this.page.context().setOffline(isOffline)
  }

  async screenshot(file: string): Promise<void> {
    await this.page.screenshot({ path: file })
  }

  async until(what: string, check: () => Promise<boolean> | boolean, limitMs = patienceMs): Promise<void> {
    const end = Date.now() + limitMs
    while (!await check()) {
      if (Date.now() > end) throw new Error(`Waited in vain for ${what}. ${this.problems().join('\n') || `The page says: ${await this.text()}`}`)
      await this.page.waitForTimeout(50)
    }
  }

  private async find(target: string): Promise<Locator> {
    let seen: Locator | undefined
    await this.until(`"${target}"`, async () => {
      seen = await visibleIn(this.places, target)
      return seen !== undefined
    })
    return seen as Locator
  }

  /** What lies over the mini program, the page in front, and the bars around it. */
  get places(): Locator[] {
    return [this.page.locator('#over'), this.screen.locator('wx-page:not([hidden])'), this.page.locator('body')]
  }

  private hear(message: ConsoleMessage): void {
    if (this.wasOffline && message.text().includes('ERR_INTERNET_DISCONNECTED')) return
    if (message.type() === 'error') this.found.push(`${message.text()} (${message.location().url})`)
  }

  private note(request: Request): void {
    const name = /\/functions\/(\w+)$/.exec(new URL(request.url()).pathname)?.[1]
    if (name !== undefined) this.made.push({ name, data: request.postDataJSON() as CloudCall['data'] })
  }
}
