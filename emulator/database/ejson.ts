import { EJSON } from 'bson'
import type { Document } from './document.ts'
import { isPlainObject, mapValue } from './document.ts'
import { invalidRequest } from './failures.ts'

const SERVER_DATE = '$tcb_server_date'

/**
 * Reads an EJSON string of the SDK.
 *
 * Numbers become plain numbers, as the SDK knows no other. A server date is resolved wherever it stands, in data and in
 * queries; inside `_.set` the SDK already lost the marker, and `{offset}` stays what it is.
 */
export function decode(text: string, nowMs: number): unknown {
  return mapValue(parse(text), value => toNative(value, nowMs))
}

/** Reads an EJSON string that must hold an object. */
export function decodeObject(text: string, nowMs: number): Document {
  const value = decode(text, nowMs)
  if (!isPlainObject(value)) throw invalidRequest('an object is expected')
  return value
}

/** Writes relaxed EJSON, the form of every reply and of the file. What is plain JSON is written several times faster as such. */
export function encode(value: unknown): string {
  return isJson(value) ? JSON.stringify(value) : EJSON.stringify(value, { relaxed: true })
}

/** Reads what `encode` wrote. Most documents hold nothing that needs EJSON, and opening a large file is four times faster so. */
export function decodeStored(text: string): Document {
  if (!text.includes('"$')) return JSON.parse(text) as Document
  return mapValue(EJSON.parse(text), value => toNative(value, 0)) as Document
}

/** True when EJSON has nothing to say about a value that JSON does not say in the same letters. */
function isJson(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean': return true
    case 'number': return Number.isFinite(value) && !Object.is(value, -0)
    case 'object': return value === null || (Array.isArray(value) ? value.every(isJson) : isPlainObject(value) && holdsJson(value))
    default: return false
  }
}

/** A loop over the names alone, since every document of every reply comes through here. */
function holdsJson(fields: Record<string, unknown>): boolean {
  for (const name in fields) if (!isJson(fields[name])) return false
  return true
}

function parse(text: string): unknown {
  try {
    return EJSON.parse(text.includes('"$regularExpression"') ? withKnownOptions(text) : text)
  } catch (error) {
    throw invalidRequest(`not EJSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The SDK sends every flag of a JavaScript pattern. The database leaves out those that it does not know, such as `g`. */
function withKnownOptions(text: string): string {
  return JSON.stringify(JSON.parse(text, (field, value: unknown) => {
    if (field !== '$regularExpression' || !isPlainObject(value) || typeof value.options !== 'string') return value
    return { ...value, options: value.options.replace(/[^imsx]/g, '') }
  }))
}

function toNative(value: unknown, nowMs: number): unknown {
  // The SDK knows one zero only.
  if (value === 0) return 0
  if (value instanceof Date && Number.isNaN(value.getTime())) throw invalidRequest('not a date')
  if (!isPlainObject(value)) return value
  const serverDate = value[SERVER_DATE]
  return isPlainObject(serverDate) ? new Date(nowMs + Number(serverDate.offset)) : value
}
