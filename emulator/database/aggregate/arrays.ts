import { typeName } from '../bsonTypes.ts'
import { isPlainObject } from '../document.ts'
import { refused } from '../failures.ts'
import { compareValues, sameValue } from '../order.ts'
import type { Compile, Evaluate, Operator } from './operator.ts'
import { isNothing, listOf, optionsOf, taking, takingSome, truthy, variableName, wholeNumberOf } from './operator.ts'

/** Operators on arrays. */
export const arrays: Readonly<Record<string, Operator>> = {
  $arrayElemAt: takingSome('$arrayElemAt', 2, (list, position) =>
    listOf('$arrayElemAt\'s first argument', list).at(wholeNumberOf('$arrayElemAt\'s second argument', position))),
  $arrayToObject: takingSome('$arrayToObject', 1, list => Object.fromEntries(listOf('$arrayToObject\'s argument', list).map(pairOf))),
  $concatArrays: takingSome('$concatArrays', [0, Infinity], (...lists) => lists.flatMap((list) => {
    if (!Array.isArray(list)) throw refused(`$concatArrays only supports arrays, not ${typeName(list)}`)
    return list as unknown[]
  })),
  $filter: filter,
  $in: taking('$in', 2, (value, list) => {
    if (!Array.isArray(list)) throw refused(`$in requires an array as a second argument, found: ${typeName(list)}`)
    return list.some(item => sameValue(item, value))
  }),
  $indexOfArray: taking('$indexOfArray', [2, 4], indexOfArray),
  $isArray: taking('$isArray', 1, Array.isArray),
  $map: map,
  $range: taking('$range', [2, 3], range),
  $reduce: reduce,
  $reverseArray: takingSome('$reverseArray', 1, list => [...listOf('The argument to $reverseArray', list)].reverse()),
  $size: taking('$size', 1, list => listOf('The argument to $size', list).length),
  $slice: takingSome('$slice', [2, 3], slice),
  $zip: zip,
}

/** `[key, value]` or `{k, v}`. */
function pairOf(item: unknown): [string, unknown] {
  const [key, value] = Array.isArray(item) && item.length === 2 ? item : isPlainObject(item) && Object.keys(item).sort().join() === 'k,v' ? [item.k, item.v] : []
  if (typeof key !== 'string') throw refused('$arrayToObject requires an array of key-value pairs, each [key, value] or {k, v} with a string as its key')
  return [key, value ?? null]
}

function filter(argument: unknown, compile: Compile): Evaluate {
  const { input, as = 'this', cond } = optionsOf('$filter', argument, ['input', 'cond'], ['as'])
  const name = variableName(as)
  const [list, test] = [compile(input), compile(cond, name)]
  return (scope) => {
    const items = list(scope)
    if (isNothing(items)) return null
    return listOf('input to $filter', items).filter(item => truthy(test({ ...scope, variables: { ...scope.variables, [name]: item } })))
  }
}

function map(argument: unknown, compile: Compile): Evaluate {
  const { input, as = 'this', in: expression } = optionsOf('$map', argument, ['input', 'in'], ['as'])
  const name = variableName(as)
  const [list, compute] = [compile(input), compile(expression, name)]
  return (scope) => {
    const items = list(scope)
    if (isNothing(items)) return null
    return listOf('input to $map', items).map(item => compute({ ...scope, variables: { ...scope.variables, [name]: item } }) ?? null)
  }
}

function reduce(argument: unknown, compile: Compile): Evaluate {
  const { input, initialValue, in: expression } = optionsOf('$reduce', argument, ['input', 'initialValue', 'in'])
  const [list, first, compute] = [compile(input), compile(initialValue), compile(expression, 'this', 'value')]
  return (scope) => {
    const items = list(scope)
    if (isNothing(items)) return null
    return listOf('input to $reduce', items).reduce((value: unknown, item) =>
      compute({ ...scope, variables: { ...scope.variables, this: item, value } }), first(scope))
  }
}

function zip(argument: unknown, compile: Compile): Evaluate {
  const { inputs, useLongestLength = false, defaults } = optionsOf('$zip', argument, ['inputs'], ['useLongestLength', 'defaults'])
  if (defaults !== undefined && useLongestLength !== true) throw refused('cannot specify defaults unless useLongestLength is true')
  const [lists, fillers] = [listOf('inputs', inputs).map(input => compile(input)), compile(defaults ?? [])]
  return (scope) => {
    const rows = lists.map(list => list(scope))
    if (rows.some(isNothing)) return null
    const lengths = rows.map(row => listOf('$zip found a non-array expression in input: each', row).length)
    const fill = listOf('defaults', fillers(scope))
    const length = useLongestLength === true ? Math.max(0, ...lengths) : Math.min(...lengths)
    return Array.from({ length }, (_, at) => rows.map((row, which) => (row as unknown[])[at] ?? fill[which] ?? null))
  }
}

function indexOfArray(list: unknown, value: unknown, start: unknown = 0, end: unknown = Infinity): number | null {
  if (isNothing(list)) return null
  const items = listOf('$indexOfArray\'s first argument', list)
  const [from, to] = [start, end].map(bound => bound === Infinity ? items.length : notNegative('$indexOfArray', bound)) as [number, number]
  const found = items.slice(from, to).findIndex(item => compareValues(item, value) === 0)
  return found < 0 ? -1 : found + from
}

/** Checks a position that must be a whole number from 0 on. */
export function notNegative(name: string, value: unknown): number {
  const position = wholeNumberOf(`${name}'s index`, value)
  if (position < 0) throw refused(`${name} requires a nonnegative integer, but found: ${position}`)
  return position
}

/** More numbers than this would not fit into a document. */
const RANGE_MAX = 1_000_000

function range(start: unknown, end: unknown, step: unknown = 1): number[] {
  const [from, to, by] = [start, end, step].map(value => wholeNumberOf('$range\'s argument', value)) as [number, number, number]
  if (by === 0) throw refused('$range requires a non-zero step value')
  const length = Math.max(0, Math.ceil((to - from) / by))
  if (length > RANGE_MAX) throw refused(`$range would make more than ${RANGE_MAX} numbers`)
  return Array.from({ length }, (_, at) => from + at * by)
}

function slice(list: unknown, first: unknown, second?: unknown): unknown[] {
  const items = listOf('First argument to $slice', list)
  const position = wholeNumberOf('Second argument to $slice', first)
  if (second === undefined) return position < 0 ? items.slice(position) : items.slice(0, position)
  const count = wholeNumberOf('Third argument to $slice', second)
  if (count <= 0) throw refused(`Third argument to $slice must be positive: ${count}`)
  const start = position < 0 ? Math.max(0, items.length + position) : position
  return items.slice(start, start + count)
}
