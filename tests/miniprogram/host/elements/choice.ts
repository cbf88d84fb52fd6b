import { BuiltIn, part } from './builtIn.ts'

const html = (radius: string) => `<style>
  span { display: inline-block; width: 18px; height: 18px; margin-right: 5px; border: 1px solid #d1d1d1; border-radius: ${radius}; background: #fff; vertical-align: middle; }
  :host([on]) span { border-color: var(--on, #09bb07); background: var(--on, #09bb07); }
</style><span></span><slot></slot>`

/** What `<checkbox>` and `<radio>` share: a value, a mark, and a group that is told. */
abstract class Choice extends BuiltIn {
  static observedAttributes = ['checked', 'color']
  protected abstract readonly kind: 'checkbox' | 'radio'

  protected constructor(radius: string) {
    super()
    part(this.build(html(radius)), 'span')
    this.addEventListener('click', () => this.turn())
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (name === 'checked') this.toggleAttribute('on', this.flag('checked'))
    else this.style.setProperty('--on', value)
  }

  get value(): string {
    return this.getAttribute('value') ?? ''
  }

  get isOn(): boolean {
    return this.hasAttribute('on')
  }

  /** A touch: a checkbox turns over, a radio stays on. */
  turn(): void {
    if (this.flag('disabled')) return
    const group = this.closest<ChoiceGroup>(`wx-${this.kind}-group`)
    if (this.kind === 'radio') {
      if (this.isOn) return
      for (const other of group?.choices ?? []) other.removeAttribute('on')
      this.setAttribute('on', '')
    } else {
      this.toggleAttribute('on')
    }
    group?.changed()
  }
}

export class WxCheckbox extends Choice {
  protected readonly kind = 'checkbox'

  constructor() {
    super('3px')
  }
}

export class WxRadio extends Choice {
  protected readonly kind = 'radio'

  constructor() {
    super('50%')
  }
}

/** The value of a group is what stands on in it. */
abstract class ChoiceGroup extends BuiltIn {
  abstract get choices(): Choice[]
  abstract get value(): string | string[]

  changed(): void {
    this.fire('change', { value: this.value })
  }
}

export class WxCheckboxGroup extends ChoiceGroup {
  get choices(): Choice[] {
    return [...this.querySelectorAll<WxCheckbox>('wx-checkbox')]
  }

  get value(): string[] {
    return this.choices.filter(({ isOn }) => isOn).map(({ value }) => value)
  }
}

export class WxRadioGroup extends ChoiceGroup {
  get choices(): Choice[] {
    return [...this.querySelectorAll<WxRadio>('wx-radio')]
  }

  get value(): string {
    return this.choices.find(({ isOn }) => isOn)?.value ?? ''
  }
}

/** `<label>`: a touch on the words is a touch on the control. */
export class WxLabel extends BuiltIn {
  constructor() {
    super()
    this.addEventListener('click', ({ target }) => {
      const control = this.control()
      if (control && target !== control) control.click()
    })
  }

  private control(): HTMLElement | null {
    const named = this.getAttribute('for')
    if (named) return document.getElementById(named)
    return this.querySelector<HTMLElement>('wx-checkbox, wx-radio, wx-switch, wx-button')
  }
}
