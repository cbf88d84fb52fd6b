import { EJSON } from 'bson'
import recorded from './recorded.json'

type Fields = Record<string, unknown>

export interface Recording {
  name: string
  request: { method: string, url: string, contentType: string, body: Fields & { action: string } }
  response: { body: Fields & { code?: string, message?: string } }
}

/** Requests as the real SDK sent them, and replies in the shapes that it accepts, read in its source. */
export const recordings: readonly Recording[] = recorded

export const HEX_ID = /\b[0-9a-f]{32}\b/g

/** Notes which id of one answer stands where another has its own. */
export function pairIds(from: unknown, to: unknown, names: Map<string, string>): void {
  const found = JSON.stringify(to).match(HEX_ID) ?? []
  for (const [position, id] of (JSON.stringify(from).match(HEX_ID) ?? []).entries()) names.set(id, found[position] ?? id)
}

/** Puts other ids in the place of those in a value, at every depth and inside its strings. */
export function renamed(value: unknown, names: Map<string, string>): unknown {
  if (typeof value === 'string') return value.replace(HEX_ID, id => names.get(id) ?? id)
  if (Array.isArray(value)) return value.map(item => renamed(item, names))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, renamed(inner, names)]))
}

/** The documents of an answer as plain values. */
export function documentsOf(answer: Fields): unknown[] {
  return (answer.data as { list: string[] }).list.map(text => EJSON.parse(text) as unknown)
}
