import { BSONRegExp } from 'bson'
import { isOperatorObject } from '../bsonTypes.ts'
import type { Document } from '../document.ts'
import { isPlainObject } from '../document.ts'
import { readAreaCondition } from '../geo/geoQuery.ts'
import type { Box } from '../geo/boxes.ts'
import { compareValues } from '../order.ts'
import type { Bound } from '../ordered-index.ts'
import { isPattern } from './patterns.ts'

/** What a query says about one field, as far as an index can use it. */
export interface FieldCondition {
  equals?: unknown[]
  lower?: Bound
  upper?: Bound
  /** Every match touches one of these boxes. */
  boxes?: Box[]
}

/** What every match must satisfy. What an index cannot use is left to the test of each document. */
export interface Conditions {
  fields: Map<string, FieldCondition>
  /** The branches of each `$or`: a match satisfies one of each. */
  alternatives: Document[][]
}

/** Reads a query that was already found to be one. */
export function conditionsOf(query: Document): Conditions {
  const conditions: Conditions = { fields: new Map(), alternatives: [] }
  collect(query, conditions)
  return conditions
}

function collect(query: Document, conditions: Conditions): void {
  for (const [field, wanted] of Object.entries(query)) {
    if (field === '$and' && Array.isArray(wanted)) {
      for (const part of wanted) if (isPlainObject(part)) collect(part, conditions)
    } else if (field === '$or' && Array.isArray(wanted)) {
      conditions.alternatives.push(wanted.filter(isPlainObject))
    } else if (!field.startsWith('$')) {
      conditions.fields.set(field, both(conditions.fields.get(field), conditionOf(wanted)))
    }
  }
}

/** What two conditions on one field say together. */
function both(left: FieldCondition | undefined, right: FieldCondition): FieldCondition {
  if (!left) return right
  return {
    equals: left.equals ?? right.equals,
    lower: tighter(left.lower, right.lower, 1),
    upper: tighter(left.upper, right.upper, -1),
    boxes: left.boxes ?? right.boxes,
  }
}

function tighter(left: Bound | undefined, right: Bound | undefined, direction: 1 | -1): Bound | undefined {
  if (!left || !right) return left ?? right
  const difference = compareValues(left.value, right.value) * direction
  return difference > 0 || (difference === 0 && !left.inclusive) ? left : right
}

function conditionOf(wanted: unknown): FieldCondition {
  if (!isOperatorObject(wanted)) return isEquality(wanted) ? { equals: [wanted ?? null] } : {}
  const condition: FieldCondition = {}
  if ('$eq' in wanted && isEquality(wanted.$eq)) condition.equals = [wanted.$eq ?? null]
  else if (Array.isArray(wanted.$in) && wanted.$in.every(isEquality)) condition.equals = wanted.$in.map((value: unknown) => value ?? null)
  for (const [operator, argument] of Object.entries(wanted)) readBound(condition, operator, argument)
  for (const operator of ['$geoWithin', '$geoIntersects']) {
    const area = operator in wanted ? readAreaCondition(operator, wanted[operator]) : null
    if (area) condition.boxes = area.boxes
  }
  return condition
}

/** A comparison stays within the type of what it compares with, so one bound brings the other. */
function readBound(condition: FieldCondition, operator: string, value: unknown): void {
  if (!isBound(value)) return
  const inclusive = operator === '$gte' || operator === '$lte'
  if (operator === '$gt' || operator === '$gte') {
    condition.lower = { value, inclusive }
    condition.upper ??= endOfType(value)
  } else if (operator === '$lt' || operator === '$lte') {
    condition.upper = { value, inclusive }
    condition.lower ??= startOfType(value)
  }
}

function startOfType(value: string | number | Date): Bound {
  if (typeof value === 'number') return { value: Number.NaN, inclusive: true }
  return { value: typeof value === 'string' ? '' : new Date(-8.64e15), inclusive: true }
}

/** The least value of the next type in the order of types. */
function endOfType(value: string | number | Date): Bound {
  if (typeof value === 'number') return { value: '', inclusive: false }
  return { value: typeof value === 'string' ? {} : new BSONRegExp('', ''), inclusive: false }
}

/** An index holds the elements of arrays, not whole ones, and a pattern means every text that it fits. */
function isEquality(value: unknown): boolean {
  return !Array.isArray(value) && !isPattern(value)
}

function isBound(value: unknown): value is string | number | Date {
  return typeof value === 'string' || typeof value === 'number' || value instanceof Date
}
