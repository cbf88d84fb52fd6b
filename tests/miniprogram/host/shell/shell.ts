import type { PageConfig, TabBarConfig } from '../../compile/package.ts'
import { measures } from '../measures.ts'

/** What of a tab can be changed while the app runs. */
export interface TabLook { text?: string, badge?: string | null, iconPath?: string, selectedIconPath?: string }

/** The window around the mini program: navigation bar, tab bar, and whatever lies over the page. */
export class Shell {
  private readonly document = window.parent.document
  private readonly tabButtons = new Map<string, HTMLButtonElement>()
  private selectedColor = ''
  private readonly bar = this.part('bar')
  private readonly tabs = this.part('tabs')
  /** Toasts, dialogs and the cashier go in here. */
  readonly over = this.part('over')

  constructor(private readonly tabBar: TabBarConfig | undefined) {
    this.style(tabBar ?? {})
    for (const { pagePath, text, iconPath } of tabBar?.list ?? []) this.addTab(pagePath, text, iconPath)
  }

  onBack(back: () => void): void {
    this.part('back').addEventListener('click', back)
  }

  onTab(open: (route: string) => void): void {
    for (const [route, button] of this.tabButtons) button.addEventListener('click', () => open(route))
  }

  /** Draws what stands around a page. `tab` is the page's route when it is a tab. */
  showPage(config: PageConfig, tab: string | null, canGoBack: boolean): void {
    const isCustom = config.navigationStyle === 'custom'
    this.bar.hidden = isCustom
    this.setTitle(config.navigationBarTitleText ?? '')
    this.bar.style.background = config.navigationBarBackgroundColor ?? '#fff'
    this.document.body.classList.toggle('white', config.navigationBarTextStyle === 'white')
    this.part('back').hidden = !canGoBack || isCustom
    this.tabs.hidden = tab === null
    for (const [route, button] of this.tabButtons) this.select(route, button, route === tab)
    this.setSafeArea(isCustom ? measures.statusBar : 0, tab === null ? measures.homeBar : 0)
  }

  colourBar({ frontColor, backgroundColor }: { frontColor: string, backgroundColor: string }): void {
    if (!/^#(000000|ffffff)$/i.test(frontColor)) throw new Error('invalid frontColor')
    this.bar.style.background = backgroundColor
    this.document.body.classList.toggle('white', frontColor.toLowerCase() === '#ffffff')
  }

  setTitle(title: string): void {
    this.bar.textContent = title
  }

  style(look: { color?: string, selectedColor?: string, backgroundColor?: string }): void {
    this.tabs.style.color = look.color ?? this.tabs.style.color
    this.tabs.style.background = look.backgroundColor ?? this.tabs.style.background
    this.selectedColor = look.selectedColor ?? this.selectedColor
  }

  setTab(index: number, { text, badge, iconPath, selectedIconPath }: TabLook): void {
    const button = [...this.tabButtons.values()][index]
    if (!button) throw new Error('tabbar item not found')
    const tab = this.tabBar?.list[index]
    if (tab && iconPath) tab.iconPath = iconPath
    if (tab && selectedIconPath) tab.selectedIconPath = selectedIconPath
    if (iconPath ?? selectedIconPath) this.select(tab?.pagePath ?? '', button, button.ariaCurrent === 'page')
    if (text !== undefined) this.inside(button, 'span').textContent = text
    if (badge !== undefined) Object.assign(this.inside(button, 'sup'), { textContent: badge ?? '', hidden: badge === null })
  }

  make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, properties: Partial<HTMLElementTagNameMap[Tag]> = {}) {
    return Object.assign(this.document.createElement(tag), properties)
  }

  private addTab(route: string, text: string, icon?: string): void {
    const button = this.make('button')
    if (icon) button.append(this.make('img', { src: `/build/${icon}`, alt: '' }))
    button.append(this.make('span', { textContent: text }), this.make('sup', { hidden: true }))
    this.tabs.append(button)
    this.tabButtons.set(route, button)
  }

  private select(route: string, button: HTMLButtonElement, isSelected: boolean): void {
    button.ariaCurrent = isSelected ? 'page' : null
    button.style.color = isSelected ? this.selectedColor : ''
    const tab = this.tabBar?.list.find(({ pagePath }) => pagePath === route)
    const icon = isSelected ? tab?.selectedIconPath : tab?.iconPath
    if (icon) (this.inside(button, 'img') as HTMLImageElement).src = `/build/${icon}`
  }

  private setSafeArea(top: number, bottom: number): void {
    const { style } = document.documentElement
    style.setProperty('--safe-area-inset-top', `${top}px`)
    style.setProperty('--safe-area-inset-bottom', `${bottom}px`)
    style.setProperty('--safe-area-inset-left', '0px')
    style.setProperty('--safe-area-inset-right', '0px')
  }

  private part(id: string): HTMLElement {
    const found = this.document.getElementById(id)
    if (!found) throw new Error(`The shell has no #${id}`)
    return found
  }

  private inside(button: HTMLElement, selector: string): HTMLElement {
    const found = button.querySelector<HTMLElement>(selector)
    if (!found) throw new Error(`A tab has no ${selector}`)
    return found
  }
}
