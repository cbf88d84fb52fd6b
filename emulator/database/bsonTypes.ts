import { isPlainObject } from './document.ts'

/** Names and numbers of the BSON types, as `$type` and error texts know them. */
const TYPE_NUMBERS = {
  minKey: -1, double: 1, string: 2, object: 3, array: 4, binData: 5, undefined: 6, objectId: 7, bool: 8, date: 9, null: 10,
  regex: 11, dbPointer: 12, javascript: 13, symbol: 14, int: 16, timestamp: 17, long: 18, decimal: 19, maxKey: 127,
} as const

export type TypeName = keyof typeof TYPE_NUMBERS | 'missing'

const INT_MAX = 2 ** 31 - 1
const INT_MIN = -(2 ** 31)
/** The first whole number past 64 bits. */
export const LONG_END = 2 ** 63

/** BSON classes of the EJSON library, by their tag. */
const TAGGED: Readonly<Record<string, TypeName>> = {
  ObjectId: 'objectId', BSONRegExp: 'regex', Binary: 'binData', Decimal128: 'decimal', Timestamp: 'timestamp', MinKey: 'minKey',
  MaxKey: 'maxKey', Long: 'long', Int32: 'int', Double: 'double', Code: 'javascript', BSONSymbol: 'symbol', DBRef: 'object',
}

/**
 * The BSON type of a value. A number has no type of its own here: whole ones count as `int` or `long`, as the SDK sends them,
 * and the others as `double`.
 */
export function typeName(value: unknown): TypeName {
  switch (typeof value) {
    case 'undefined': return 'missing'
    case 'string': return 'string'
    case 'boolean': return 'bool'
    case 'number': return numberType(value)
  }
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (value instanceof Date) return 'date'
  return isPlainObject(value) ? 'object' : TAGGED[tagOf(value) ?? ''] ?? 'object'
}

/** The type that a `$type` argument means: its name, or `number` for any number. Undefined for an unknown one. */
export function typeNamed(argument: unknown): TypeName | 'number' | undefined {
  if (argument === 'number') return 'number'
  return (Object.keys(TYPE_NUMBERS) as (keyof typeof TYPE_NUMBERS)[])
    .find(name => name === argument || TYPE_NUMBERS[name] === argument)
}

/** True for the types that count as numbers. */
export function isNumberType(name: TypeName): boolean {
  return name === 'int' || name === 'long' || name === 'double' || name === 'decimal'
}

/** The tag of a BSON class, such as `ObjectId`. */
export function tagOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('_bsontype' in value)) return undefined
  return typeof value._bsontype === 'string' ? value._bsontype : undefined
}

/** True for `{…}` whose first field is an operator. `$ref`, `$id` and `$db` name another document and are none. */
export function isOperatorObject(value: unknown): value is Record<string, unknown> {
  if (!isPlainObject(value)) return false
  const [first] = Object.keys(value)
  return first !== undefined && first.startsWith('$') && !['$ref', '$id', '$db'].includes(first)
}

function numberType(value: number): TypeName {
  if (!Number.isInteger(value) || Math.abs(value) >= LONG_END) return 'double'
  return value >= INT_MIN && value <= INT_MAX ? 'int' : 'long'
}
