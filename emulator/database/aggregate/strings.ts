import { tagOf, typeName } from '../bsonTypes.ts'
import { refused } from '../failures.ts'
import { compareText } from '../order.ts'
import { notNegative } from './arrays.ts'
import type { Operator } from './operator.ts'
import { isNothing, optionsOf, stringOf, taking, takingSome, wholeNumberOf } from './operator.ts'

/** Operators on text. Upper and lower case mean the letters of ASCII only, as in the database. */
export const strings: Readonly<Record<string, Operator>> = {
  $concat: takingSome('$concat', [0, Infinity], (...values) => values.map((value) => {
    if (typeof value !== 'string') throw refused(`$concat only supports strings, not ${typeName(value)}`)
    return value
  }).join('')),
  $indexOfBytes: taking('$indexOfBytes', [2, 4], (...values) => indexOf('$indexOfBytes', values, text => [...Buffer.from(text)])),
  $indexOfCP: taking('$indexOfCP', [2, 4], (...values) => indexOf('$indexOfCP', values, text => [...text])),
  $split: takingSome('$split', 2, split),
  $strLenBytes: taking('$strLenBytes', 1, value => Buffer.byteLength(stringOf('$strLenBytes', value))),
  $strLenCP: taking('$strLenCP', 1, value => [...stringOf('$strLenCP', value)].length),
  $strcasecmp: taking('$strcasecmp', 2, (left, right) => Math.sign(compareText(upper(asText(left)), upper(asText(right))))),
  $substr: taking('$substr', 3, (text, start, length) => substringByBytes('$substr', text, start, length)),
  $substrBytes: taking('$substrBytes', 3, (text, start, length) => substringByBytes('$substrBytes', text, start, length)),
  $substrCP: taking('$substrCP', 3, (text, start, length) => {
    const from = notNegative('$substrCP', start)
    return [...asText(text)].slice(from, from + notNegative('$substrCP', length)).join('')
  }),
  $toLower: taking('$toLower', 1, value => asText(value).replace(/[A-Z]/g, letter => letter.toLowerCase())),
  $toUpper: taking('$toUpper', 1, value => upper(asText(value))),
  $trim: trimming('$trim', true, true),
  $ltrim: trimming('$ltrim', true, false),
  $rtrim: trimming('$rtrim', false, true),
}

/** What an operator on text takes a value for: nothing is no text, and numbers and dates are written out. */
export function asText(value: unknown): string {
  if (isNothing(value)) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (value instanceof Date) return value.toISOString()
  if (tagOf(value) === 'ObjectId') return String(value)
  throw refused(`can't convert from BSON type ${typeName(value)} to String`)
}

function upper(text: string): string {
  return text.replace(/[a-z]/g, letter => letter.toUpperCase())
}

/** Where a text begins in another, counted in some unit; -1 when it does not occur. */
function indexOf(name: string, [text, part, start = 0, end = Infinity]: unknown[], unitsOf: (text: string) => unknown[]): number | null {
  if (isNothing(text)) return null
  const [units, wanted] = [unitsOf(stringOf(name, text)), unitsOf(stringOf(name, part))]
  const from = notNegative(name, start)
  const to = end === Infinity ? units.length : Math.min(units.length, notNegative(name, end))
  for (let at = from; at + wanted.length <= to; at++) if (wanted.every((unit, place) => unit === units[at + place])) return at
  return -1
}

function split(text: unknown, separator: unknown): string[] {
  if (typeof text !== 'string') throw refused(`$split requires an expression that evaluates to a string as a first argument, found: ${typeName(text)}`)
  if (typeof separator !== 'string') throw refused(`$split requires an expression that evaluates to a string as a second argument, found: ${typeName(separator)}`)
  if (separator === '') throw refused('$split requires a non-empty separator')
  return text.split(separator)
}

/** Counts bytes of UTF-8. Refuses to cut a character in two; a negative length means the rest. */
function substringByBytes(name: string, value: unknown, start: unknown, length: unknown): string {
  const bytes = Buffer.from(asText(value))
  const from = wholeNumberOf(`${name}: starting index`, start)
  const count = wholeNumberOf(`${name}: length`, length)
  if (from < 0) throw refused(`${name}: starting index must be non-negative (got: ${from})`)
  const to = count < 0 ? bytes.length : from + count
  if (isContinuation(bytes[from])) throw refused(`${name}: Invalid range, starting index is a UTF-8 continuation byte.`)
  if (isContinuation(bytes[to])) throw refused(`${name}: Invalid range, ending index is in the middle of a UTF-8 character.`)
  return bytes.subarray(from, to).toString()
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xC0) === 0x80
}

/** What MongoDB takes for blank. */
const BLANKS = '\0\t\n\v\f\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A'

function trimming(name: string, left: boolean, right: boolean): Operator {
  return (argument, compile) => {
    const { input, chars } = optionsOf(name, argument, ['input'], ['chars'])
    const [text, set] = [compile(input), compile(chars ?? { $literal: BLANKS })]
    return (scope) => {
      const [value, blanks] = [text(scope), set(scope)]
      if (isNothing(value) || isNothing(blanks)) return null
      return trim([...stringOf(name, value)], new Set(stringOf(name, blanks)), left, right).join('')
    }
  }
}

function trim(points: string[], blanks: Set<string>, left: boolean, right: boolean): string[] {
  let [start, end] = [0, points.length]
  while (left && start < end && blanks.has(points[start] as string)) start++
  while (right && end > start && blanks.has(points[end - 1] as string)) end--
  return points.slice(start, end)
}
