import { BuiltIn } from './builtIn.ts'
import { WxCheckboxGroup, WxRadioGroup } from './choice.ts'

/** `<form>`: gathers what its named fields hold when its submit button is touched. */
export class WxForm extends BuiltIn {
  constructor() {
    super()
    this.addEventListener('click', ({ target }) => {
      const button = (target as Element).closest('wx-button[form-type]')
      if (!button || button.hasAttribute('disabled')) return
      if (button.getAttribute('form-type') === 'submit') this.fire('submit', { value: this.values(), target: button.id })
      else this.fire('reset', {})
    })
  }

  private values(): Record<string, unknown> {
    return Object.fromEntries([...this.querySelectorAll('[name]')].map(field => [field.getAttribute('name') ?? '', valueOf(field)]))
  }
}

function valueOf(field: Element): unknown {
  if (field instanceof WxCheckboxGroup || field instanceof WxRadioGroup) return field.value
  if (field.localName === 'wx-switch') return field.hasAttribute('on')
  const native = field.shadowRoot?.querySelector<HTMLInputElement>('input, textarea')
  return native ? native.value : field.getAttribute('value')
}
