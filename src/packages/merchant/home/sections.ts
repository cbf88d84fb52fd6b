import type { Messages } from '@/locales/zh'
import type { Localized } from '@contracts/catalog.ts'
import type { GoodsSource, HomeSection } from '@contracts/home.ts'

/** The name of goods or of a category, by its id; empty while nobody knows it. */
export type NameOf = (id: string) => string

/** The list with one section moved by so many places, up when negative; as it was at either end. */
export function moved(sections: readonly HomeSection[], index: number, by: number): HomeSection[] {
  const to = index + by
  if (to < 0 || to >= sections.length) return [...sections]
  const rest = sections.filter((_, place) => place !== index)
  return [...rest.slice(0, to), sections[index]!, ...rest.slice(to)]
}

/** The list with one section shown that was not, or the other way round. */
export const toggled = (sections: readonly HomeSection[], index: number): HomeSection[] => sections.map((section, place) => {
  if (place !== index) return section
  const { isOff, ...shown } = section
  return isOff ? shown : { ...section, isOff: true as const }
})

/** A section that an owner adds: what is new, to begin with. */
export const newGoodsSection = (): HomeSection =>
  ({ kind: 'Goods', title: { zh: '', en: '' }, layout: 'Grid', source: { kind: 'New', of: 'Menu' }, max: 6 })

/** Where English was left out, it is the Chinese. */
export const complete = ({ zh, en }: Localized): Localized => ({ zh: zh.trim(), en: en.trim() || zh.trim() })

/** What is missing from a section before it can be kept; null when nothing is. */
export function problemOf(section: HomeSection): 'title' | 'picks' | null {
  if ('title' in section && section.title.zh.trim() === '') return 'title'
  return section.kind === 'Goods' && section.source.kind === 'Some' && section.source.productIds.length === 0 ? 'picks' : null
}

export function sourceText(source: GoodsSource, t: Messages, nameOf: NameOf): string {
  const { sources, of, some } = t.homeArranging
  switch (source.kind) {
    case 'Some': return some({ count: source.productIds.length })
    case 'Category': return nameOf(source.categoryId) || sources.Category
    default: return `${of[source.of]} · ${sources[source.kind]}`
  }
}

/** What a section shows, in one line; a picture speaks for itself, in words of its own. */
export function summaryOf(section: Exclude<HomeSection, { kind: 'Picture' }>, t: Messages, nameOf: NameOf): string {
  const { hints, layouts, atMost } = t.homeArranging
  if (section.kind !== 'Goods') return hints[section.kind]
  return `${sourceText(section.source, t, nameOf)} · ${layouts[section.layout]} · ${atMost({ count: section.max })}`
}
