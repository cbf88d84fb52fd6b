import type { Document } from './document.ts'
import { isPlainObject } from './document.ts'
import { encode } from './ejson.ts'
import { refused } from './failures.ts'

/** Operators that create a missing path, and therefore need every step of it to be an object or an array. */
const CREATING = new Set(['$set', '$inc', '$mul', '$min', '$max', '$push', '$addToSet', '$currentDate', '$bit'])
const ARITHMETIC: Readonly<Record<string, string>> = { $inc: 'increment', $mul: 'multiply' }
const ARRAYS = new Set(['$push', '$addToSet', '$pull', '$pullAll', '$pop'])

/**
 * Refuses updates that the database refuses because of the types they meet.
 *
 * The query engine underneath ignores them without a word, and an update that silently does nothing hides a bug.
 */
export function assertApplicable(document: Document, operators: Document): void {
  for (const [operator, fields] of Object.entries(operators)) {
    if (!isPlainObject(fields)) throw refused(`Modifiers operate on fields but we found type ${typeName(fields)} instead: ${operator}`)
    for (const [path, argument] of Object.entries(fields)) {
      // Which element a positional path means is known only while the update runs.
      if (!path.includes('$')) assertFieldApplicable(document, { operator, path, argument })
    }
  }
}

interface FieldUpdate {
  operator: string
  path: string
  argument: unknown
}

function assertFieldApplicable(document: Document, { operator, path, argument }: FieldUpdate): void {
  const verb = ARITHMETIC[operator]
  if (verb && typeof argument !== 'number') throw refused(`Cannot ${verb} with non-numeric argument: ${encode({ [path]: argument })}`)
  const current = valueAt(document, path, CREATING.has(operator))
  if (current === undefined) return
  const field = path.split('.').at(-1)
  if (verb && typeof current !== 'number') {
    throw refused(`Cannot apply ${operator} to a value of non-numeric type. `
      + `{_id: ${encode(document._id)}} has the field '${field}' of non-numeric type ${typeName(current)}`)
  }
  if (ARRAYS.has(operator) && !Array.isArray(current)) {
    throw refused(`The field '${path}' must be an array but is of type ${typeName(current)} in document {_id: ${encode(document._id)}}`)
  }
}

/** The value at a path, or undefined. Throws where an operator would have to create a field inside a scalar. */
function valueAt(document: Document, path: string, creating: boolean): unknown {
  let value: unknown = document
  let parent = ''
  for (const field of path.split('.')) {
    if (value === undefined) return undefined
    const open = isPlainObject(value) || (Array.isArray(value) && /^\d+$/.test(field))
    if (!open && creating) throw refused(`Cannot create field '${field}' in element {${parent}: ${encode(value)}}`)
    value = open ? (value as Record<string, unknown>)[field] : undefined
    parent = field
  }
  return value
}

function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (value instanceof Date) return 'date'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'number' ? 'double' : typeof value
}
