import { isOperatorObject } from '../bsonTypes.ts'
import { compileExpression, truthy } from '../aggregate/expression.ts'
import type { Document } from '../document.ts'
import { isPlainObject } from '../document.ts'
import { refused, refusing } from '../failures.ts'
import { readAreaCondition, shapesOrNone } from '../geo/geoQuery.ts'
import { bitTest, comparedTo, dividedBy, equalTo, matching, ofType, oneOf } from './compare.ts'
import type { ValueTest } from './compare.ts'
import { compileJsonSchema } from './jsonSchema.ts'
import type { PathValue } from './paths.ts'
import { placedValuesAt, valuesAt } from './paths.ts'
import { isPattern } from './patterns.ts'

/**
 * Tests a document. When `trail` is given, it takes up which elements of which arrays made the document match. `bound` are
 * the variables of an aggregation around the query.
 */
export type DocumentTest = (document: Document, trail?: PathValue[], bound?: Document) => boolean

/** Makes a test of a query, in whose `$expr` some variables are known. Refuses, in the words of the database, what is no query. */
export function compileQuery(query: Document, variables: readonly string[] = []): DocumentTest {
  return refusing(() => compile(query, variables))
}

function compile(query: Document, variables: readonly string[]): DocumentTest {
  return everyOf(Object.entries(query).map(([field, condition]) =>
    field.startsWith('$') ? compileTopLevel(field, condition, variables) : compileField(field, condition)))
}

function compileTopLevel(operator: string, argument: unknown, variables: readonly string[]): DocumentTest {
  switch (operator) {
    case '$and': return everyOf(branches(operator, argument, variables))
    case '$or': {
      const tests = branches(operator, argument, variables)
      return (document, trail, bound) => tests.some(test => test(document, trail, bound))
    }
    case '$nor': {
      const tests = branches(operator, argument, variables)
      return (document, _, bound) => !tests.some(test => test(document, undefined, bound))
    }
    case '$expr': {
      const value = compileExpression(argument, variables)
      return (document, _, bound = {}) => truthy(value({ root: document, variables: bound }))
    }
    case '$jsonSchema': {
      const test = compileJsonSchema(argument)
      return document => test(document)
    }
    case '$comment': return () => true
    case '$text': throw refused('(BadValue) text index required for $text query')
    case '$where': throw refused('(BadValue) $where is not allowed in this context')
    default: throw refused(`(BadValue) unknown top level operator: ${operator}`)
  }
}

function everyOf(tests: DocumentTest[]): DocumentTest {
  const [only] = tests
  return tests.length === 1 && only ? only : (document, trail, bound) => tests.every(test => test(document, trail, bound))
}

function branches(operator: string, argument: unknown, variables: readonly string[]): DocumentTest[] {
  if (!Array.isArray(argument)) throw refused(`(BadValue) ${operator} must be an array`)
  if (argument.length === 0) throw refused('(BadValue) $and/$or/$nor must be a nonempty array')
  return argument.map((branch: unknown) => {
    if (!isPlainObject(branch)) throw refused('(BadValue) $or/$and/$nor entries need to be full objects')
    return compile(branch, variables)
  })
}

function compileField(path: string, condition: unknown): DocumentTest {
  if (isOperatorObject(condition)) return compileOperators(path, condition)
  return anyValue(path, true, isPattern(condition) ? matching(condition.pattern, condition.options) : equalTo(condition))
}

function compileOperators(path: string, operators: Record<string, unknown>): DocumentTest {
  return everyOf(Object.entries(operators).map(([operator, argument]) => compileOperator(path, operator, argument, operators)))
}

function compileOperator(path: string, operator: string, argument: unknown, all: Record<string, unknown>): DocumentTest {
  switch (operator) {
    case '$ne':
      if (isPattern(argument)) throw refused('(BadValue) Can\'t have regex as arg to $ne.')
      return negated(anyValue(path, true, equalTo(argument)))
    case '$nin': return negated(anyValue(path, true, oneOf(operator, argument)))
    case '$not': return negated(compileNot(path, argument))
    case '$exists': return compileExists(path, argument)
    case '$all': return compileAll(path, argument)
    case '$elemMatch': return anyElement(path, compileElement(argument))
    case '$size': return compileSize(path, argument)
    case '$near':
    case '$nearSphere':
    case '$geoNear': throw refused('(BadValue) $geoNear, $near, and $nearSphere are not allowed in this context')
  }
  const area = readAreaCondition(operator, argument)
  if (area) return anyValue(path, false, value => shapesOrNone(value).some(area.test))
  return anyValue(path, true, valueTest(operator, argument, all))
}

