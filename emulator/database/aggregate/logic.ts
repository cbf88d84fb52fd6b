import { typeName } from '../bsonTypes.ts'
import { isPlainObject } from '../document.ts'
import { refused } from '../failures.ts'
import { compareValues } from '../order.ts'
import type { Compile, Evaluate, Operator } from './operator.ts'
import { isNothing, listOf, optionsOf, taking, truthy, variableName } from './operator.ts'

/** Comparisons, conditions, variables, sets and objects. */
export const logic: Readonly<Record<string, Operator>> = {
  $cmp: taking('$cmp', 2, (left, right) => Math.sign(compareValues(left, right))),
  $eq: comparison('$eq', difference => difference === 0),
  $ne: comparison('$ne', difference => difference !== 0),
  $gt: comparison('$gt', difference => difference > 0),
  $gte: comparison('$gte', difference => difference >= 0),
  $lt: comparison('$lt', difference => difference < 0),
  $lte: comparison('$lte', difference => difference <= 0),
  $and: (argument, compile) => {
    const parts = [argument].flat().map(part => compile(part))
    return scope => parts.every(part => truthy(part(scope)))
  },
  $or: (argument, compile) => {
    const parts = [argument].flat().map(part => compile(part))
    return scope => parts.some(part => truthy(part(scope)))
  },
  $not: taking('$not', 1, value => !truthy(value)),
  $cond: cond,
  $ifNull: taking('$ifNull', 2, (value, otherwise) => isNothing(value) ? otherwise : value),
  $switch: choose,
  $literal: argument => () => argument,
  $let: define,
  $meta: () => { throw refused('query requires text score metadata, but it is not available') },
  $mergeObjects: taking('$mergeObjects', [0, Infinity], (...values) => mergeObjects(values.length === 1 && Array.isArray(values[0]) ? values[0] : values)),
  $objectToArray: taking('$objectToArray', 1, (value) => {
    if (isNothing(value)) return null
    if (!isPlainObject(value)) throw refused(`$objectToArray requires a document input, found: ${typeName(value)}`)
    return Object.entries(value).map(([k, v]) => ({ k, v }))
  }),
  $setEquals: taking('$setEquals', [2, Infinity], (...lists) => {
    const [first, ...others] = lists.map(list => distinct(setOf('$setEquals', list)))
    return others.every(other => other.length === first?.length && other.every(item => has(first, item)))
  }),
  $setIntersection: ofSets('$setIntersection', ([first = [], ...others]) =>
    distinct(first).filter(item => others.every(other => has(other, item))).sort(compareValues)),
  $setUnion: ofSets('$setUnion', lists => distinct(lists.flat())),
  $setDifference: taking('$setDifference', 2, (left, right) => {
    if (isNothing(left) || isNothing(right)) return null
    const [kept, gone] = [setOf('$setDifference', left), setOf('$setDifference', right)]
    return distinct(kept).filter(item => !has(gone, item))
  }),
  $setIsSubset: taking('$setIsSubset', 2, (part, whole) => {
    const list = setOf('$setIsSubset', whole)
    return setOf('$setIsSubset', part).every(item => has(list, item))
  }),
  $anyElementTrue: taking('$anyElementTrue', 1, list => listOf('$anyElementTrue\'s argument', list).some(truthy)),
  $allElementsTrue: taking('$allElementsTrue', 1, list => listOf('$allElementsTrue\'s argument', list).every(truthy)),
}

/** Later fields win over earlier ones; null counts as no object. */
export function mergeObjects(values: unknown[]): Record<string, unknown> {
  return values.filter(value => !isNothing(value)).reduce<Record<string, unknown>>((merged, value) => {
    if (!isPlainObject(value)) throw refused(`$mergeObjects requires object inputs, but input is of type ${typeName(value)}`)
    return { ...merged, ...value }
  }, {})
}

function comparison(name: string, holds: (difference: number) => boolean): Operator {
  return taking(name, 2, (left, right) => holds(compareValues(left, right)))
}

function cond(argument: unknown, compile: Compile): Evaluate {
  const parts = Array.isArray(argument) ? argument : Object.values(inOrder(argument))
  if (parts.length !== 3) throw refused(`Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`)
  const [test, then, otherwise] = parts.map(part => compile(part)) as [Evaluate, Evaluate, Evaluate]
  return scope => truthy(test(scope)) ? then(scope) : otherwise(scope)
}

function inOrder(argument: unknown): { if: unknown, then: unknown, else: unknown } {
  const { if: test, then, else: otherwise } = optionsOf('$cond', argument, ['if', 'then', 'else'])
  return { if: test, then, else: otherwise }
}

function choose(argument: unknown, compile: Compile): Evaluate {
  const { branches, default: otherwise } = optionsOf('$switch', argument, ['branches'], ['default'])
  const cases = listOf('$switch expected an array for \'branches\', which', branches).map((branch) => {
    const { case: test, then } = optionsOf('$switch', branch, ['case', 'then'])
    return { test: compile(test), then: compile(then) }
  })
  if (cases.length === 0) throw refused('$switch requires at least one branch.')
  const fallback = otherwise === undefined ? null : compile(otherwise)
  return (scope) => {
    const found = cases.find(({ test }) => truthy(test(scope)))
    if (found) return found.then(scope)
    if (!fallback) throw refused('$switch could not find a matching branch for an input, and no default was specified.')
    return fallback(scope)
  }
}

function define(argument: unknown, compile: Compile): Evaluate {
  const { vars, in: expression } = optionsOf('$let', argument, ['vars', 'in'])
  const variables = Object.entries(optionsOf('$let', vars, [], Object.keys(Object(vars)))).map(([name, value]) => ({ name: variableName(name), value: compile(value) }))
  const compute = compile(expression, ...variables.map(({ name }) => name))
  return scope => compute({
    ...scope,
    variables: { ...scope.variables, ...Object.fromEntries(variables.map(({ name, value }) => [name, value(scope)])) },
  })
}

function ofSets(name: string, compute: (lists: unknown[][]) => unknown[]): Operator {
  return taking(name, [0, Infinity], (...lists) => lists.some(isNothing) ? null : compute(lists.map(list => setOf(name, list))))
}

function setOf(name: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw refused(`All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`)
  return value
}

function distinct(list: unknown[]): unknown[] {
  return list.filter((item, at) => !has(list.slice(0, at), item))
}

function has(list: unknown[], item: unknown): boolean {
  return list.some(other => compareValues(other, item) === 0)
}
