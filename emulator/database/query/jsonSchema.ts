import { isNumberType, typeName, typeNamed } from '../bsonTypes.ts'
import { isPlainObject } from '../document.ts'
import { refused } from '../failures.ts'
import { sameValue } from '../order.ts'
import { fieldOf } from './paths.ts'
import { compilePattern } from './patterns.ts'

type Test = (value: unknown) => boolean
type Schema = Record<string, unknown>
/** Makes a test of one keyword; it passes values of the types that the keyword does not speak of. */
type Keyword = (argument: never, schema: Schema) => Test

const lengthOf = (text: string) => [...text].length
const numbers = (test: (value: number) => boolean): Test => value => typeof value !== 'number' || test(value)
const strings = (test: (value: string) => boolean): Test => value => typeof value !== 'string' || test(value)
const lists = (test: (value: unknown[]) => boolean): Test => value => !Array.isArray(value) || test(value)
const objects = (test: (value: Schema) => boolean): Test => value => !isPlainObject(value) || test(value)

/** Keywords of JSON Schema draft 4, as `$jsonSchema` of the database knows them. */
const keywords: Readonly<Record<string, Keyword>> = {
  bsonType: (names: string | string[]) => ofTypes(names, name => name === 'number' ? isNumberType : undefined),
  type: (names: string | string[]) => ofTypes(names, jsonType),
  enum: (allowed: unknown[]) => value => allowed.some(other => sameValue(value, other)),
  maximum: (most: number, { exclusiveMaximum }) => numbers(value => exclusiveMaximum === true ? value < most : value <= most),
  minimum: (least: number, { exclusiveMinimum }) => numbers(value => exclusiveMinimum === true ? value > least : value >= least),
  exclusiveMaximum: () => () => true,
  exclusiveMinimum: () => () => true,
  multipleOf: (divisor: number) => numbers(value => value % divisor === 0),
  maxLength: (most: number) => strings(value => lengthOf(value) <= most),
  minLength: (least: number) => strings(value => lengthOf(value) >= least),
  pattern: (source: string) => {
    const pattern = compilePattern({ pattern: source, options: '' })
    return strings(value => pattern.test(value))
  },
  maxItems: (most: number) => lists(value => value.length <= most),
  minItems: (least: number) => lists(value => value.length >= least),
  uniqueItems: (unique: boolean) => lists(value => !unique || isDistinct(value)),
  items: itemsTest,
  additionalItems: () => () => true,
  maxProperties: (most: number) => objects(value => Object.keys(value).length <= most),
  minProperties: (least: number) => objects(value => Object.keys(value).length >= least),
  required: (names: string[]) => objects(value => names.every(name => Object.hasOwn(value, name))),
  properties: propertiesTest,
  patternProperties: () => () => true,
  additionalProperties: additionalTest,
  dependencies: dependenciesTest,
  allOf: (schemas: Schema[]) => {
    const tests = schemas.map(compileJsonSchema)
    return value => tests.every(test => test(value))
  },
  anyOf: (schemas: Schema[]) => {
    const tests = schemas.map(compileJsonSchema)
    return value => tests.some(test => test(value))
  },
  oneOf: (schemas: Schema[]) => {
    const tests = schemas.map(compileJsonSchema)
    return value => tests.filter(test => test(value)).length === 1
  },
  not: (schema: Schema) => {
    const test = compileJsonSchema(schema)
    return value => !test(value)
  },
  title: () => () => true,
  description: () => () => true,
}

/** Makes a test of a schema. Refuses keywords that the database does not know. */
export function compileJsonSchema(schema: unknown): Test {
  if (!isPlainObject(schema)) throw refused('$jsonSchema must be an object')
  const tests = Object.entries(schema).map(([name, argument]) => {
    const keyword = Object.hasOwn(keywords, name) ? keywords[name] : undefined
    if (!keyword) throw refused(`Unknown $jsonSchema keyword: ${name}`)
    // A patternProperties without properties still leaves additionalProperties to do, which looks at both itself.
    return keyword(argument as never, schema)
  })
  if (isPlainObject(schema.patternProperties)) tests.push(patternTest(schema.patternProperties))
  return value => tests.every(test => test(value))
}

function isDistinct(list: unknown[]): boolean {
  return list.every((item, at) => list.findIndex(other => sameValue(item, other)) === at)
}

function ofTypes(names: string | string[], special: (name: string) => ((type: ReturnType<typeof typeName>) => boolean) | undefined): Test {
  const tests = [names].flat().map((name) => {
    const test = special(name)
    if (test) return test
    const wanted = typeNamed(name)
    if (wanted === undefined) throw refused(`Unknown type name alias: ${name}`)
    return (type: string) => type === wanted
  })
  return value => tests.some(test => test(typeName(value)))
}

function jsonType(name: string): ((type: ReturnType<typeof typeName>) => boolean) | undefined {
  if (name === 'integer') throw refused('$jsonSchema type \'integer\' is not currently supported.')
  if (name === 'number') return isNumberType
  return name === 'boolean' ? type => type === 'bool' : undefined
}

function itemsTest(items: unknown, { additionalItems }: Schema): Test {
  if (!Array.isArray(items)) {
    const test = compileJsonSchema(items)
    return lists(value => value.every(test))
  }
  const tests = items.map(compileJsonSchema)
  const rest = isPlainObject(additionalItems) ? compileJsonSchema(additionalItems) : () => additionalItems !== false
  return lists(value => value.every((item, at) => (tests[at] ?? rest)(item)))
}

function propertiesTest(properties: Schema): Test {
  const tests = Object.entries(properties).map(([name, schema]) => ({ name, test: compileJsonSchema(schema) }))
  return objects(value => tests.every(({ name, test }) => !Object.hasOwn(value, name) || test(fieldOf(value, name))))
}

function patternTest(properties: Schema): Test {
  const tests = Object.entries(properties)
    .map(([source, schema]) => ({ pattern: compilePattern({ pattern: source, options: '' }), test: compileJsonSchema(schema) }))
  const fits = ([name, inner]: [string, unknown]) => tests.every(({ pattern, test }) => !pattern.test(name) || test(inner))
  return objects(value => Object.entries(value).every(fits))
}

function additionalTest(additional: unknown, { properties = {}, patternProperties = {} }: Schema): Test {
  if (additional === true) return () => true
  const patterns = Object.keys(patternProperties as Schema).map(source => compilePattern({ pattern: source, options: '' }))
  const test = additional === false ? () => false : compileJsonSchema(additional)
  const named = (name: string) => Object.hasOwn(properties as Schema, name) || patterns.some(pattern => pattern.test(name))
  return objects(value => Object.entries(value).every(([name, inner]) => named(name) || test(inner)))
}

function dependenciesTest(dependencies: Schema): Test {
  const tests = Object.entries(dependencies).map(([name, needs]) => {
    const test: Test = Array.isArray(needs)
      ? objects(value => needs.every(other => Object.hasOwn(value, String(other))))
      : compileJsonSchema(needs)
    return { name, test }
  })
  return objects(value => tests.every(({ name, test }) => !Object.hasOwn(value, name) || test(value)))
}
