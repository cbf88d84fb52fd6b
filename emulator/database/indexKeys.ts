import type { Document } from './document.ts'
import { isPlainObject } from './document.ts'
import { encode } from './ejson.ts'
import { refused } from './failures.ts'
import { fieldOf } from './query/paths.ts'

/** One value a field of the index; `undefined` stands for an empty array. */
export type IndexKey = readonly unknown[]

/** How far the way to one field of the index is gone. */
interface Step {
  value: unknown
  /** What is left of the path. */
  rest: readonly string[]
  /** True when the value is what the index holds, even if it is an array: only one array is opened on the way. */
  final: boolean
}

/**
 * The keys under which a document stands in an index of some fields.
 *
 * A document with an array stands there once for each distinct element, and once under `undefined` when the array is empty;
 * a missing field counts as null. Refuses a document with arrays in two fields, as the database does.
 */
export function indexKeysOf(document: Document, fields: readonly string[]): IndexKey[] {
  return expand(fields.map(field => walk(document, field.split('.'))))
}

function expand(steps: Step[]): IndexKey[] {
  const arrays = steps.filter(({ value, final }) => !final && Array.isArray(value)).map(({ value }) => value as unknown[])
  const [array] = arrays
  if (!array) return [steps.map(({ value, rest, final }) => final ? value : rest.length === 0 ? value ?? null : null)]
  if (arrays.some(other => other !== array)) throw refused('cannot index parallel arrays')
  const inside = (item: unknown) => expand(steps.map(step => step.value === array && !step.final ? enter(step, item) : step))
  return distinct(array.length === 0 ? inside(undefined) : array.flatMap(inside))
}

/** Goes down into objects, up to the end of the path, an array or a scalar. */
function walk(value: unknown, path: readonly string[]): Step {
  let at = 0
  while (at < path.length && isPlainObject(value)) value = fieldOf(value, path[at++] as string)
  return { value, rest: path.slice(at), final: false }
}

/** Goes into one element of the array that a path has reached; `undefined` when there is none. */
function enter({ value, rest }: Step, item: unknown): Step {
  const [next, ...further] = rest
  if (next === undefined) return { value: item, rest, final: true }
  // A number in a path means a position, the same for every element.
  if (/^\d+$/.test(next)) return walk((value as unknown[])[Number(next)], further)
  return walk(isPlainObject(item) ? item : undefined, rest)
}

/** So that `['a', 'a']` stands under `a` once. */
function distinct(keys: IndexKey[]): IndexKey[] {
  if (keys.length === 1) return keys
  return [...new Map(keys.map(key => [encode(key.map(value => value === undefined ? { $undefined: true } : value)), key])).values()]
}
