import { typeName } from '../bsonTypes.ts'
import { isPlainObject } from '../document.ts'
import { refused } from '../failures.ts'

/** What an expression is computed from. */
export interface Scope {
  root: unknown
  variables: Readonly<Record<string, unknown>>
}

/** Computes a value; `undefined` is a missing one, which is less than null and leaves a field out. */
export type Evaluate = (scope: Scope) => unknown

/** Makes an expression ready, in which some more variables are known. */
export type Compile = (expression: unknown, ...variables: string[]) => Evaluate

/** Makes one operator ready with its argument. */
export type Operator = (argument: unknown, compile: Compile) => Evaluate

/** Values that stand for nothing: most operators answer null to them. */
export function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined
}

/** What counts as true: everything but false, null, 0 and a missing value. */
export function truthy(value: unknown): boolean {
  return value !== false && value !== 0 && !isNothing(value)
}

/** An operator of a number of values; a single one may come without a list around it. */
export function taking(name: string, counts: number | [least: number, most: number], compute: (...values: unknown[]) => unknown): Operator {
  const [least, most] = typeof counts === 'number' ? [counts, counts] : counts
  return (argument, compile) => {
    const parts = Array.isArray(argument) ? argument : [argument]
    if (parts.length < least || parts.length > most) throw wrongCount(name, counts, parts.length)
    const evaluates = parts.map(part => compile(part))
    return scope => compute(...evaluates.map(evaluate => evaluate(scope)))
  }
}

/** Like `taking`, but answers null as soon as one value is nothing. */
export function takingSome(name: string, counts: number | [number, number], compute: (...values: unknown[]) => unknown): Operator {
  return taking(name, counts, (...values) => values.some(isNothing) ? null : compute(...values))
}

/** The fields of an operator that takes an object. Refuses unknown ones and missing ones. */
export function optionsOf(name: string, argument: unknown, required: string[], optional: string[] = []): Record<string, unknown> {
  if (!isPlainObject(argument)) throw refused(`${name} only supports an object as its argument`)
  const stranger = Object.keys(argument).find(field => !required.includes(field) && !optional.includes(field))
  if (stranger !== undefined) throw refused(`Unrecognized argument to ${name}: ${stranger}`)
  const missing = required.find(field => !(field in argument))
  if (missing !== undefined) throw refused(`Missing '${missing}' parameter to ${name}`)
  return argument
}

/** Checks the name that an operator gives to a value. */
export function variableName(name: unknown): string {
  if (typeof name === 'string' && /^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name)) return name
  throw refused(`'${String(name)}' is not a valid name of a variable: it must begin with a small letter and have only letters, digits and _`)
}

/** Checks that a value is a number. */
export function numberOf(name: string, value: unknown): number {
  if (typeof value !== 'number') throw refused(`${name} only supports numeric types, not ${typeName(value)}`)
  return value
}

/** Checks that a value is a number without a fraction. */
export function wholeNumberOf(name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw refused(`${name} must be a whole number, found: ${typeName(value)}`)
  return value
}

/** Checks that a value is a text. */
export function stringOf(name: string, value: unknown): string {
  if (typeof value !== 'string') throw refused(`${name} requires a string argument, found: ${typeName(value)}`)
  return value
}

/** Checks that a value is an array. */
export function listOf(name: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw refused(`${name} must be an array, but is ${typeName(value)}`)
  return value
}

function wrongCount(name: string, counts: number | [number, number], given: number): Error {
  const wanted = typeof counts === 'number'
    ? `exactly ${counts} arguments`
    : counts[1] === Infinity ? `at least ${counts[0]} arguments` : `at least ${counts[0]} arguments, and at most ${counts[1]}`
  return refused(`Expression ${name} takes ${wanted}. ${given} were passed in.`)
}
