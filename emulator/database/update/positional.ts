import type { Document } from '../document.ts'
import { encode } from '../ejson.ts'
import { refused } from '../failures.ts'
import type { PathValue } from '../query/paths.ts'
import { matchedElementOf } from '../query/paths.ts'
import { read } from './target.ts'

/**
 * The concrete paths that a path with `$` or `$[]` means in a document.
 *
 * `$` is the element that made the query match, `$[]` is every element. `$[name]` needs array filters, which the SDK cannot
 * send.
 */
export function concretePaths(document: Document, path: readonly string[], matched: readonly PathValue[]): string[][] {
  const at = path.findIndex(field => field.startsWith('$') && (field === '$' || field.startsWith('$[')))
  if (at < 0) return [[...path]]
  const [before, field, after] = [path.slice(0, at), path[at], path.slice(at + 1)]
  if (field === '$') return concretePaths(document, [...before, matchedIndex(before, path, matched), ...after], matched)
  if (field !== '$[]') throw refused(`No array filter found for identifier '${field?.slice(2, -1)}' in path '${path.join('.')}'`)
  return [...elementsOf(document, before)].flatMap(index => concretePaths(document, [...before, String(index), ...after], matched))
}

function matchedIndex(array: readonly string[], path: readonly string[], matched: readonly PathValue[]): string {
  const index = matchedElementOf(array.join('.'), matched)
  if (index === undefined) {
    throw refused(`The positional operator did not find the match needed from the query. Unexpanded update: ${path.join('.')}`)
  }
  return String(index)
}

function elementsOf(document: Document, array: readonly string[]): Iterable<number> {
  const list = read(document, array)
  if (list === undefined) throw refused(`The path '${array.join('.')}' must exist in the document in order to apply array updates.`)
  if (!Array.isArray(list)) throw refused(`Cannot apply array updates to non-array element ${array.at(-1)}: ${encode(list)}`)
  return list.keys()
}
