import { BuiltIn, part } from './builtIn.ts'

const html = `<style>
  span { display: block; width: 50px; height: 30px; border-radius: 15px; background: #dfdfdf; }
  span::after { content: ''; display: block; width: 26px; height: 26px; border-radius: 50%; background: #fff; translate: 2px 2px; }
  :host([on]) span { background: var(--on, #04be02); } :host([on]) span::after { translate: 22px 2px; }
</style><span></span>`

/** `<switch>`: on or off at a touch. */
export class WxSwitch extends BuiltIn {
  static observedAttributes = ['checked', 'color']

  constructor() {
    super()
    part(this.build(html), 'span')
    this.addEventListener('click', () => this.turn())
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (name === 'checked') this.toggleAttribute('on', this.flag('checked'))
    else this.style.setProperty('--on', value)
  }

  private turn(): void {
    if (this.flag('disabled')) return
    this.toggleAttribute('on')
    this.fire('change', { value: this.hasAttribute('on') })
  }
}
