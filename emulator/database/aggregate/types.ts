import { ObjectId } from 'bson'
import { tagOf, typeName } from '../bsonTypes.ts'
import { encode } from '../ejson.ts'
import { refused } from '../failures.ts'
import { parseDate } from './dateText.ts'
import { dateOf } from './dates.ts'
import type { Compile, Evaluate, Operator } from './operator.ts'
import { isNothing, optionsOf, taking, takingSome } from './operator.ts'
import { asText } from './strings.ts'

const INT_LIMIT = 2 ** 31
const LONG_LIMIT = 2 ** 63

/** What a value can be turned into, by the name of the type. */
const conversions: Readonly<Record<string, (value: unknown) => unknown>> = {
  bool: value => value !== false && value !== 0,
  date: toDate,
  double: value => toNumber('double', value),
  int: value => toWhole('int', value, INT_LIMIT),
  long: value => toWhole('long', value, LONG_LIMIT),
  string: value => typeof value === 'boolean' ? String(value) : asText(value),
  objectId: toObjectId,
}

/** Operators that ask for types and change them; the SDK has no names for them, but passes them on. */
export const types: Readonly<Record<string, Operator>> = {
  $type: taking('$type', 1, typeName),
  $convert: convert,
  ...Object.fromEntries(Object.entries(conversions).map(([type, change]) => {
    const name = `$to${type.charAt(0).toUpperCase()}${type.slice(1)}`
    return [name, takingSome(name, 1, change)]
  })),
}

function convert(argument: unknown, compile: Compile): Evaluate {
  const { input, to, onError, onNull } = optionsOf('$convert', argument, ['input', 'to'], ['onError', 'onNull'])
  const change = typeof to === 'string' && Object.hasOwn(conversions, to) ? conversions[to] : undefined
  if (!change) throw refused(`Unknown type name: ${encode(to)}`)
  const [value, otherwise, failed] = [compile(input), compile(onNull ?? null), compile(onError)]
  return (scope) => {
    const given = value(scope)
    if (isNothing(given)) return otherwise(scope)
    try {
      return change(given)
    } catch (error) {
      if (onError === undefined) throw error
      return failed(scope)
    }
  }
}

function toNumber(type: string, value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Date && type !== 'int') return value.getTime()
  if (typeof value !== 'string') throw refused(`Unsupported conversion from ${typeName(value)} to ${type} in $convert with no onError value`)
  if (value.trim() !== value || value === '' || Number.isNaN(Number(value))) {
    throw refused(`Failed to parse number '${value}' in $convert with no onError value: Did not consume whole string.`)
  }
  return Number(value)
}

function toWhole(type: string, value: unknown, limit: number): number {
  const number = toNumber(type, value)
  if (typeof value === 'string' && !/^[+-]?\d+$/.test(value)) {
    throw refused(`Failed to parse number '${value}' in $convert with no onError value: Did not consume whole string.`)
  }
  if (!Number.isFinite(number)) throw refused('Attempt to convert NaN or infinity value to integer type in $convert with no onError value')
  const whole = Math.trunc(number) + 0
  if (whole >= limit || whole < -limit) throw refused(`Conversion would overflow target type in $convert with no onError value: ${number}`)
  return whole
}

function toDate(value: unknown): Date {
  if (typeof value === 'string') return parseDate(value, null, null)
  return typeof value === 'number' ? new Date(Math.trunc(value)) : dateOf(value)
}

function toObjectId(value: unknown): unknown {
  if (tagOf(value) === 'ObjectId') return value
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value)
  throw refused(`Failed to parse objectId ${encode(value)} in $convert with no onError value: it must have 24 hexadecimal digits`)
}
