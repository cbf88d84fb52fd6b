import type { Banner } from '../../contracts/catalog.ts'
import { sectionsMax } from '../../contracts/home.ts'
import type { HomeSection } from '../../contracts/home.ts'

/** How a shop looks that has not arranged anything. */
export const usualSections: readonly HomeSection[] = [
  { kind: 'Banners' },
  { kind: 'Ways' },
  { kind: 'Coupons' },
  { kind: 'Goods', title: { zh: '店里都在点', en: 'What people order' }, layout: 'Grid', source: { kind: 'Recommended', of: 'Menu' }, max: 8 },
  { kind: 'Goods', title: { zh: '带一份回家', en: 'Take some home' }, layout: 'Strip', source: { kind: 'Recommended', of: 'Mall' }, max: 8 },
]

/** The sections that customers see, in their order. */
export const shownSections = (sections: readonly HomeSection[] = usualSections): HomeSection[] =>
  sections.filter(({ isOff }) => isOff !== true).slice(0, sectionsMax)

const picturesOf = (sections: readonly HomeSection[]): string[] =>
  sections.flatMap(section => section.kind === 'Picture' ? [section.picture] : [])

/** Whether sections show a picture that was not among them before: a phone names no files of its own choosing. */
export function hasStrangePicture(wished: readonly HomeSection[], known: readonly HomeSection[]): boolean {
  const pictures = picturesOf(known)
  return picturesOf(wished).some(picture => !pictures.includes(picture))
}

/** Banners that lead where they are told to; null leads nowhere, and one that is not named stays as it is. */
export function aimBanners(banners: readonly Banner[], targets: readonly { id: string, productId: string | null }[]): Banner[] {
  return banners.map((banner) => {
    const target = targets.find(({ id }) => id === banner.id)
    if (!target) return banner
    const { productId: _before, ...rest } = banner
    return target.productId === null ? rest : { ...rest, productId: target.productId }
  })
}
