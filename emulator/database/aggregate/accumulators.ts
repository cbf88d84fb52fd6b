import { refused } from '../failures.ts'
import { compareValues } from '../order.ts'
import { keyOfValue } from './groupKey.ts'
import { mergeObjects } from './logic.ts'
import { isNothing } from './operator.ts'

/** Makes one value of all values of a group; `undefined` stands for a missing one. */
export type Accumulate = (values: unknown[]) => unknown

const numbers = (values: unknown[]) => values.filter(value => typeof value === 'number')

/** What `$group` and its like can accumulate with. */
export const accumulators: Readonly<Record<string, Accumulate>> = {
  $sum: sum,
  $avg: values => numbers(values).length === 0 ? null : sum(values) / numbers(values).length,
  $first: values => values[0] ?? null,
  $last: values => values.at(-1) ?? null,
  $max: values => extreme(values, 1),
  $min: values => extreme(values, -1),
  $push: values => values.filter(value => value !== undefined),
  $addToSet: values => [...new Map(values.filter(value => value !== undefined).map(value => [keyOfValue(value), value])).values()],
  $stdDevPop: values => deviation(numbers(values), 0),
  $stdDevSamp: values => deviation(numbers(values), 1),
  $mergeObjects: mergeObjects,
}

/** Those that are expressions as well, over the elements of one array or over several values. */
export const ACCUMULATING_EXPRESSIONS = ['$sum', '$avg', '$max', '$min', '$stdDevPop', '$stdDevSamp']

/** Adds what is a number. Sums small parts apart, so that 0.1 three times is as close to 0.3 as a double can be. */
function sum(values: unknown[]): number {
  let [total, lost] = [0, 0]
  for (const value of numbers(values)) {
    const next = total + value
    if (Number.isFinite(next)) lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  return total + lost + 0
}

function extreme(values: unknown[], direction: 1 | -1): unknown {
  const known = values.filter(value => !isNothing(value))
  if (known.length === 0) return null
  return known.reduce((best, value) => compareValues(value, best) * direction > 0 ? value : best)
}

/** The standard deviation; null for fewer values than it takes. */
function deviation(values: number[], fewer: 0 | 1): number | null {
  if (values.length <= fewer) return null
  const mean = sum(values) / values.length
  return Math.sqrt(sum(values.map(value => (value - mean) ** 2)) / (values.length - fewer))
}

/** The accumulator of a field of `$group`. */
export function accumulatorNamed(name: string): Accumulate {
  const accumulate = Object.hasOwn(accumulators, name) ? accumulators[name] : undefined
  if (!accumulate) throw refused(`unknown group operator '${name}'`)
  return accumulate
}
