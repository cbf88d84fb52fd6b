/** What a value of each type may look like, as the manual of `subscribeMessage.send` lists it. Lengths count characters. */
const rules: Record<string, (value: string) => boolean> = {
  thing: value => lengthOf(value) <= 20,
  number: value => /^\d+(\.\d+)?$/.test(value) && value.length <= 32,
  letter: value => /^[A-Za-z]{1,32}$/.test(value),
  symbol: value => /^[^\p{L}\p{N}\s]{1,5}$/u.test(value),
  character_string: value => /^[\x20-\x7e]{1,32}$/.test(value),
  time: value => isSpan(value, part => clock.test(part) || (dated.test(part) && clock.test(part.replace(dated, '').trim()))),
  date: value => isSpan(value, (part) => {
    const rest = part.replace(dated, '').trim()
    return dated.test(part) && (rest === '' || clock.test(rest))
  }),
  amount: value => /^\p{Sc}?\d{1,10}(\.\d+)?元?$/u.test(value),
  phone_number: value => /^[\d+\-() ]{1,17}$/.test(value),
  car_number: value => /^[\p{Script=Han}A-Za-z0-9][A-Za-z0-9]{0,6}[\p{Script=Han}A-Za-z0-9]?$/u.test(value),
  name: value => !/\p{N}/u.test(value) && lengthOf(value) <= (/\p{Script=Han}/u.test(value) ? 10 : 20),
  phrase: value => /^\p{Script=Han}{1,5}$/u.test(value),
  enum: () => true,
}

const clock = /^([01]?\d|2[0-3])[:：][0-5]\d([:：][0-5]\d)?$/
const dated = /^\d{4}(年\d{1,2}月\d{1,2}日|([-/.])\d{1,2}\2\d{1,2})/

/** Two moments may be joined by `~`. */
function isSpan(value: string, isMoment: (part: string) => boolean): boolean {
  const parts = value.split(/[~～]/)
  return parts.length <= 2 && parts.every(part => isMoment(part.trim()))
}

function lengthOf(value: string): number {
  return [...value].length
}

/** What is wrong with the data of a subscription message, in WeChat's words (its spelling too); null when nothing is. */
export function findFieldMistake(data: Record<string, unknown>): string | null {
  for (const [key, field] of Object.entries(data)) {
    const { value } = (typeof field === 'object' && field !== null ? field : {}) as { value?: unknown }
    if (value === undefined || value === null || value === '') return `argument invalid! data.${key}.value is emtpy`
    const type = /^([a-z_]+?)\d+$/.exec(key)?.[1] ?? ''
    const isAllowed = Object.hasOwn(rules, type) ? rules[type] : undefined
    const isText = typeof value === 'string' || typeof value === 'number'
    if (!isText || !isAllowed?.(String(value))) return `argument invalid! data.${key}.value invalid`
  }
  return null
}
