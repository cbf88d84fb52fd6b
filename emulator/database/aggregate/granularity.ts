import { encode } from '../ejson.ts'
import { refused } from '../failures.ts'

/** How many steps a decade has in the Renard series, and how many digits its numbers have. */
const RENARD: Readonly<Record<string, number[]>> = {
  'R5': [10, 16, 25, 40, 63],
  'R10': [100, 125, 160, 200, 250, 315, 400, 500, 630, 800],
  'R20': [100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710, 800, 900],
  '1-2-5': [10, 20, 50],
  'E6': [10, 15, 22, 33, 47, 68],
  'E12': [10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82],
  'E24': [10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91],
}

/** The next preferred number above a value. */
export function roundedUp(value: unknown, granularity: unknown): number {
  const number = positive(value)
  if (number === 0) return 0
  return numbersAround(number, granularity).find(candidate => candidate > number) as number
}

/** The next preferred number below a value; 0 for 0. */
export function roundedDown(value: unknown, granularity: unknown): number {
  const number = positive(value)
  if (number === 0) return 0
  return numbersAround(number, granularity).filter(candidate => candidate < number).at(-1) as number
}

/** Preferred numbers from well below a value to well above it. */
function numbersAround(value: number, granularity: unknown): number[] {
  if (granularity === 'POWERSOF2') {
    const exponent = Math.floor(Math.log2(value))
    return [exponent - 1, exponent, exponent + 1, exponent + 2].map(power => 2 ** power)
  }
  const series = typeof granularity === 'string' && Object.hasOwn(RENARD, granularity) ? RENARD[granularity] : undefined
  if (!series) throw refused(`Unknown or not emulated rounding granularity ${encode(granularity)}: use ${['POWERSOF2', ...Object.keys(RENARD)].join(', ')}`)
  const decade = Math.floor(Math.log10(value / (series[0] as number)))
  return [decade - 1, decade, decade + 1].flatMap(power => series.map(step => power < 0 ? step / 10 ** -power : step * 10 ** power))
}

function positive(value: unknown): number {
  if (typeof value !== 'number' || Number.isNaN(value)) throw refused('$bucketAuto can specify a granularity with numeric boundaries only')
  if (value < 0) throw refused(`A granularity takes numbers that are not negative, but found ${value}`)
  return value
}
