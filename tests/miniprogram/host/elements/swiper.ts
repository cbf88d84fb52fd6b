import { BuiltIn, part } from './builtIn.ts'

const html = `<style>
  .track { display: flex; width: 100%; height: 100%; overflow-x: auto; scroll-snap-type: x mandatory; scrollbar-width: none; }
  :host([vertical]) .track { flex-direction: column; overflow: hidden auto; scroll-snap-type: y mandatory; }
  .dots { position: absolute; bottom: 10px; left: 0; right: 0; display: flex; justify-content: center; gap: 8px; pointer-events: none; }
  .dots i { width: 8px; height: 8px; border-radius: 50%; }
</style><div class="track"><slot></slot></div><div class="dots"></div>`

/** `<swiper>`: one item at a time, by finger, by `current` or by itself. */
export class WxSwiper extends BuiltIn {
  static observedAttributes = ['current', 'autoplay', 'interval', 'indicator-dots']
  private readonly track: HTMLElement
  private readonly dots: HTMLElement
  private index = 0
  private source: 'touch' | 'autoplay' | '' = 'touch'
  private timer: ReturnType<typeof setInterval> | undefined

  constructor() {
    super()
    const shadow = this.build(html)
    this.track = part(shadow, '.track')
    this.dots = part(shadow, '.dots')
    this.track.addEventListener('scrollend', () => this.settled())
    part(shadow, 'slot').addEventListener('slotchange', () => this.drawDots())
  }

  connectedCallback(): void {
    this.restart()
  }

  disconnectedCallback(): void {
    clearInterval(this.timer)
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (name === 'current' && value !== null) requestAnimationFrame(() => this.go(Number(value), ''))
    else if (name === 'indicator-dots') this.drawDots()
    else this.restart()
  }

  private get items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('wx-swiper-item')]
  }

  private restart(): void {
    clearInterval(this.timer)
    if (this.isConnected && this.flag('autoplay')) this.timer = setInterval(() => this.next(), this.amount('interval', 5000))
  }

  private next(): void {
    const following = this.index + 1
    if (following < this.items.length) this.go(following, 'autoplay')
    else if (this.flag('circular')) this.go(0, 'autoplay')
  }

  private go(index: number, source: 'autoplay' | ''): void {
    if (index === this.index) return
    this.source = source
    this.track.scrollTo({ left: index * this.track.clientWidth, top: index * this.track.clientHeight, behavior: 'smooth' })
  }

  private settled(): void {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.track
    const index = Math.round(this.hasAttribute('vertical') ? scrollTop / clientHeight : scrollLeft / clientWidth)
    const { source } = this
    this.source = 'touch'
    if (index === this.index) return
    this.index = index
    this.drawDots()
    this.fire('change', { current: index, currentItemId: this.items[index]?.getAttribute('item-id') ?? '', source })
    this.fire('animationfinish', { current: index, source })
  }

  private drawDots(): void {
    const [idle, active] = [this.getAttribute('indicator-color') ?? 'rgba(0,0,0,.3)', this.getAttribute('indicator-active-color') ?? '#000']
    const shown = this.flag('indicator-dots') ? this.items : []
    this.dots.replaceChildren(...shown.map((_, index) => {
      const dot = document.createElement('i')
      dot.style.background = index === this.index ? active : idle
      return dot
    }))
  }
}
