import type { Document } from '../document.ts'
import { isPlainObject } from '../document.ts'
import { encode } from '../ejson.ts'
import { refused } from '../failures.ts'
import { fieldOf } from '../query/paths.ts'

/** A document in the making, which nobody else sees yet. */
export type Draft = Record<string, unknown>

/** More missing elements than this are not filled up with null; MongoDB's limit. */
const BACKFILL_MAX = 1_500_000

/** The value at a concrete path; `undefined` when there is none. Never looks into the elements of an array by name. */
export function read(document: Document, path: readonly string[]): unknown {
  let value: unknown = document
  for (const field of path) {
    if (Array.isArray(value)) value = isPosition(field) ? value[Number(field)] : undefined
    else value = isPlainObject(value) ? fieldOf(value, field) : undefined
  }
  return value
}

/** Puts a value at a path and creates the objects around it. Refuses a path that leads through a scalar. */
export function write(document: Draft, path: readonly string[], value: unknown): void {
  const container = containerOf(document, path)
  const field = path.at(-1) as string
  if (Array.isArray(container)) fill(container, Number(field))
  put(container, field, value)
}

/** Removes a field; an element of an array becomes null, so that the others keep their places. */
export function remove(document: Draft, path: readonly string[]): void {
  const container = read(document, path.slice(0, -1))
  const field = path.at(-1) as string
  if (Array.isArray(container)) {
    if (isPosition(field) && Number(field) < container.length) container[Number(field)] = null
  } else if (isPlainObject(container)) {
    delete container[field]
  }
}

/** True when a path leads into an array, or through one. */
export function crossesArray(document: Document, path: readonly string[]): boolean {
  return path.some((_, at) => Array.isArray(read(document, path.slice(0, at))))
}

/** Walks to the object or the array that holds the last step of a path, and makes what is missing of it. */
function containerOf(document: Draft, path: readonly string[]): Draft | unknown[] {
  let container: Draft | unknown[] = document
  for (const [at, field] of path.entries()) {
    if (Array.isArray(container) && !isPosition(field)) throw unreachable(field, path[at - 1], container)
    if (at === path.length - 1) break
    let next: unknown = read(container as Draft, [field])
    if (next === undefined) {
      next = {}
      if (Array.isArray(container)) fill(container, Number(field))
      put(container, field, next)
    }
    if (!isPlainObject(next) && !Array.isArray(next)) throw unreachable(path[at + 1] as string, field, next)
    container = next
  }
  return container
}

function unreachable(field: string, parent: string | undefined, element: unknown): Error {
  return refused(`Cannot create field '${field}' in element {${parent}: ${encode(element)}}`)
}

function fill(list: unknown[], position: number): void {
  if (position - list.length > BACKFILL_MAX) throw refused(`can't backfill more than ${BACKFILL_MAX} elements`)
  while (list.length < position) list.push(null)
}

/** Unlike an assignment, this makes a field of `__proto__` like of any other name. */
function put(container: Draft | unknown[], field: string, value: unknown): void {
  Object.defineProperty(container, field, { value, writable: true, enumerable: true, configurable: true })
}

/** True for the part of a path that can be a place in an array. */
export function isPosition(field: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(field)
}
