const outer = () => window.parent.document

/** The layer over the page, where WeChat draws what a built-in component opens. */
export function overPage(): HTMLElement {
  const over = outer().getElementById('over')
  if (!over) throw new Error('The shell has no #over')
  return over
}

type Tags = HTMLElementTagNameMap

export function make<Tag extends keyof Tags>(tag: Tag, properties: Partial<Tags[Tag]> = {}, ...inside: Node[]): Tags[Tag] {
  const made = Object.assign(outer().createElement(tag), properties)
  made.append(...inside)
  return made
}
