import type { Document } from '../document.ts'
import { isPlainObject } from '../document.ts'
import { refused } from '../failures.ts'
import { compareValues, sameKind } from '../order.ts'
import { accumulatorNamed } from './accumulators.ts'
import type { Evaluate } from './expression.ts'
import { compileExpression } from './expression.ts'
import { keyOfValue } from './groupKey.ts'
import { roundedDown, roundedUp } from './granularity.ts'
import type { Stage } from './stages.ts'

/** Computes the accumulated fields of one group. */
type Summarize = (documents: readonly Document[], bound: Document) => Record<string, unknown>

const COUNT = { count: { $sum: 1 } }

/** Groups come in the order in which their first documents do; the database promises none. */
export function compileGroup(specification: unknown, variables: readonly string[]): Stage {
  if (!isPlainObject(specification)) throw refused('a group\'s fields must be specified in an object')
  const { _id, ...fields } = specification
  if (_id === undefined) throw refused('a group specification must include an _id')
  const [key, summarize] = [compileExpression(_id, variables), compileSummary(fields, variables)]
  return (documents, bound) => {
    const groups = new Map<string, { id: unknown, members: Document[] }>()
    for (const document of documents) {
      const id = key({ root: document, variables: bound }) ?? null
      const name = keyOfValue(id)
      const group = groups.get(name) ?? { id, members: [] }
      group.members.push(document)
      groups.set(name, group)
    }
    return [...groups.values()].map(({ id, members }) => ({ _id: id, ...summarize(members, bound) }))
  }
}

/** Fixed boundaries; what lies outside goes into the default bucket, and is refused when there is none. Empty buckets do not appear. */
export function compileBucket(specification: unknown, variables: readonly string[]): Stage {
  if (!isPlainObject(specification)) throw refused('Argument to $bucket stage must be an object')
  const { groupBy, boundaries, default: otherwise, output = COUNT, ...others } = specification
  const [stranger] = Object.keys(others)
  if (stranger !== undefined) throw refused(`Unrecognized option to $bucket: ${stranger}.`)
  const bounds = boundsOf(boundaries)
  if (otherwise !== undefined && compareValues(otherwise, bounds[0]) >= 0 && compareValues(otherwise, bounds.at(-1)) < 0) {
    throw refused('The $bucket \'default\' field must be less than the lowest boundary or greater than or equal to the highest boundary.')
  }
  const [key, summarize] = [compileExpression(groupBy, variables), compileSummary(output, variables)]
  return (documents, bound) => {
    const buckets = new Map<unknown, Document[]>()
    for (const document of documents) {
      const value = key({ root: document, variables: bound })
      const at = bounds.filter(least => compareValues(value, least) >= 0).length - 1
      const id = at < 0 || at === bounds.length - 1 || value === undefined ? otherwise : bounds[at]
      if (id === undefined) throw refused('$switch could not find a matching branch for an input, and no default was specified.')
      buckets.set(id, [...buckets.get(id) ?? [], document])
    }
    const sorted = [...buckets].sort(([left], [right]) => compareValues(left, right))
    return sorted.map(([_id, members]) => ({ _id, ...summarize(members, bound) }))
  }
}

/** About as many documents in each bucket; equal values are never parted. */
export function compileBucketAuto(specification: unknown, variables: readonly string[]): Stage {
  if (!isPlainObject(specification)) throw refused('The argument to $bucketAuto must be an object')
  const { groupBy, buckets, output = COUNT, granularity, ...others } = specification
  const [stranger] = Object.keys(others)
  if (stranger !== undefined) throw refused(`Unrecognized option to $bucketAuto: ${stranger}.`)
  if (typeof buckets !== 'number' || !Number.isInteger(buckets) || buckets <= 0) {
    throw refused('The $bucketAuto \'buckets\' field must be a whole number greater than 0')
  }
  const [key, summarize] = [compileExpression(groupBy, variables), compileSummary(output, variables)]
  return (documents, bound) => {
    const sorted = documents.map(document => ({ document, value: key({ root: document, variables: bound }) ?? null }))
      .sort((left, right) => compareValues(left.value, right.value))
    return divide(sorted, buckets, granularity).map(({ min, max, members }) => ({ _id: { min, max }, ...summarize(members, bound) }))
  }
}

interface Valued {
  document: Document
  value: unknown
}

function divide(sorted: Valued[], count: number, granularity: unknown): { min: unknown, max: unknown, members: Document[] }[] {
  const size = Math.max(1, Math.round(sorted.length / count))
  const divided: { min: unknown, max: unknown, members: Document[] }[] = []
  let at = 0
  while (at < sorted.length && divided.length < count) {
    let end = divided.length === count - 1 ? sorted.length : Math.min(sorted.length, at + size)
    const limit = granularity === undefined ? sorted[end - 1]?.value : roundedUp(sorted[end - 1]?.value, granularity)
    const belongs = (value: unknown) => granularity === undefined ? compareValues(value, limit) === 0 : compareValues(value, limit) < 0
    while (end < sorted.length && belongs(sorted[end]?.value)) end++
    const min = granularity === undefined ? sorted[at]?.value : divided.at(-1)?.max ?? roundedDown(sorted[at]?.value, granularity)
    const max = granularity === undefined ? (sorted[end] ?? sorted[end - 1])?.value : limit
    divided.push({ min, max, members: sorted.slice(at, end).map(({ document }) => document) })
    at = end
  }
  return divided
}

function boundsOf(boundaries: unknown): unknown[] {
  if (!Array.isArray(boundaries)) throw refused('The $bucket \'boundaries\' field must be an array')
  if (boundaries.length < 2) throw refused(`The $bucket 'boundaries' field must have at least 2 values, but found ${boundaries.length} value(s).`)
  for (const [at, bound] of boundaries.entries()) {
    const previous: unknown = boundaries[at - 1]
    if (at > 0 && !sameKind(previous, bound)) throw refused('All values in the the \'boundaries\' option to $bucket must have the same type.')
    if (at > 0 && compareValues(previous, bound) >= 0) throw refused('The \'boundaries\' option to $bucket must be sorted')
  }
  return boundaries
}

function compileSummary(fields: unknown, variables: readonly string[]): Summarize {
  if (!isPlainObject(fields)) throw refused('The \'output\' field must be an object')
  const summaries = Object.entries(fields).map(([field, accumulator]) => {
    const [entry, ...others] = isPlainObject(accumulator) ? Object.entries(accumulator) : []
    if (!entry || others.length > 0) throw refused(`The field '${field}' must be an accumulator object`)
    if (field.includes('.')) throw refused(`The field name '${field}' cannot contain '.'`)
    const [name, expression] = entry
    return { field, accumulate: accumulatorNamed(name), value: compileExpression(expression, variables) as Evaluate }
  })
  return (documents, bound) => Object.fromEntries(summaries.map(({ field, accumulate, value }) =>
    [field, accumulate(documents.map(document => value({ root: document, variables: bound })))]))
}
