import type { Collection } from '../collection.ts'
import type { Document } from '../document.ts'
import { isPlainObject } from '../document.ts'
import { latest } from '../draft.ts'
import { refused, refusing } from '../failures.ts'
import type { SortOrder } from '../order.ts'
import { compileQuery } from '../query/match.ts'
import type { Explanation, Selection } from '../select.ts'
import { selectExplained } from '../select.ts'
import { geoNear } from './geoNear.ts'
import { compileLookup } from './lookup.ts'
import type { Stage } from './stages.ts'
import { limitOf, orderOf, skipOf, stages } from './stages.ts'

/** A pipeline made ready: what comes out of it with some variables bound. */
export type Pipeline = (bound: Document) => readonly Document[]

/** Finds another collection for `$lookup`; there may be none of that name. */
export type CollectionNamed = (name: string) => Collection | undefined

/**
 * What an aggregation without a `$limit` is cut to. WeChat's manual does not tell; several developers report it (for example
 * developers.weixin.qq.com/community/develop/doc/0006ee7caecd8020df7b559b451800).
 */
export const RESULTS_DEFAULT = 20

/** What came out of a pipeline, and how its first documents were found. */
export interface Aggregated {
  list: readonly Document[]
  explanation: Explanation
}

/** Runs a pipeline over the latest state, and tells how its first documents were found. */
export function aggregate(collection: Collection, pipeline: Document[], named: CollectionNamed): Aggregated {
  const limited = pipeline.some(stage => '$limit' in stage) ? pipeline : [...pipeline, { $limit: RESULTS_DEFAULT }]
  const explanation: Explanation = { index: null, scanned: 0, returned: 0, sorted: false }
  return refusing(() => {
    const list = compilePipeline(limited, { collection, variables: [], named, explanation })({})
    return { list, explanation: { ...explanation, returned: list.length } }
  })
}

interface Surroundings {
  collection: Collection | undefined
  /** Variables that a `$lookup` around the pipeline binds. */
  variables: readonly string[]
  named: CollectionNamed
  /** Takes up how the documents were found. */
  explanation: Explanation
}

/** Makes a pipeline ready. All of it is checked before any document is looked at. */
function compilePipeline(pipeline: unknown, surroundings: Surroundings): Pipeline {
  const [source, rest] = sourceOf(stagesOf(pipeline), surroundings)
  const compiled = rest.map(part => compileStage(part, surroundings))
  return bound => compiled.reduce((documents, stage) => stage(documents, bound), source())
}

function compileStage([name, specification]: Part, surroundings: Surroundings): Stage {
  const { variables, named, explanation } = surroundings
  if (name === '$geoNear') throw refused('$geoNear is only valid as the first stage in a pipeline.')
  if (name === '$lookup') {
    return compileLookup(specification, variables, named, (inner, collection, known) =>
      compilePipeline(inner, { collection, variables: known, named, explanation: { ...explanation } }))
  }
  const compile = Object.hasOwn(stages, name) ? stages[name] : undefined
  if (!compile) throw refused(`Stage not supported: ${name}`)
  // Only the first stages can have their order from an index.
  if (name === '$sort') explanation.sorted = true
  return compile(specification, variables)
}

type Part = [name: string, specification: unknown]

function stagesOf(pipeline: unknown): Part[] {
  if (!Array.isArray(pipeline)) throw refused('A pipeline must be an array')
  return pipeline.map((stage: unknown) => {
    const [entry, ...others] = isPlainObject(stage) ? Object.entries(stage) : []
    if (!entry || others.length > 0) throw refused('A pipeline stage specification object must contain exactly one field.')
    return entry
  })
}

/** Where the documents come from, and the stages that are left: the first ones are answered like a query, with its indexes. */
function sourceOf(parts: Part[], { collection, variables, explanation }: Surroundings): [() => readonly Document[], Part[]] {
  const [first, ...rest] = parts
  if (first?.[0] === '$geoNear') {
    if (!collection) throw refused('$geoNear requires a 2d or 2dsphere index, but none were found')
    return [() => {
      const { documents, index, scanned } = geoNear(collection, first[1])
      Object.assign(explanation, { index, scanned })
      return documents
    }, rest]
  }
  const { selection, left } = leadingSelection(parts, variables)
  return [() => {
    if (!collection) return []
    const { found, explanation: { index, scanned, sorted } } = selectExplained(latest, collection, selection)
    Object.assign(explanation, { index, scanned: explanation.scanned + scanned, sorted: explanation.sorted || sorted })
    return found.map(({ document }) => document)
  }, left]
}

/** Takes `$match`, `$sort`, `$skip` and `$limit` from the beginning, in this order and as far as they go. */
function leadingSelection(parts: Part[], variables: readonly string[]): { selection: Selection, left: Part[] } {
  let at = 0
  const queries: Document[] = []
  for (let query = queryIn(parts[at], variables); query; query = queryIn(parts[++at], variables)) queries.push(query)
  const order: SortOrder = parts[at]?.[0] === '$sort' ? orderOf(parts[at++]?.[1]) : []
  const offset = parts[at]?.[0] === '$skip' ? skipOf(parts[at++]?.[1]) : 0
  const limit = parts[at]?.[0] === '$limit' ? limitOf(parts[at++]?.[1]) : Infinity
  const [query = {}] = queries
  return { selection: { query: queries.length > 1 ? { $and: queries } : query, order, offset, limit }, left: parts.slice(at) }
}

/** The query of a `$match` that needs no variables from around it. Refuses what may not stand in one. */
function queryIn(part: Part | undefined, variables: readonly string[]): Document | null {
  if (part?.[0] !== '$match' || !isPlainObject(part[1])) return null
  compileQuery(part[1], variables)
  return variables.length > 0 && usesExpressions(part[1]) ? null : part[1]
}

function usesExpressions(query: unknown): boolean {
  if (Array.isArray(query)) return query.some(usesExpressions)
  return isPlainObject(query) && Object.entries(query).some(([field, inner]) => field === '$expr' || (field.startsWith('$') && usesExpressions(inner)))
}
