import { BuiltIn } from './builtIn.ts'

interface RichNode { type?: 'node' | 'text', name?: string, attrs?: Record<string, string>, children?: RichNode[], text?: string }

/** What WeChat draws of HTML; every other element and attribute is left out. Source: rich-text. */
const trusted = new Set(`a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del div dl dt em fieldset
  font footer h1 h2 h3 h4 h5 h6 header hr i img ins label legend li mark nav ol p pre q rt ruby s section small span strong sub sup table tbody td
  tfoot th thead tr tt u ul`.split(/\s+/))
const attributes: Record<string, readonly string[]> = { img: ['src', 'alt', 'width', 'height'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'], ol: ['start', 'type'] }

/** `<rich-text>`: words with shape, but nothing that runs or can be touched. */
export class WxRichText extends BuiltIn {
  static observedAttributes = ['nodes']
  private readonly place = this.attachShadow({ mode: 'open' })

  attributeChangedCallback(): void {
    const nodes = this.raw('nodes')
    const drawn = Array.isArray(nodes) ? (nodes as RichNode[]).flatMap(node => draw(node)) : parse(typeof nodes === 'string' ? nodes : '')
    this.place.replaceChildren(...drawn)
  }
}

function draw({ type = 'node', name = '', attrs = {}, children = [], text = '' }: RichNode): Node[] {
  if (type === 'text') return [document.createTextNode(decode(text))]
  if (!trusted.has(name)) return []
  const element = document.createElement(name)
  for (const [attribute, value] of Object.entries(attrs)) if (isAllowed(name, attribute)) element.setAttribute(attribute, value)
  element.append(...children.flatMap(draw))
  return [element]
}

const isAllowed = (name: string, attribute: string) => ['class', 'style'].includes(attribute) || (attributes[name] ?? []).includes(attribute)

function decode(text: string): string {
  return new DOMParser().parseFromString(text.replaceAll('<', '&lt;'), 'text/html').body.textContent ?? ''
}

/** A parsed document does not run and loads nothing. */
function parse(html: string): Node[] {
  return [...new DOMParser().parseFromString(html, 'text/html').body.childNodes].flatMap(copy)
}

function copy(node: Node): Node[] {
  if (node instanceof Text || node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.textContent ?? '')]
  if (node.nodeType !== Node.ELEMENT_NODE) return []
  const { localName, attributes: given, childNodes } = node as Element
  return draw({ name: localName, attrs: Object.fromEntries([...given].map(({ name, value }) => [name, value])) })
    .map((element) => {
      (element as Element).append(...[...childNodes].flatMap(copy))
      return element
    })
}
