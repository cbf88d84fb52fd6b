import { isNumberType, isOperatorObject, typeName, typeNamed } from '../bsonTypes.ts'
import { encode } from '../ejson.ts'
import { refused } from '../failures.ts'
import { compareValues, sameKind, sameValue } from '../order.ts'
import { compilePattern, isPattern } from './patterns.ts'

/** Tests one value that a path leads to; `undefined` is a missing field. */
export type ValueTest = (value: unknown) => boolean

/** A field equal to a value; null stands for a missing field as well. */
export function equalTo(wanted: unknown): ValueTest {
  if (wanted === null || wanted === undefined) return value => value === null || value === undefined
  if (typeof wanted === 'string' || typeof wanted === 'boolean') return value => value === wanted
  return value => value !== undefined && sameValue(value, wanted)
}

/** `$gt` and its like: only values of the same type compare at all, and NaN only with itself. */
export function comparedTo(operator: string, wanted: unknown): ValueTest {
  if (isPattern(wanted)) throw refused(`(BadValue) Can't have RegEx as arg to predicate over field: use $regex instead of ${operator}`)
  const passes = passing(operator)
  if (wanted === null || wanted === undefined) return value => passes(0) && equalTo(null)(value)
  if (Number.isNaN(wanted)) return value => Number.isNaN(value) && passes(0)
  return value => value !== undefined && sameKind(value, wanted) && !Number.isNaN(value) && passes(compareValues(value, wanted))
}

function passing(operator: string): (difference: number) => boolean {
  switch (operator) {
    case '$gt': return difference => difference > 0
    case '$gte': return difference => difference >= 0
    case '$lt': return difference => difference < 0
    default: return difference => difference <= 0
  }
}

/** One of several values, which may be patterns. */
export function oneOf(operator: string, list: unknown): ValueTest {
  if (!Array.isArray(list)) throw refused(`(BadValue) ${operator} needs an array`)
  if (list.some(isOperatorObject)) throw refused(`(BadValue) cannot nest $ under ${operator}`)
  const texts = new Set(list.filter(item => typeof item === 'string'))
  const tests = list.filter(item => typeof item !== 'string').map(item => isPattern(item) ? matching(item.pattern, item.options) : equalTo(item))
  return value => (typeof value === 'string' && texts.has(value)) || tests.some(test => test(value))
}

/** A text that a pattern finds something in, or the same pattern stored as a value. */
export function matching(pattern: string, options: string): ValueTest {
  const compiled = compilePattern({ pattern, options })
  return (value) => {
    if (typeof value === 'string') return compiled.test(value)
    return isPattern(value) && value.pattern === pattern && value.options === options
  }
}

/** `[divisor, remainder]`; fractions are cut off. */
export function dividedBy(argument: unknown): ValueTest {
  if (!Array.isArray(argument)) throw refused('(BadValue) malformed mod, needs to be an array')
  if (argument.length < 2) throw refused('(BadValue) malformed mod, not enough elements')
  if (argument.length > 2) throw refused('(BadValue) malformed mod, too many elements')
  const [divisor, remainder] = argument.map(part => typeof part === 'number' ? Math.trunc(part) : Number.NaN)
  if (divisor === undefined || Number.isNaN(divisor)) throw refused('(BadValue) malformed mod, divisor not a number')
  if (divisor === 0) throw refused('(BadValue) divisor cannot be 0')
  return value => typeof value === 'number' && Number.isFinite(value) && Math.trunc(value) % divisor + 0 === (remainder || 0)
}

/** A value of one of some types, by their names or numbers. */
export function ofType(argument: unknown): ValueTest {
  const wanted = [argument].flat().map((name) => {
    const type = typeNamed(name)
    if (type === undefined) throw refused(`(BadValue) Unknown type name alias: ${encode(name)}`)
    return type
  })
  return (value) => {
    const type = typeName(value)
    return wanted.some(name => name === type || (name === 'number' && isNumberType(type)))
  }
}

const BIT_TESTS: Readonly<Record<string, (value: bigint, mask: bigint) => boolean>> = {
  $bitsAllSet: (value, mask) => (value & mask) === mask,
  $bitsAnySet: (value, mask) => (value & mask) !== 0n,
  $bitsAllClear: (value, mask) => (value & mask) === 0n,
  $bitsAnyClear: (value, mask) => (value & mask) !== mask,
}

/** A whole number with some bits set or clear, given as a mask or as their positions. Null for another operator. */
export function bitTest(operator: string, argument: unknown): ValueTest | null {
  const test = Object.hasOwn(BIT_TESTS, operator) ? BIT_TESTS[operator] : undefined
  if (!test) return null
  const mask = Array.isArray(argument)
    ? argument.reduce((bits: bigint, position) => bits | (1n << wholeNumber(operator, position)), 0n)
    : wholeNumber(operator, argument)
  return value => typeof value === 'number' && Number.isSafeInteger(value) && test(BigInt(value), mask)
}

function wholeNumber(operator: string, value: unknown): bigint {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw refused(`(BadValue) ${operator} takes whole numbers that are not negative`)
  return BigInt(Number(value))
}
