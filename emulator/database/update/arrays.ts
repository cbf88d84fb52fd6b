import { isOperatorObject, typeName } from '../bsonTypes.ts'
import { isPlainObject } from '../document.ts'
import { encode } from '../ejson.ts'
import { refused } from '../failures.ts'
import { compareValues, sameValue, sortBy } from '../order.ts'
import { compileQuery } from '../query/match.ts'
import { isPattern } from '../query/patterns.ts'
import type { Apply } from './fields.ts'
import type { Step } from './plan.ts'
import type { Draft } from './target.ts'
import { read, write } from './target.ts'

/** Operators on arrays. */
export const arrayOperators: Readonly<Record<string, Apply>> = {
  $push: push,
  $addToSet: addToSet,
  $pop: pop,
  $pull: pull,
  $pullAll: pullAll,
}

const CLAUSES = ['$each', '$slice', '$sort', '$position']

function push(document: Draft, { path, argument }: Step): void {
  const list = read(document, path)
  if (list !== undefined && !Array.isArray(list)) {
    throw refused(`The field '${path.join('.')}' must be an array but is of type ${typeName(list)} in document {_id: ${encode(document._id)}}`)
  }
  const { $each, $position, $sort, $slice } = pushClauses(argument)
  const position = $position ?? list?.length ?? 0
  const grown = [...list ?? []]
  // A position past the end is the end, one past the beginning the beginning.
  grown.splice(position < 0 ? Math.max(0, grown.length + position) : position, 0, ...$each)
  const sorted = $sort === undefined ? grown : sortedBy(grown, $sort)
  write(document, path, $slice === undefined ? sorted : $slice < 0 ? sorted.slice($slice) : sorted.slice(0, $slice))
}

interface PushClauses {
  $each: unknown[]
  $position?: number
  $sort?: unknown
  $slice?: number
}

function pushClauses(argument: unknown): PushClauses {
  if (!isPlainObject(argument) || !('$each' in argument)) return { $each: [argument] }
  const stranger = Object.keys(argument).find(name => !CLAUSES.includes(name))
  if (stranger !== undefined) throw refused(`Unrecognized clause in $push: ${stranger}`)
  const { $each, $position, $sort, $slice } = argument
  if (!Array.isArray($each)) throw refused(`The argument to $each in $push must be an array but it was of type: ${typeName($each)}`)
  return { $each, $position: wholeNumber('$position', $position), $sort, $slice: wholeNumber('$slice', $slice) }
}

function wholeNumber(clause: string, value: unknown): number | undefined {
  if (value === undefined) return undefined
  if (!Number.isInteger(value)) throw refused(`The value for ${clause} must be an integer value, not of type: ${typeName(value)}`)
  return Number(value)
}

/** `1` or `-1` sorts the elements themselves, an object sorts by their fields. */
function sortedBy(list: unknown[], order: unknown): unknown[] {
  if (order === 1 || order === -1) return [...list].sort((left, right) => compareValues(left, right) * order)
  if (!isPlainObject(order) || Object.keys(order).length === 0) throw refused('The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields')
  const fields = Object.entries(order).map(([field, direction]): [string, 1 | -1] => {
    if (direction !== 1 && direction !== -1) throw refused('The $sort element value must be either 1 or -1')
    return [field, direction]
  })
  return sortBy(list, fields, item => isPlainObject(item) ? item : {})
}

function addToSet(document: Draft, { path, argument }: Step): void {
  const list = read(document, path) ?? []
  if (!Array.isArray(list)) {
    throw refused(`Cannot apply $addToSet to non-array field. Field named '${path.at(-1)}' has non-array type ${typeName(list)}`)
  }
  const grown = [...list]
  for (const value of addedBy(argument)) if (!grown.some(other => sameValue(other, value))) grown.push(value)
  write(document, path, grown)
}

function addedBy(argument: unknown): unknown[] {
  if (!isPlainObject(argument) || Object.keys(argument)[0] !== '$each') return [argument]
  const stranger = Object.keys(argument).find(name => name !== '$each')
  if (stranger !== undefined) throw refused(`Found unexpected fields after $each in $addToSet: ${encode(argument)}`)
  if (!Array.isArray(argument.$each)) {
    throw refused(`The argument to $each in $addToSet must be an array but it was of type ${typeName(argument.$each)}`)
  }
  return argument.$each
}

function pop(document: Draft, { path, argument }: Step): void {
  if (argument !== 1 && argument !== -1) throw refused(`$pop expects 1 or -1, found: ${encode(argument)}`)
  const list = read(document, path)
  if (list === undefined) return
  if (!Array.isArray(list)) throw refused(`Path '${path.join('.')}' contains an element of non-array type '${typeName(list)}'`)
  write(document, path, argument === 1 ? list.slice(0, -1) : list.slice(1))
}

function pull(document: Draft, { path, argument }: Step): void {
  const goes = isPlainObject(argument) || isPattern(argument) ? conditionTest(argument) : (item: unknown) => sameValue(item, argument)
  pullWhere(document, path, '$pull', goes)
}

/** A condition on the elements themselves, or on the fields of elements that are objects. */
function conditionTest(condition: unknown): (item: unknown) => boolean {
  if (isPlainObject(condition) && !isOperatorObject(condition)) {
    const test = compileQuery(condition)
    return item => isPlainObject(item) && test(item)
  }
  const test = compileQuery({ items: { $elemMatch: isPattern(condition) ? { $regex: condition } : condition } })
  return item => test({ items: [item] })
}

function pullAll(document: Draft, { path, argument }: Step): void {
  if (!Array.isArray(argument)) throw refused(`$pullAll requires an array argument but was given a ${typeName(argument)}`)
  pullWhere(document, path, '$pullAll', item => argument.some(other => sameValue(item, other)))
}

function pullWhere(document: Draft, path: readonly string[], operator: string, goes: (item: unknown) => boolean): void {
  const list = read(document, path)
  if (list === undefined) return
  if (!Array.isArray(list)) throw refused(`Cannot apply ${operator} to a non-array value`)
  const kept = list.filter(item => !goes(item))
  if (kept.length < list.length) write(document, path, kept)
}
