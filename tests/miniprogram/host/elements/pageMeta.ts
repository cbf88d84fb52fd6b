import { translateValue } from '../../compile/values.ts'
import { BuiltIn } from './builtIn.ts'

/** `<page-meta>`: what a page says about itself. It is drawn nowhere. */
export class WxPageMeta extends BuiltIn {
  static observedAttributes = ['page-style', 'root-font-size', 'root-background-color']

  connectedCallback(): void {
    this.apply()
  }

  attributeChangedCallback(): void {
    this.apply()
  }

  private apply(): void {
    const page = this.closest<HTMLElement>('wx-page')
    if (!page) return
    page.style.cssText = translateValue(this.getAttribute('page-style') ?? '')
    document.documentElement.style.fontSize = translateValue(this.getAttribute('root-font-size') ?? '')
    document.documentElement.style.background = this.getAttribute('root-background-color') ?? ''
  }
}
