import { BuiltIn, part } from './builtIn.ts'

/** `<slider>`: a number between two ends. */
export class WxSlider extends BuiltIn {
  static observedAttributes = ['min', 'max', 'step', 'value', 'disabled', 'show-value', 'active-color']
  private readonly range: HTMLInputElement
  private readonly shown: HTMLElement

  constructor() {
    super()
    const shadow = this.build('<style>:host { display: flex; align-items: center; margin: 10px 18px; } input { flex: 1; }</style><input type="range"><span></span>')
    this.range = part(shadow, 'input')
    this.shown = part(shadow, 'span')
    for (const [native, ours] of [['input', 'changing'], ['change', 'change']] as const) {
      this.range.addEventListener(native, (event) => {
        event.stopPropagation()
        this.show()
        this.fire(ours, { value: Number(this.range.value) })
      })
    }
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (name === 'disabled') this.range.disabled = this.flag('disabled')
    else if (name === 'active-color') this.range.style.accentColor = value ?? ''
    else {
      // The ends first: a browser cuts a value to the ends that it knows.
      Object.assign(this.range, { min: this.amount('min', 0), max: this.amount('max', 100), step: this.amount('step', 1) })
      this.range.value = String(this.amount('value', 0))
    }
    this.show()
  }

  private show(): void {
    this.shown.textContent = this.flag('show-value') ? this.range.value : ''
  }
}
