import { EJSON } from 'bson'

/** A document as it is kept in memory. Never changed in place: an update makes a new one and swaps it in. */
export type Document = Readonly<Record<string, unknown>>

/** A document together with the place that natural order gives it. */
export interface StoredDocument {
  key: string
  sequence: number
  document: Document
}

/** The name of a document inside its collection. Keeps the number 1 and the string "1" apart. */
export function keyOf(id: unknown): string {
  return typeof id === 'string' ? JSON.stringify(id) : EJSON.stringify(id)
}

/** True for `{…}`, false for arrays, dates, regular expressions and BSON types. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Copies objects and arrays at every depth. Dates and BSON values are shared, since nothing changes them. */
export function cloneValue<T>(value: T): T {
  return mapValue(value, leaf => leaf) as T
}

/** Rebuilds a value bottom up, with `change` applied to every leaf and every plain object. */
export function mapValue(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(item => mapValue(item, change))
  if (!isPlainObject(value)) return change(value)
  // Unlike an assignment, fromEntries makes a field of `__proto__` like of any other name.
  return change(Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, mapValue(inner, change)])))
}
