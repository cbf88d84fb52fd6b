import type { Root } from 'glass-easel-miniprogram-adapter'
import type { MiniProgram, PageConfig } from '../../compile/package.ts'
import type { Shell } from '../shell/shell.ts'
import type { Components, Instance } from './components.ts'
import type { WxScrollView } from '../elements/scrollView.ts'
import { showModal } from '../api/feedback.ts'
import { Styles, switchStyle } from './styles.ts'

/** WeChat keeps at most ten pages open. */
const deepestStack = 10

interface OpenPage {
  route: string
  root: Root
  instance: Instance
  element: HTMLElement
  sheet: HTMLStyleElement
  config: PageConfig
  scrollTop: number
  /** The bottom is reported once, when it is reached. */
  isAtBottom: boolean
  /** What WeChat asks before its own way back leads away; null lets go. */
  beforeBack: string | null
}

/** The pages that are open, and the ways between them. Each way throws the words of WeChat when it is closed. */
export class Pages {
  private stack: OpenPage[] = []
  /** Tab pages stay alive while another tab is in front. */
  private readonly tabs = new Map<string, OpenPage>()
  private readonly styles: Styles
  /** What the menu behind the three dots offers. */
  shareMenus: ReadonlySet<string> = new Set(['shareAppMessage'])

  constructor(private readonly program: MiniProgram, private readonly components: Components, private readonly shell: Shell) {
    this.styles = new Styles(program.styles)
    shell.onTab(route => this.tapTab(route))
    shell.onBack(() => void this.tapBack())
    addEventListener('scroll', () => this.scrolled())
  }

  get current(): OpenPage | undefined {
    return this.stack.at(-1)
  }

  instances(): Instance[] {
    return this.stack.map(({ instance }) => instance)
  }

  navigateTo(url: string): void {
    const { route, query } = this.parse(url)
    if (this.isTab(route)) throw new Error('can not navigateTo a tabbar page')
    if (this.stack.length >= deepestStack) throw new Error('webview count limit exceed')
    this.leave()
    this.stack.push(this.open(route, query))
    this.enter()
  }

  redirectTo(url: string): void {
    const { route, query } = this.parse(url)
    if (this.isTab(route)) throw new Error('can not redirectTo a tabbar page')
    this.unload(this.stack.splice(-1))
    this.stack.push(this.open(route, query))
    this.enter()
  }

  reLaunch(url: string): void {
    const { route, query } = this.parse(url)
    const old = new Set([...this.stack, ...this.tabs.values()])
    this.tabs.clear()
    this.unload([...old])
    this.stack = [this.open(route, query)]
    this.enter()
  }

  switchTab(url: string): void {
    const { route } = this.parse(url)
    if (!this.isTab(route)) throw new Error('can not switch to no-tabBar page')
    if (this.current?.route === route) return
    this.leave()
    this.unload(this.stack.filter(page => !this.isTab(page.route)))
    this.stack = [this.tabs.get(route) ?? this.open(route, {})]
    this.enter()
  }

  navigateBack(delta: number): void {
    if (this.stack.length < 2) throw new Error('cannot navigate back at first page')
    this.unload(this.stack.splice(Math.max(1, this.stack.length - delta)))
    this.enter()
  }

  /** Has WeChat ask before the bar leads back from the page in front. */
  askBeforeBack(message: string | null): void {
    if (this.current) this.current.beforeBack = message
  }

  private async tapBack(): Promise<void> {
    const message = this.current?.beforeBack ?? null
    if (message === null || (await showModal(this.shell, { content: message })).confirm) this.navigateBack(1)
  }

  /** The person pulls the page down, or the list on it that has a refresher of its own. */
  pullDown(): void {
    if (this.current?.config.enablePullDownRefresh) return void this.call(this.current, 'onPullDownRefresh')
    const lists = [...this.current?.element.querySelectorAll<WxScrollView>('wx-scroll-view') ?? []]
    if (!lists.some(list => list.pull())) throw new Error(`${this.current?.route} cannot be pulled down`)
  }

