import { isPlainObject } from '../document.ts'

/** One value that a path leads to. `undefined` stands for a missing field. */
export interface PathValue {
  value: unknown
  /** The outermost array that was searched on the way, and which of its elements the value belongs to. */
  array?: string
  index?: number
}

/**
 * All values that a dotted path leads to in a document, through arrays of objects as well.
 *
 * With `expand` an array at the end counts as its elements and then as a whole, as query operators see it; else only as a
 * whole. Objects without the field yield `undefined`; scalars in arrays on the way yield nothing.
 */
export function valuesAt(document: unknown, path: string, expand: boolean): unknown[] {
  // By far the most paths are plain names, and most values are scalars.
  if (!path.includes('.') && isPlainObject(document)) {
    const value = fieldOf(document, path)
    return expand && Array.isArray(value) ? [...value, value] : [value]
  }
  const found: PathValue[] = []
  collect({ value: document }, path.split('.'), 0, expand, found)
  return found.map(({ value }) => value)
}

/** Like `valuesAt`, but tells for each value which element of which array it comes from. */
export function placedValuesAt(document: unknown, path: string, expand: boolean): PathValue[] {
  const found: PathValue[] = []
  collect({ value: document }, path.split('.'), 0, expand, found)
  return found
}

/** A field of an object itself, never one that it inherits. */
export function fieldOf(object: Record<string, unknown>, field: string): unknown {
  return Object.hasOwn(object, field) ? object[field] : undefined
}

/**
 * Which element of an array a query matched, given what it matched. Several arrays may have matched; the asked one comes
 * first, then the last of the others, as in the database.
 */
export function matchedElementOf(array: string, matched: readonly PathValue[]): number | undefined {
  const places = matched.filter(({ index }) => index !== undefined)
  return (places.filter(place => place.array === array).at(-1) ?? places.at(-1))?.index
}

function collect(from: PathValue, fields: string[], start: number, expand: boolean, found: PathValue[]): void {
  let { value } = from
  let at = start
  while (at < fields.length && isPlainObject(value)) value = fieldOf(value, fields[at++] as string)
  if (at === fields.length) {
    if (expand && Array.isArray(value)) for (const [index, item] of value.entries()) found.push(placed(from, item, fields, at, index))
    found.push({ ...from, value })
  } else if (Array.isArray(value)) {
    collectInArray(from, value, fields, at, expand, found)
  } else {
    found.push({ ...from, value: undefined })
  }
}

/** In the middle of a path every object of an array is searched; a number in the path may also mean a position. */
function collectInArray(from: PathValue, list: unknown[], fields: string[], at: number, expand: boolean, found: PathValue[]): void {
  const position = /^\d+$/.test(fields[at] as string) ? Number(fields[at]) : -1
  for (const [index, item] of list.entries()) {
    const here = placed(from, item, fields, at, index)
    if (isPlainObject(item)) collect(here, fields, at, expand, found)
    if (index !== position) continue
    // An element that is named by its position is taken as it is, even when it is an array.
    if (at + 1 === fields.length) found.push({ ...from, value: item })
    else if (isPlainObject(item) || Array.isArray(item)) collect({ ...from, value: item }, fields, at + 1, expand, found)
  }
}

function placed(from: PathValue, value: unknown, fields: string[], at: number, index: number): PathValue {
  return from.index === undefined ? { value, array: fields.slice(0, at).join('.'), index } : { ...from, value }
}
