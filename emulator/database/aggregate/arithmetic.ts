import { typeName } from '../bsonTypes.ts'
import { refused } from '../failures.ts'
import type { Operator } from './operator.ts'
import { isNothing, numberOf, taking, takingSome } from './operator.ts'

/** Operators on numbers, two of them on dates as well. */
export const arithmetic: Readonly<Record<string, Operator>> = {
  $abs: unary('$abs', Math.abs),
  $ceil: unary('$ceil', Math.ceil),
  $floor: unary('$floor', Math.floor),
  $trunc: unary('$trunc', Math.trunc),
  $exp: unary('$exp', Math.exp),
  $sqrt: unary('$sqrt', (value) => {
    if (value < 0) throw refused('$sqrt\'s argument must be greater than or equal to 0')
    return Math.sqrt(value)
  }),
  $ln: unary('$ln', value => Math.log(positive('$ln', value))),
  $log10: unary('$log10', value => Math.log10(positive('$log10', value))),
  $log: binary('$log', (value, base) => {
    if (!(base > 0) || base === 1) throw refused(`$log's base must be a positive number not equal to 1, but is ${base}`)
    return logarithm(positive('$log', value), base)
  }),
  $pow: binary('$pow', (base, exponent) => {
    if (base === 0 && exponent < 0) throw refused('$pow cannot take a base of 0 and a negative exponent')
    return base ** exponent
  }),
  $divide: binary('$divide', (value, by) => {
    if (by === 0) throw refused('can\'t $divide by zero')
    return value / by
  }),
  $mod: binary('$mod', (value, by) => {
    if (by === 0) throw refused('can\'t $mod by zero')
    return value % by
  }),
  $multiply: takingSome('$multiply', [0, Infinity], (...values) => values.reduce<number>((product, value) => product * numberOf('$multiply', value), 1) + 0),
  $add: takingSome('$add', [0, Infinity], add),
  $subtract: takingSome('$subtract', 2, subtract),
}

function unary(name: string, compute: (value: number) => number): Operator {
  return taking(name, 1, value => isNothing(value) ? null : compute(numberOf(name, value)) + 0)
}

function binary(name: string, compute: (left: number, right: number) => number): Operator {
  return takingSome(name, 2, (left, right) => {
    if (typeof left !== 'number' || typeof right !== 'number') {
      throw refused(`${name} only supports numeric types, not ${typeName(left)} and ${typeName(right)}`)
    }
    return compute(left, right) + 0
  })
}

function positive(name: string, value: number): number {
  if (value <= 0) throw refused(`${name}'s argument must be a positive number, but is ${value}`)
  return value
}

/** The usual bases have exact functions of their own. */
function logarithm(value: number, base: number): number {
  if (base === 10) return Math.log10(value)
  return base === 2 ? Math.log2(value) : Math.log(value) / Math.log(base)
}

function add(...values: unknown[]): number | Date {
  const dates = values.filter(value => value instanceof Date)
  if (dates.length > 1) throw refused('only one date allowed in an $add expression')
  const total = values.reduce<number>((sum, value) => {
    if (typeof value !== 'number' && !(value instanceof Date)) throw refused(`$add only supports numeric or date types, not ${typeName(value)}`)
    return sum + Number(value)
  }, 0)
  return dates.length === 0 ? total : new Date(Math.round(total))
}

function subtract(left: unknown, right: unknown): number | Date {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (left instanceof Date && right instanceof Date) return left.getTime() - right.getTime()
  if (left instanceof Date && typeof right === 'number') return new Date(Math.round(left.getTime() - right))
  throw refused(`cant $subtract a${typeName(right)} from a${typeName(left)}`)
}