  /** The card of the page in front. A page without the hook has no such entry in its menu. */
  share(kind: 'shareAppMessage' | 'shareTimeline', from: object): unknown {
    const page = this.current
    const hook = kind === 'shareAppMessage' ? 'onShareAppMessage' : 'onShareTimeline'
    const method = page?.instance[hook]
    if (typeof method !== 'function') throw new Error(`${page?.route ?? ''} cannot be shared: it has no ${hook}`)
    if (!this.shareMenus.has(kind) && (from as { from?: string }).from === 'menu') throw new Error(`The menu of ${page?.route ?? ''} offers no ${kind}`)
    return method.call(page?.instance, from) as unknown
  }

  private parse(url: string): { route: string, query: Record<string, string> } {
    const absolute = new URL(url, `http://build/${this.current?.route ?? ''}`)
    const route = absolute.pathname.slice(1)
    if (!this.program.pages.includes(route)) throw new Error(`page "${route}" is not found`)
    return { route, query: parseQuery(url.split('?')[1] ?? '') }
  }

  private isTab(route: string): boolean {
    return this.program.app.tabBar?.list.some(({ pagePath }) => pagePath === route) ?? false
  }

  private tapTab(route: string): void {
    this.switchTab(`/${route}`)
    const index = this.program.app.tabBar?.list.findIndex(({ pagePath }) => pagePath === route) ?? -1
    if (this.current) this.call(this.current, 'onTabItemTap', { index, pagePath: route, text: this.program.app.tabBar?.list[index]?.text })
  }

  /** Makes a page and runs its code up to `onLoad`. */
  private open(route: string, query: Record<string, string>): OpenPage {
    const components = this.components.load(route).filter(path => path !== route)
    const sheet = this.styles.openPage(route, components.map(path => this.components.styleOf(path)))
    const config = { ...this.program.app.window, ...this.program.configs[route] }
    this.shell.showPage(config, this.isTab(route) ? route : null, this.stack.length > 0)
    switchStyle(sheet, true)
    const root = this.components.createPage(route)
    const instance = root.get() as unknown as Instance
    instance.options = query
    this.components.attachPage(root)
    const element = document.body.lastElementChild as HTMLElement
    const page = { route, root, instance, element, sheet, config, scrollTop: 0, isAtBottom: false, beforeBack: null }
    if (this.isTab(route)) this.tabs.set(route, page)
    this.call(page, 'onLoad', query)
    return page
  }

  /** Brings the page on top of the stack to the front. */
  private enter(): void {
    const page = this.current
    if (!page) return
    this.components.enter(page.route)
    for (const other of new Set([...this.stack, ...this.tabs.values()])) this.place(other, other === page)
    this.shell.showPage(page.config, this.isTab(page.route) ? page.route : null, this.stack.length > 1)
    document.body.style.overflow = page.config.disableScroll ? 'hidden' : ''
    scrollTo({ top: page.scrollTop, behavior: 'instant' })
    this.call(page, 'onShow')
    page.root.getComponent().triggerPageLifetime('show', [])
  }

  private place(page: OpenPage, isInFront: boolean): void {
    page.element.hidden = !isInFront
    switchStyle(page.sheet, isInFront)
  }

  private leave(): void {
    const page = this.current
    if (!page) return
    page.scrollTop = scrollY
    this.call(page, 'onHide')
    page.root.getComponent().triggerPageLifetime('hide', [])
    this.place(page, false)
  }

  private unload(pages: OpenPage[]): void {
    for (const page of [...pages].reverse()) {
      this.call(page, 'onUnload')
      page.root.release()
      page.element.remove()
      page.sheet.remove()
    }
  }

  private scrolled(): void {
    const page = this.current
    if (!page) return
    this.call(page, 'onPageScroll', { scrollTop: scrollY })
    const left = document.documentElement.scrollHeight - innerHeight - scrollY
    const isAtBottom = left <= (page.config.onReachBottomDistance ?? 50)
    if (isAtBottom && !page.isAtBottom) this.call(page, 'onReachBottom')
    page.isAtBottom = isAtBottom
  }

  private call(page: OpenPage, hook: string, ...args: unknown[]): void {
    const method = page.instance[hook]
    if (typeof method === 'function') method.apply(page.instance, args)
  }
}

/** WeChat hands values on as they stand in the path: a page decodes them itself. */
export function parseQuery(text: string): Record<string, string> {
  const pairs = text.split('&').filter(pair => pair !== '').map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return [name, value.join('=')]
  })
  return Object.fromEntries(pairs) as Record<string, string>
}
