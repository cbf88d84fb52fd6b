import { isNumberType, LONG_END, typeName } from '../bsonTypes.ts'
import { isPlainObject } from '../document.ts'
import { encode } from '../ejson.ts'
import { refused } from '../failures.ts'
import { compareValues } from '../order.ts'
import type { Step } from './plan.ts'
import { renamedTo } from './plan.ts'
import type { Draft } from './target.ts'
import { crossesArray, read, remove, write } from './target.ts'

/** Applies one operator at one concrete path. */
export type Apply = (document: Draft, step: Step, nowMs: number) => void

/** Operators on single values. */
export const fieldOperators: Readonly<Record<string, Apply>> = {
  $set: (document, { path, argument }) => write(document, path, argument),
  $setOnInsert: (document, { path, argument }) => write(document, path, argument),
  $unset: (document, { path }) => remove(document, path),
  $inc: (document, step) => calculate(document, step, 'increment', (value, by) => value + by),
  $mul: (document, step) => calculate(document, step, 'multiply', (value, by) => value * by),
  $min: (document, step) => replaceIf(document, step, difference => difference > 0),
  $max: (document, step) => replaceIf(document, step, difference => difference < 0),
  $rename: rename,
  $bit: changeBits,
  $currentDate: setDate,
}

type Combine = (value: number, by: number) => number

function calculate(document: Draft, { operator, path, argument }: Step, verb: string, combine: Combine): void {
  if (typeof argument !== 'number') throw refused(`Cannot ${verb} with non-numeric argument: ${encode({ [path.join('.')]: argument })}`)
  const value = read(document, path)
  if (value !== undefined && typeof value !== 'number') throw notNumeric(document, operator, path, value)
  // A missing field counts as 0. Adding 0 makes a negative zero a plain one.
  const result = combine(value ?? 0, argument) + 0
  const whole = Number.isInteger(value ?? 0) && Number.isInteger(argument)
  if (whole && Math.abs(result) >= LONG_END) {
    throw refused(`Failed to apply ${operator} operations to current value (${encode(value)}) for document {_id: ${encode(document._id)}}`)
  }
  write(document, path, result)
}

function notNumeric(document: Draft, operator: string, path: readonly string[], value: unknown): Error {
  return refused(`Cannot apply ${operator} to a value of non-numeric type. `
    + `{_id: ${encode(document._id)}} has the field '${path.at(-1)}' of non-numeric type ${typeName(value)}`)
}

function replaceIf(document: Draft, { path, argument }: Step, isWorse: (difference: number) => boolean): void {
  const value = read(document, path)
  if (value === undefined || isWorse(compareValues(value, argument))) write(document, path, argument)
}

function rename(document: Draft, step: Step): void {
  const { path } = step
  const target = renamedTo(step)
  if ([...path, ...target].some(field => field.startsWith('$'))) throw refused(`The source field for $rename may not be dynamic: ${path.join('.')}`)
  if (crossesArray(document, path)) throw refused(`The source field cannot be an array element, '${path.join('.')}' in doc with _id: ${encode(document._id)}`)
  const value = read(document, path)
  if (value === undefined) return
  if (crossesArray(document, target)) {
    throw refused(`The destination field cannot be an array element, '${target.join('.')}' in doc with _id: ${encode(document._id)}`)
  }
  remove(document, path)
  write(document, target, value)
}

const BITS: Readonly<Record<string, (value: bigint, mask: bigint) => bigint>> = {
  and: (value, mask) => value & mask,
  or: (value, mask) => value | mask,
  xor: (value, mask) => value ^ mask,
}

function changeBits(document: Draft, { path, argument }: Step): void {
  if (!isPlainObject(argument) || Object.keys(argument).length === 0) {
    throw refused(`The $bit modifier is not compatible with a ${typeName(argument)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`)
  }
  const value = read(document, path)
  if (value !== undefined && !isWhole(value)) {
    throw refused(`Cannot apply $bit to a value of non-integral type.{_id: ${encode(document._id)}} `
      + `has the field ${path.at(-1)} of non-integer type ${typeName(value)}`)
  }
  let bits = BigInt(value ?? 0)
  for (const [name, mask] of Object.entries(argument)) {
    const change = Object.hasOwn(BITS, name) ? BITS[name] : undefined
    if (!change) throw refused(`The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: ${encode(argument)}`)
    if (!isWhole(mask)) throw refused(`The $bit modifier field must be an Integer(32/64 bit); a '${typeName(mask)}' is not supported here: ${encode(argument)}`)
    bits = change(bits, BigInt(mask))
  }
  write(document, path, Number(BigInt.asIntN(64, bits)))
}

function isWhole(value: unknown): value is number {
  return isNumberType(typeName(value)) && Number.isSafeInteger(value)
}

function setDate(document: Draft, { path, argument }: Step, nowMs: number): void {
  const type = isPlainObject(argument) ? argument.$type : argument
  if (type !== true && type !== false && type !== 'date') {
    throw refused(`The '$type' string field is required to be 'date': {$currentDate: {field: {$type: 'date'}}}, not ${encode(argument)}`)
  }
  write(document, path, new Date(nowMs))
}
