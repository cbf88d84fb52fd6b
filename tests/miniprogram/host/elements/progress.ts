import { BuiltIn, part } from './builtIn.ts'

/** `<progress>`: a bar of so many percent. */
export class WxProgress extends BuiltIn {
  static observedAttributes = ['percent', 'activeColor', 'active-color', 'stroke-width']
  private readonly bar: HTMLElement

  constructor() {
    super()
    this.bar = part(this.build('<style>:host { display: block; background: #ebebeb; } i { display: block; height: 6px; background: #09bb07; }</style><i></i>'), 'i')
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (name === 'percent') this.bar.style.width = `${Math.max(0, Math.min(100, this.amount('percent', 0)))}%`
    else if (name === 'stroke-width') this.bar.style.height = `${this.amount('stroke-width', 6)}px`
    else this.bar.style.background = value ?? ''
  }
}
