import { BuiltIn } from './builtIn.ts'

/** `<picker-view>`: wheels inside the page. A touch on an entry turns its wheel there. */
export class WxPickerView extends BuiltIn {
  static observedAttributes = ['value']

  constructor() {
    super()
    this.addEventListener('click', ({ target }) => this.touched(target as Element))
  }

  connectedCallback(): void {
    this.attributeChangedCallback()
  }

  attributeChangedCallback(): void {
    const value = this.raw('value')
    const chosen = (Array.isArray(value) ? value : []).map(Number)
    requestAnimationFrame(() => this.columns.forEach((column, wheel) => column.turnTo(chosen[wheel] ?? 0)))
  }

  private get columns(): WxPickerViewColumn[] {
    return [...this.querySelectorAll<WxPickerViewColumn>('wx-picker-view-column')]
  }

  private touched(target: Element): void {
    const column = target.closest<WxPickerViewColumn>('wx-picker-view-column')
    const index = column?.indexOf(target) ?? -1
    if (!column || index < 0 || index === column.index) return
    column.turnTo(index)
    this.fire('change', { value: this.columns.map(({ index: chosen }) => chosen) })
  }
}

export class WxPickerViewColumn extends BuiltIn {
  index = 0

  private get entries(): Element[] {
    // A list made by `wx:for` may stand in wrappers of its own.
    return [...this.children].flatMap(child => child.localName === 'virtual' ? [...child.children] : [child])
  }

  indexOf(target: Element): number {
    return this.entries.findIndex(entry => entry.contains(target))
  }

  turnTo(index: number): void {
    this.index = Math.max(0, Math.min(index, this.entries.length - 1))
    this.entries.forEach((entry, at) => entry.setAttribute('aria-selected', String(at === this.index)))
    const entry = this.entries[this.index] as HTMLElement | undefined
    if (entry) this.scrollTo({ top: entry.offsetTop - (this.clientHeight - entry.clientHeight) / 2 })
  }
}
