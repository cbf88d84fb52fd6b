import { encode } from '../ejson.ts'

/** A text that is the same for values which the database takes for the same. */
export function keyOfValue(value: unknown): string {
  if (typeof value === 'string') return `"${value}`
  return value === undefined ? 'missing' : encode([value])
}
