/** The size of letters that a person chose in the shop. Without a choice the phone's own holds. */
export type TextSize = 'usual' | 'large'

export type Theme = 'light' | 'dark'

/** What a person chose on their own page; what is absent follows the phone. */
export interface Looks { text?: TextSize, theme?: Theme }

/** Phones call everything up to here usual: 16 on Android, 17 on iOS. In px. */
const usualSizeMaxPx = 17
/** How much larger letters are for those who ask for large ones. */
export const largeScale = 1.3
/** Screens are drawn for letters up to here. */
const scaleMax = 1.35

/** By how much letters grow on a phone whose own size is so many px. They never get smaller than drawn. */
export function scaleOfPhone(sizePx: number): number {
  if (!Number.isFinite(sizePx) || sizePx <= usualSizeMaxPx) return 1
  return Math.min(scaleMax, Math.round(sizePx / 16 * 100) / 100)
}

/** By how much letters grow: the choice goes before the phone. */
export function scaleOf({ text }: Looks, phoneSizePx: number): number {
  if (text === 'usual') return 1
  return text === 'large' ? largeScale : scaleOfPhone(phoneSizePx)
}
