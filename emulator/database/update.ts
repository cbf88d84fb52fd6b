import { update } from 'mingo/updater'
import type { Document } from './document.ts'
import { cloneValue, isPlainObject } from './document.ts'
import { refused, refusing } from './failures.ts'
import { assertApplicable } from './update-rules.ts'

/** Applies update operators to a copy. The query tells positional operators which element matched. */
export function updated(document: Document, operators: Document, query: Document): Document {
  const stranger = Object.keys(operators).find(name => !name.startsWith('$'))
  if (stranger !== undefined) throw refused(`Unknown modifier: ${stranger}`)
  assertApplicable(document, operators)
  const copy = cloneValue(document) as Record<string, unknown>
  return refusing(() => {
    const missing = missingPushTargets(copy, operators)
    if (Object.keys(missing).length > 0) update(copy, { $set: missing })
    update(copy, cloneValue(operators), [], positional(operators) ? query : {}, { cloneMode: 'deep' })
    return copy
  })
}

/** A whole new document in the place of an old one. */
export function replaced(id: unknown, replacement: Document): Document {
  const operator = Object.keys(replacement).find(name => name.startsWith('$'))
  if (operator !== undefined) throw refused(`The dollar ($) prefixed field '${operator}' is not valid for storage.`)
  return { ...replacement, _id: id }
}

/** The engine forgets `$slice` and `$sort` when it creates the array, so `$push` always finds one. */
function missingPushTargets(document: Document, operators: Document): Record<string, unknown[]> {
  const pushes = isPlainObject(operators.$push) ? Object.entries(operators.$push) : []
  const shaped = pushes.filter(([path, argument]) => isPlainObject(argument) && '$each' in argument && !path.includes('$'))
  return Object.fromEntries(shaped.filter(([path]) => !reaches(document, path)).map(([path]) => [path, []]))
}

function reaches(document: Document, path: string): boolean {
  const value = path.split('.').reduce<unknown>((inner, field) => (inner as Document | undefined)?.[field], document)
  return value !== undefined
}

function positional(operators: Document): boolean {
  return Object.values(operators).some(fields => isPlainObject(fields) && Object.keys(fields).some(path => path.includes('$')))
}