/** Operators that look at one value at a time. */
function valueTest(operator: string, argument: unknown, all: Record<string, unknown>): ValueTest {
  switch (operator) {
    case '$eq': return equalTo(argument)
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte': return comparedTo(operator, argument)
    case '$in': return oneOf(operator, argument)
    case '$mod': return dividedBy(argument)
    case '$type': return ofType(argument)
    case '$regex': return compileRegex(argument, all.$options)
    case '$options':
      if (!('$regex' in all)) throw refused('(BadValue) $options needs a $regex')
      return () => true
  }
  const bits = bitTest(operator, argument)
  if (!bits) throw refused(`(BadValue) unknown operator: ${operator}`)
  return bits
}

function anyValue(path: string, expand: boolean, test: ValueTest): DocumentTest {
  return (document, trail) => {
    if (!trail) return valuesAt(document, path, expand).some(test)
    const found = placedValuesAt(document, path, expand).find(({ value }) => test(value))
    if (found) trail.push(found)
    return found !== undefined
  }
}

/** Some element of an array that the path leads to. */
function anyElement(path: string, test: ValueTest): DocumentTest {
  return (document, trail) => placedValuesAt(document, path, false).some(({ value, ...place }) => {
    if (!Array.isArray(value)) return false
    const index = value.findIndex(test)
    if (index >= 0) trail?.push(place.index === undefined ? { value: value[index], array: path, index } : { ...place, value })
    return index >= 0
  })
}

/** Which element matched is unknown when none may. */
function negated(test: DocumentTest): DocumentTest {
  return document => !test(document)
}

function compileNot(path: string, argument: unknown): DocumentTest {
  if (isPattern(argument)) return compileField(path, argument)
  if (!isPlainObject(argument)) throw refused('(BadValue) $not needs a regex or a document')
  if (Object.keys(argument).length === 0) throw refused('(BadValue) $not cannot be empty')
  if (!isOperatorObject(argument)) throw refused(`(BadValue) unknown operator: ${Object.keys(argument)[0]}`)
  return compileOperators(path, argument)
}

function compileExists(path: string, argument: unknown): DocumentTest {
  const exists = anyValue(path, true, value => value !== undefined)
  return truthy(argument) ? exists : negated(exists)
}

function compileAll(path: string, argument: unknown): DocumentTest {
  if (!Array.isArray(argument)) throw refused('(BadValue) $all needs an array')
  if (argument.length === 0) return () => false
  const elements = argument.map(item => isOperatorObject(item) && '$elemMatch' in item)
  if (elements.some(is => is !== elements[0])) throw refused('(BadValue) $all/$elemMatch has to be consistent')
  return everyOf(argument.map((item: unknown) => {
    if (isOperatorObject(item) && !('$elemMatch' in item)) throw refused('(BadValue) no $ expressions in $all')
    return compileField(path, item)
  }))
}

/** Tests an element as a document, or as a value when the condition begins with an operator. */
function compileElement(condition: unknown): ValueTest {
  if (!isPlainObject(condition)) throw refused('(BadValue) $elemMatch needs an Object')
  const [first = ''] = Object.keys(condition)
  if (first.startsWith('$') && !['$and', '$or', '$nor', '$expr'].includes(first)) {
    const test = compileOperators('element', condition)
    // What looks at whole arrays gets an inner array as it is; anything else must not look into it.
    const whole = ['$size', '$all', '$elemMatch'].includes(first)
    return value => test({ element: Array.isArray(value) && !whole ? [value] : value })
  }
  const test = compile(condition, [])
  return value => isPlainObject(value) ? test(value) : Array.isArray(value) && test({ ...value } as unknown as Document)
}

function compileSize(path: string, argument: unknown): DocumentTest {
  if (typeof argument !== 'number' || !Number.isInteger(argument)) throw refused('(BadValue) $size must be a whole number')
  if (argument < 0) throw refused('(BadValue) $size may not be negative')
  return anyValue(path, false, value => Array.isArray(value) && value.length === argument)
}

function compileRegex(argument: unknown, options: unknown): ValueTest {
  if (options !== undefined && typeof options !== 'string') throw refused('(BadValue) $options has to be a string')
  if (isPattern(argument)) return matching(argument.pattern, options ?? argument.options)
  if (typeof argument !== 'string') throw refused('(BadValue) $regex has to be a string')
  return matching(argument, options ?? '')
}
