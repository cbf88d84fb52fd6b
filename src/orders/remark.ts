const separator = /[，,]\s*/

const partsOf = (text: string): string[] => text.split(separator).filter(part => part !== '')

/** Where a chip stands in a remark, counted in parts; a chip may be several of them. -1 where it is not said. */
function placeOf(said: string[], chip: string[]): number {
  return said.findIndex((_, at) => chip.every((part, offset) => said[at + offset] === part))
}

/** Whether a remark says what a chip says. */
export const says = (remark: string, chip: string): boolean => placeOf(partsOf(remark), partsOf(chip)) >= 0

/** A remark with a chip put in, or taken out where it is said already, like a word in a sentence. */
export function withChip(remark: string, chip: string, locale: 'zh' | 'en'): string {
  const said = partsOf(remark)
  const wanted = partsOf(chip)
  const at = placeOf(said, wanted)
  const next = at < 0 ? [...said, ...wanted] : [...said.slice(0, at), ...said.slice(at + wanted.length)]
  return next.join(locale === 'zh' ? '，' : ', ')
}
