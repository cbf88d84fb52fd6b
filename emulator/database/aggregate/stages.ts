import type { Document } from '../document.ts'
import { isPlainObject } from '../document.ts'
import { refused } from '../failures.ts'
import { sortBy } from '../order.ts'
import { compileQuery } from '../query/match.ts'
import { typeName } from '../bsonTypes.ts'
import { compileExpression } from './expression.ts'
import { compileBucket, compileBucketAuto, compileGroup } from './grouping.ts'
import { compileAddFields, compileProject } from './shape.ts'
import { compileUnwind } from './unwind.ts'

/** Turns documents into others; `bound` are the variables of a `$lookup` around it. Never changes what it is given. */
export type Stage = (documents: readonly Document[], bound: Document) => readonly Document[]

type CompileStage = (specification: unknown, variables: readonly string[]) => Stage

/** The stages that need nothing but the documents. */
export const stages: Readonly<Record<string, CompileStage>> = {
  $addFields: (specification, variables) => {
    const add = compileAddFields(specification, variables)
    return (documents, bound) => documents.map(document => add(document, bound))
  },
  $project: (specification, variables) => {
    const project = compileProject(specification, variables)
    return (documents, bound) => documents.map(document => project(document, bound))
  },
  $match: compileMatch,
  $group: compileGroup,
  $bucket: compileBucket,
  $bucketAuto: compileBucketAuto,
  $unwind: compileUnwind,
  $count: compileCount,
  $limit: (specification) => {
    const limit = limitOf(specification)
    return documents => documents.slice(0, limit)
  },
  $skip: (specification) => {
    const skip = skipOf(specification)
    return documents => documents.slice(skip)
  },
  $sort: (specification) => {
    const order = orderOf(specification)
    return documents => sortBy(documents, order, document => document)
  },
  $sortByCount: compileSortByCount,
  $sample: compileSample,
  $replaceRoot: compileReplaceRoot,
}

/** Checks the number of a `$limit`. */
export function limitOf(specification: unknown): number {
  if (typeof specification !== 'number' || !Number.isInteger(specification)) throw refused('the limit must be specified as a number')
  if (specification <= 0) throw refused('the limit must be positive')
  return specification
}

/** Checks the number of a `$skip`. */
export function skipOf(specification: unknown): number {
  if (typeof specification !== 'number' || !Number.isInteger(specification)) throw refused('Argument to $skip must be a number')
  if (specification < 0) throw refused('Argument to $skip cannot be negative')
  return specification
}

/** Checks the order of a `$sort`. */
export function orderOf(specification: unknown): [field: string, direction: 1 | -1][] {
  if (!isPlainObject(specification)) throw refused('the $sort key specification must be an object')
  if (Object.keys(specification).length === 0) throw refused('$sort stage must have at least one sort key')
  return Object.entries(specification).map(([field, direction]) => {
    if (direction !== 1 && direction !== -1) throw refused('$sort key ordering must be 1 (for ascending) or -1 (for descending)')
    return [field, direction]
  })
}

function compileMatch(specification: unknown, variables: readonly string[]): Stage {
  if (!isPlainObject(specification)) throw refused('the match filter must be an expression in an object')
  const test = compileQuery(specification, variables)
  return (documents, bound) => documents.filter(document => test(document, undefined, bound))
}

function compileCount(specification: unknown): Stage {
  if (typeof specification !== 'string' || specification === '') throw refused('the count field must be a non-empty string')
  if (specification.startsWith('$') || specification.includes('.')) throw refused('the count field cannot be a $-prefixed path or contain \'.\'')
  return documents => documents.length === 0 ? [] : [{ [specification]: documents.length }]
}

function compileSortByCount(specification: unknown, variables: readonly string[]): Stage {
  const isExpression = typeof specification === 'string' ? specification.startsWith('$') : isPlainObject(specification)
  if (!isExpression) throw refused('the sortByCount field must be specified as a $-prefixed path or as an expression in an object')
  const group = compileGroup({ _id: specification, count: { $sum: 1 } }, variables)
  return (documents, bound) => sortBy(group(documents, bound), [['count', -1]], document => document)
}

function compileSample(specification: unknown): Stage {
  if (!isPlainObject(specification)) throw refused('the $sample stage specification must be an object')
  const { size, ...others } = specification
  const [stranger] = Object.keys(others)
  if (stranger !== undefined) throw refused(`unrecognized option to $sample: ${stranger}`)
  if (typeof size !== 'number') throw refused('size argument to $sample must be a number')
  if (size < 0) throw refused('size argument to $sample must not be negative')
  return documents => shuffled(documents).slice(0, Math.trunc(size))
}

function shuffled(documents: readonly Document[]): Document[] {
  const placed = documents.map(document => ({ document, place: Math.random() }))
  return placed.sort((left, right) => left.place - right.place).map(({ document }) => document)
}

function compileReplaceRoot(specification: unknown, variables: readonly string[]): Stage {
  if (!isPlainObject(specification) || !('newRoot' in specification)) throw refused('no newRoot specified for the $replaceRoot stage')
  const root = compileExpression(specification.newRoot, variables)
  return (documents, bound) => documents.map((document) => {
    const value = root({ root: document, variables: bound })
    if (isPlainObject(value)) return value
    throw refused(`'newRoot' expression must evaluate to an object, but resulting value was of type ${typeName(value)}`)
  })
}
