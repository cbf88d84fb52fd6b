/** The node of glass-easel behind an element; it keeps attribute values that a string cannot hold. */
interface NodeBehind { getAttribute(name: string): unknown }

/** What the built-in components have in common: properties come as attributes, events go out as CustomEvents. */
export abstract class BuiltIn extends HTMLElement {
  /** A property as the mini program set it, before it became a string. */
  protected raw(name: string): unknown {
    return (this as unknown as { __wxElement?: NodeBehind }).__wxElement?.getAttribute(name) ?? this.getAttribute(name)
  }

  protected flag(name: string): boolean {
    const value = this.raw(name)
    return value === '' || Boolean(value)
  }

  protected amount(name: string, otherwise: number): number {
    const value = Number.parseFloat(this.getAttribute(name) ?? '')
    return Number.isNaN(value) ? otherwise : value
  }

  protected fire(type: string, detail: Record<string, unknown> = {}, options: { bubbles?: boolean } = {}): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: options.bubbles ?? false }))
  }

  /** The component's own nodes, out of reach of the pages' CSS. */
  protected build(html: string): ShadowRoot {
    const shadow = this.attachShadow({ mode: 'open' })
    shadow.innerHTML = html
    return shadow
  }
}

export function part<Type extends Element>(shadow: ShadowRoot, selector: string): Type {
  const found = shadow.querySelector<Type>(selector)
  if (!found) throw new Error(`A built-in component lacks its ${selector}`)
  return found
}
