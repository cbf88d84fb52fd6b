import { isOperatorObject } from '../bsonTypes.ts'
import type { Document } from '../document.ts'
import { isPlainObject } from '../document.ts'
import { encode } from '../ejson.ts'
import { refused } from '../failures.ts'
import { compileQuery } from './match.ts'
import type { PathValue } from './paths.ts'
import { matchedElementOf } from './paths.ts'

/** The fields that a projection names, as a tree; a leaf is a whole field. */
type Tree = Map<string, Tree>
/** What becomes of an array that a projection cuts. */
type Cut = (list: unknown[], document: Document) => unknown[]

interface Projection {
  /** True when only the named fields stay, false when all others do. */
  including: boolean
  named: Tree
  withId: boolean
  cuts: Map<string, Cut>
}

/**
 * Makes a function that keeps the fields which a projection of a query asks for, in the order of the document.
 *
 * The query tells which element `field.$` means. Refuses a mixture of fields to keep and fields to leave out.
 */
export function compileProjection(projection: Document, query: Document): (document: Document) => Document {
  const rules = readProjection(projection, query)
  return (document) => {
    const kept = rules.named.size === 0 && !rules.including ? document : keep(document, rules.named, rules.including)
    const cut = [...rules.cuts].reduce((value, [path, change]) => changeAt(value, path.split('.'), list => change(list, document)), kept)
    if (rules.withId === '_id' in cut || !('_id' in document)) return cut
    const { _id, ...fields } = cut
    return rules.withId ? { _id: document._id, ...fields } : fields
  }
}

function readProjection(projection: Document, query: Document): Projection {
  const rules: Projection = { including: false, named: new Map(), withId: true, cuts: new Map() }
  const modes = new Set<boolean>()
  for (const [field, wanted] of Object.entries(projection)) {
    if (field === '_id' && !isPlainObject(wanted)) {
      rules.withId = isWanted(field, wanted)
      if (rules.withId) name(rules.named, ['_id'])
      continue
    }
    const mode = readField(rules, field, wanted, query)
    if (mode !== null) modes.add(mode)
  }
  if (modes.size > 1) throw refused('(BadValue) Projection cannot have a mix of inclusion and exclusion.')
  rules.including = [...modes][0] ?? (projection._id !== undefined && rules.withId && rules.cuts.size === 0)
  if (!rules.including) rules.named.delete('_id')
  return rules
}

/** Notes what is asked of one field. Tells whether that means to keep only named fields; null when it means neither. */
function readField(rules: Projection, field: string, wanted: unknown, query: Document): boolean | null {
  if (isOperatorObject(wanted)) return readOperator(rules, field, wanted)
  if (field.endsWith('.$')) {
    const path = field.slice(0, -2)
    name(rules.named, path.split('.'))
    rules.cuts.set(path, matchedElement(path, query))
    return true
  }
  name(rules.named, field.split('.'))
  return isWanted(field, wanted)
}

function readOperator(rules: Projection, field: string, operators: Record<string, unknown>): boolean | null {
  const { $slice, $elemMatch } = operators
  if (Object.keys(operators).length !== 1) throw refused(`(BadValue) Unsupported projection option: ${field}: ${encode(operators)}`)
  if ($slice !== undefined) {
    rules.cuts.set(field, sliceOf($slice))
    return null
  }
  if (!isPlainObject($elemMatch)) throw refused(`(BadValue) Unsupported projection option: ${field}: ${encode(operators)}`)
  name(rules.named, field.split('.'))
  rules.cuts.set(field, firstMatching($elemMatch))
  return true
}

function isWanted(field: string, wanted: unknown): boolean {
  if (typeof wanted === 'boolean') return wanted
  if (typeof wanted !== 'number') throw refused(`(BadValue) Unsupported projection option: ${field}: ${encode(wanted)}`)
  return wanted !== 0
}

function name(tree: Tree, [field, ...rest]: string[]): void {
  if (field === undefined) return
  const inner = tree.get(field) ?? new Map<string, Tree>()
  tree.set(field, inner)
  name(inner, rest)
}

function keep(value: Document, named: Tree, including: boolean): Document {
  return Object.fromEntries(Object.entries(value).flatMap(([field, inner]) => {
    const tree = named.get(field)
    if (!tree) return including ? [] : [[field, inner]]
    const kept = tree.size === 0 ? (including ? inner : undefined) : keepInside(inner, tree, including)
    return kept === undefined ? [] : [[field, kept]]
  }))
}

/** Scalars where a projection expects objects are left out when only named fields stay. */
function keepInside(value: unknown, named: Tree, including: boolean): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => keepInside(item, named, including)).filter(item => item !== undefined)
  if (isPlainObject(value)) return keep(value, named, including)
  return including ? undefined : value
}

/** Cuts the array at a path, if there is one. */
function changeAt(value: Document, [field = '', ...rest]: string[], change: (list: unknown[]) => unknown[]): Document {
  const inner = value[field]
  if (rest.length === 0) return Array.isArray(inner) ? withField(value, field, change(inner)) : value
  const changed = (item: unknown) => isPlainObject(item) ? changeAt(item, rest, change) : item
  if (inner === undefined) return value
  return { ...value, [field]: Array.isArray(inner) ? inner.map(changed) : changed(inner) }
}

/** A cut that finds nothing leaves the field out. */
function withField(value: Document, field: string, list: unknown[]): Document {
  const { [field]: _cut, ...others } = value
  return list === NOTHING ? others : { ...value, [field]: list }
}

const NOTHING: unknown[] = []

/** A number of elements from the beginning, or from the end when negative; or `[skip, limit]`. */
function sliceOf(argument: unknown): Cut {
  if (typeof argument === 'number') return list => argument < 0 ? list.slice(argument) : list.slice(0, argument)
  const [skip, limit] = Array.isArray(argument) ? argument : []
  if (typeof skip !== 'number' || typeof limit !== 'number') throw refused('(BadValue) $slice only supports numbers and [skip, limit] arrays')
  if (limit <= 0) throw refused('(BadValue) $slice limit must be positive')
  return (list) => {
    const start = skip < 0 ? Math.max(0, list.length + skip) : skip
    return list.slice(start, start + limit)
  }
}

function firstMatching(condition: Document): Cut {
  const test = compileQuery({ list: { $elemMatch: condition } })
  return (list) => {
    const found = list.find(item => test({ list: [item] }))
    return found === undefined ? NOTHING : [found]
  }
}

function matchedElement(path: string, query: Document): Cut {
  const test = compileQuery(query)
  return (list, document) => {
    const matched: PathValue[] = []
    test(document, matched)
    const place = matchedElementOf(path, matched)
    if (place === undefined) throw refused(`(BadValue) Executor error during find command: positional operator '.$' couldn't find a matching element in the array`)
    return list.slice(place, place + 1)
  }
}
