import { BuiltIn, part } from './builtIn.ts'

const css = `input, textarea { all: unset; box-sizing: border-box; display: block; width: 100%; height: 100%; font: inherit; color: inherit;
  text-align: inherit; line-height: inherit; white-space: pre-wrap; overflow-wrap: anywhere; cursor: text; }
  input { white-space: nowrap; } ::placeholder { color: grey; }`

const keyboards: Record<string, string> = { number: 'numeric', digit: 'decimal', idcard: 'text', text: 'text', nickname: 'text' }

/** What `<input>` and `<textarea>` share: the value, the keyboard, and the events in WeChat's words. */
abstract class Field<Native extends HTMLInputElement | HTMLTextAreaElement> extends BuiltIn {
  static observedAttributes = ['value', 'placeholder', 'disabled', 'maxlength', 'focus', 'type', 'password']
  protected readonly native: Native

  protected constructor(tag: 'input' | 'textarea') {
    super()
    this.native = part<Native>(this.build(`<style>${css}</style><${tag} maxlength="140"></${tag}>`), tag)
    this.listen('input', () => this.fire('input', { value: this.native.value, cursor: this.native.selectionStart ?? 0 }, { bubbles: true }))
    this.listen('focus', () => this.fire('focus', { value: this.native.value, height: 0 }))
    this.listen('blur', () => this.fire('blur', { value: this.native.value }))
    this.native.addEventListener('keydown', (event) => {
      if ((event as KeyboardEvent).key === 'Enter') this.fire('confirm', { value: this.native.value })
    })
  }

  /** The browser's own event stays inside: pages see only WeChat's. */
  private listen(type: string, report: () => void): void {
    this.native.addEventListener(type, (event) => {
      event.stopPropagation()
      report()
    })
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (name === 'value' && this.native.value !== value) this.native.value = value ?? ''
    if (name === 'placeholder') this.native.placeholder = value ?? ''
    if (name === 'disabled') this.native.disabled = this.flag('disabled')
    if (name === 'maxlength') this.limit(this.amount('maxlength', 140))
    if (name === 'focus' && this.flag('focus')) requestAnimationFrame(() => this.native.focus())
    if (name === 'type' || name === 'password') this.chooseKeyboard()
  }

  private limit(length: number): void {
    if (length < 0) this.native.removeAttribute('maxlength')
    else this.native.maxLength = length
  }

  private chooseKeyboard(): void {
    this.native.inputMode = keyboards[this.getAttribute('type') ?? 'text'] ?? 'text'
    if (this.native instanceof HTMLInputElement) this.native.type = this.flag('password') ? 'password' : 'text'
  }
}

export class WxInput extends Field<HTMLInputElement> {
  constructor() {
    super('input')
  }
}

export class WxTextarea extends Field<HTMLTextAreaElement> {
  constructor() {
    super('textarea')
    this.native.style.setProperty('field-sizing', 'content')
  }
}
