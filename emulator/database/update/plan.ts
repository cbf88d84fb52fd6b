import { typeName } from '../bsonTypes.ts'
import type { Document } from '../document.ts'
import { isPlainObject } from '../document.ts'
import { encode } from '../ejson.ts'
import { refused } from '../failures.ts'
import { compareText } from '../order.ts'

/** One operator on one path. */
export interface Step {
  operator: string
  path: string[]
  argument: unknown
}

const OPERATORS = new Set([
  '$set', '$unset', '$inc', '$mul', '$min', '$max', '$rename', '$bit', '$currentDate', '$setOnInsert',
  '$push', '$addToSet', '$pop', '$pull', '$pullAll',
])

/**
 * Reads update operators into steps, in the order in which the database takes them: by their paths.
 *
 * Refuses unknown operators, paths that cannot be, and two operators that would meet.
 */
export function planOf(operators: Document): Step[] {
  const steps = Object.entries(operators).flatMap(([operator, fields]) => stepsOf(operator, fields))
  assertNoConflict(steps)
  return steps.sort((left, right) => comparePaths(left.path, right.path))
}

/** The new name that a `$rename` gives. */
export function renamedTo({ path, argument }: Step): string[] {
  if (typeof argument !== 'string') throw refused(`The 'to' field for $rename must be a string: ${path.join('.')}: ${encode(argument)}`)
  return parsePath(argument)
}

function stepsOf(operator: string, fields: unknown): Step[] {
  if (!operator.startsWith('$') || !OPERATORS.has(operator)) throw refused(`Unknown modifier: ${operator}`)
  if (!isPlainObject(fields)) {
    throw refused(`Modifiers operate on fields but we found type ${typeName(fields)} instead. `
      + `For example: {$mod: {<field>: ...}} not {${operator}: ${encode(fields)}}`)
  }
  if (Object.keys(fields).length === 0) throw refused(`'${operator}' is empty. You must specify a field like so: {${operator}: {<field>: ...}}`)
  return Object.entries(fields).map(([path, argument]) => ({ operator, path: parsePath(path), argument }))
}

function parsePath(path: string): string[] {
  if (path === '') throw refused('An empty update path is not valid.')
  const fields = path.split('.')
  if (fields.includes('')) throw refused(`The update path '${path}' contains an empty field name, which is not allowed.`)
  const [first = ''] = fields
  if (/^\$(?:\[|$)/.test(first)) throw refused(`Cannot have array filter identifier or positional operator as the first step of the path '${path}'`)
  const strange = fields.find(field => field.startsWith('$') && field !== '$' && !/^\$\[.*\]$/.test(field) && !['$ref', '$id', '$db'].includes(field))
  if (strange !== undefined) throw refused(`The dollar ($) prefixed field '${strange}' in '${path}' is not valid for storage.`)
  if (fields.filter(field => field === '$').length > 1) throw refused(`Too many positional (i.e. '$') elements found in path '${path}'`)
  return fields
}

/** No path may be another one, nor lie within it. */
function assertNoConflict(steps: Step[]): void {
  const paths = steps.flatMap(step => step.operator === '$rename' ? [step.path, renamedTo(step)] : [step.path])
  const sorted = paths.sort(comparePaths)
  for (const [at, path] of sorted.entries()) {
    const previous = sorted[at - 1]
    if (previous && previous.every((field, place) => field === path[place])) {
      throw refused(`Updating the path '${path.join('.')}' would create a conflict at '${previous.join('.')}'`)
    }
  }
}

function comparePaths(left: string[], right: string[]): number {
  for (const [at, field] of left.entries()) {
    const other = right[at]
    if (other === undefined) return 1
    const difference = compareText(field, other)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
