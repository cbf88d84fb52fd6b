/**
 * The widths in px in which the shop's own square pictures are stored, the widest last. A name that ends in the widest,
 * `tea.480.webp`, promises that the others, `tea.272.webp`, lie beside it. Any other name is one file for every size.
 * 272 px is enough for a row of the menu on phones of two and three pixels a point.
 */
export const PICTURE_WIDTHS_PX = [272, 480] as const
const WIDEST_PX = 480
/** Nobody sees a tenth less. */
const ENOUGH = 0.9

/** The files of a picture, by the name of its widest one: itself alone where its name promises no others. */
export function filesOfPicture(widest: string): string[] {
  const ending = `.${WIDEST_PX}.webp`
  if (!widest.endsWith(ending)) return [widest]
  const stem = widest.slice(0, -ending.length)
  return PICTURE_WIDTHS_PX.map(width => `${stem}.${width}.webp`)
}

/** The smallest file that is wide enough where a picture takes up so many px of the screen; the widest where none is. */
export function pictureFor(widest: string, shownPx: number): string {
  const files = filesOfPicture(widest)
  if (files.length === 1) return widest
  const place = PICTURE_WIDTHS_PX.findIndex(width => width >= shownPx * ENOUGH)
  return files[place] ?? widest
}
