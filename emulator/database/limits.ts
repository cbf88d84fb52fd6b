import { calculateObjectSize } from 'bson'
import type { IndexDeclaration } from './database.ts'
import type { Document } from './document.ts'
import { isPlainObject } from './document.ts'
import { invalidRequest, refused } from './failures.ts'
import { isPattern } from './query/patterns.ts'

/** One document, as BSON; documented by MongoDB. */
export const DOCUMENT_MAX_BYTES = 16 * 1024 * 1024
/** Documented by MongoDB. */
export const NESTING_MAX = 100
/** Besides the one of `_id`; the quota of an environment. */
export const INDEXES_MAX = 20

const COLLECTION_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/
const COLLECTION_NAME_MAX = 64
/** Fields that name another document. */
const REFERENCE_FIELDS = ['$ref', '$id', '$db']

const INT_MAX = 2 ** 31 - 1

/** Refuses a name that no collection can have. Assumed: the letters, digits, `_` and `-` that the console accepts. */
export function assertCollectionName(name: string): void {
  if (name.length <= COLLECTION_NAME_MAX && COLLECTION_NAME.test(name)) return
  throw invalidRequest(`the collection name ${JSON.stringify(name)} is not valid: `
    + `it must have at most ${COLLECTION_NAME_MAX} letters, digits, _ and -, and begin with a letter or a digit`)
}

/** Refuses an index that a collection cannot have beside those it has. */
export function assertIndexDeclaration({ name, unique, keys }: IndexDeclaration, present: readonly IndexDeclaration[]): void {
  if (present.length >= INDEXES_MAX) throw refused(`A collection can have at most ${INDEXES_MAX} indexes: leave out ${name} or drop another.`)
  if (keys.length === 0) throw refused(`The index ${name} needs a field.`)
  if (unique && keys.some(({ direction }) => direction === '2dsphere')) throw refused(`The index ${name} cannot be both unique and 2dsphere.`)
}

/**
 * Refuses a document that cannot be stored: its id, the names of its fields, how deep it goes, and how large it is. Names with
 * a null byte are no EJSON in the first place.
 */
export function assertStorable(document: Document): void {
  const { _id: id } = document
  if (Array.isArray(id) || isPattern(id)) throw refused(`The '_id' value cannot be of type ${Array.isArray(id) ? 'array' : 'regex'}`)
  const bytes = measure(document, 1, '')
  if (bytes > DOCUMENT_MAX_BYTES) throw refused(`(BSONObjectTooLarge) BSONObj size: ${bytes} is invalid. Size must be between 0 and ${DOCUMENT_MAX_BYTES}`)
}

/** Bytes of an object or an array as BSON. */
function measure(value: Document | unknown[], depth: number, path: string): number {
  if (depth > NESTING_MAX) throw refused(`Document exceeds maximum nested object depth of ${NESTING_MAX}`)
  let bytes = 5
  for (const [field, inner] of Object.entries(value)) {
    assertFieldName(field, path)
    bytes += 2 + Buffer.byteLength(field) + sizeOf(inner, depth, path === '' ? field : `${path}.${field}`)
  }
  return bytes
}

function sizeOf(value: unknown, depth: number, path: string): number {
  switch (typeof value) {
    case 'undefined': return 0
    case 'boolean': return 1
    case 'number': return Number.isInteger(value) && Math.abs(value) <= INT_MAX ? 4 : 8
    case 'string': return 5 + Buffer.byteLength(value)
  }
  if (value === null) return 0
  if (value instanceof Date) return 8
  if (Array.isArray(value) || isPlainObject(value)) return measure(value, depth + 1, path)
  return calculateObjectSize({ v: value }) - 8
}

function assertFieldName(field: string, path: string): void {
  if (field === '') throw refused(`An empty field name is not valid for storage${path && `, in '${path}'`}.`)
  if (!field.startsWith('$') || REFERENCE_FIELDS.includes(field)) return
  throw refused(`The dollar ($) prefixed field '${field}' in '${path === '' ? field : `${path}.${field}`}' is not valid for storage.`)
}
