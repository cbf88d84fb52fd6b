import { isDeepStrictEqual } from 'node:util'
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
    update(copy, withoutKnownMembers(copy, cloneValue(operators)), [], positional(operators) ? query : {}, { cloneMode: 'deep' })
    unsignZeros(copy, operators)
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

/** Zero times a negative number is the only zero that the SDK knows, not the negative one of JavaScript. */
function unsignZeros(document: Document, { $mul }: Document): void {
  const paths = isPlainObject($mul) ? Object.keys($mul) : []
  for (const path of paths.filter(path => valueAt(document, path) === 0)) {
    const [parent, field] = [path.split('.').slice(0, -1), path.split('.').at(-1) ?? '']
    const holder = parent.length > 0 ? valueAt(document, parent.join('.')) : document
    ;(holder as Record<string, unknown>)[field] = 0
  }
}

/** The engine takes doubles out of a list when it adds to it as to a set, so it is told to push what is not in there yet. */
function withoutKnownMembers(document: Document, operators: Document): Document {
  const { $addToSet, ...others } = operators
  if (!isPlainObject($addToSet)) return operators
  const additions = Object.entries($addToSet).filter(([path]) => Array.isArray(valueAt(document, path))).map(([path, argument]) => {
    const members = valueAt(document, path) as unknown[]
    const wanted: unknown[] = isPlainObject(argument) && Array.isArray(argument.$each) ? argument.$each : [argument]
    const fresh = wanted.filter((value, place) => {
      return ![...members, ...wanted.slice(0, place)].some(member => isDeepStrictEqual(member, value))
    })
    return [path, { $each: fresh }] as const
  })
  const known = new Set(additions.map(([path]) => path))
  const rest = Object.entries($addToSet).filter(([path]) => !known.has(path))
  return {
    ...others,
    $push: { ...isPlainObject(others.$push) ? others.$push : {}, ...Object.fromEntries(additions) },
    $addToSet: Object.fromEntries(rest),
  }
}

function reaches(document: Document, path: string): boolean {
  return valueAt(document, path) !== undefined
}

function valueAt(document: Document, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, field) => (inner as Document | undefined)?.[field], document)
}

function positional(operators: Document): boolean {
  return Object.values(operators).some(fields => isPlainObject(fields) && Object.keys(fields).some(path => path.includes('$')))
}
