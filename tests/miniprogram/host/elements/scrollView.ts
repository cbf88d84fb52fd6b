import { BuiltIn, part } from './builtIn.ts'

const html = `<style>
  div { width: 100%; height: 100%; max-height: inherit; position: relative; overflow: hidden; scrollbar-width: none; }
  :host([scroll-x]) div { overflow-x: auto; }
  :host([scroll-y]) div { overflow-y: auto; }
</style><div><slot></slot></div>`

interface Owner { getElementById(id: string): { getBackendElement(): HTMLElement | null } | undefined }

/** `<scroll-view>`: scrolls inside itself, tells where it is, and goes where it is told. */
export class WxScrollView extends BuiltIn {
  static observedAttributes = ['scroll-top', 'scroll-left', 'scroll-into-view', 'refresher-triggered']
  readonly scroller: HTMLElement
  private last = { scrollTop: 0, scrollLeft: 0 }
  private isPulled = false
  /** An edge is reported once, when it is reached. */
  private readonly atEdge = { upper: true, lower: false }

  constructor() {
    super()
    this.scroller = part(this.build(html), 'div')
    this.scroller.addEventListener('scroll', () => this.scrolled())
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (name === 'refresher-triggered') return this.refresherMoved()
    if (value === null || value === '') return
    // The list may grow in the same setData, after this attribute: wait until it is there.
    requestAnimationFrame(() => {
      if (name === 'scroll-into-view') this.show(value)
      else this.moveTo(name === 'scroll-top' ? { top: Number.parseFloat(value) } : { left: Number.parseFloat(value) })
    })
  }

  /** The person pulls the list down as far as it goes. False where it has no refresher. */
  pull(): boolean {
    if (!this.flag('refresher-enabled')) return false
    this.isPulled = true
    this.fire('refresherpulling')
    this.fire('refresherrefresh')
    return true
  }

  /** It goes back when the page lets go of it. */
  private refresherMoved(): void {
    if (this.flag('refresher-triggered') || !this.isPulled) return
    this.isPulled = false
    this.fire('refresherrestore')
  }

  private moveTo(place: ScrollToOptions): void {
    this.scroller.scrollTo({ ...place, behavior: this.flag('scroll-with-animation') ? 'smooth' : 'instant' })
  }

  /** Ids are unique only inside the page or component that wrote them. */
  private show(id: string): void {
    const owner = (this as unknown as { __wxElement?: { ownerShadowRoot: Owner | null } }).__wxElement?.ownerShadowRoot
    const target = owner?.getElementById(id)?.getBackendElement()
    if (!target) return
    const [here, there] = [this.scroller.getBoundingClientRect(), target.getBoundingClientRect()]
    this.moveTo({
      top: this.hasAttribute('scroll-y') ? this.scroller.scrollTop + there.top - here.top : 0,
      left: this.hasAttribute('scroll-x') ? this.scroller.scrollLeft + there.left - here.left : 0,
    })
  }

  private scrolled(): void {
    const { scrollTop, scrollLeft, scrollHeight, scrollWidth } = this.scroller
    const [deltaX, deltaY] = [this.last.scrollLeft - scrollLeft, this.last.scrollTop - scrollTop]
    this.last = { scrollTop, scrollLeft }
    this.fire('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth, deltaX, deltaY })
    this.reportEdges()
  }

  private reportEdges(): void {
    const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight, clientWidth } = this.scroller
    const down = this.hasAttribute('scroll-y')
    const before = down ? scrollTop : scrollLeft
    const after = down ? scrollHeight - clientHeight - scrollTop : scrollWidth - clientWidth - scrollLeft
    this.reportEdge('upper', before <= this.amount('upper-threshold', 50), down ? 'top' : 'left')
    this.reportEdge('lower', after <= this.amount('lower-threshold', 50), down ? 'bottom' : 'right')
  }

  private reportEdge(edge: 'upper' | 'lower', reached: boolean, direction: string): void {
    if (reached && !this.atEdge[edge]) this.fire(`scrollto${edge}`, { direction })
    this.atEdge[edge] = reached
  }
}
