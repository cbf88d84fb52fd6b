import { isPlainObject } from '../document.ts'
import { encode } from '../ejson.ts'
import { refused } from '../failures.ts'
import { fieldOf } from '../query/paths.ts'
import { ACCUMULATING_EXPRESSIONS, accumulators } from './accumulators.ts'
import { arithmetic } from './arithmetic.ts'
import { arrays } from './arrays.ts'
import { dates } from './dates.ts'
import { logic } from './logic.ts'
import type { Evaluate, Operator } from './operator.ts'
import { strings } from './strings.ts'
import { types } from './types.ts'

export type { Evaluate, Scope } from './operator.ts'
export { truthy } from './operator.ts'

/** All operators of expressions, by their names. */
const operators: Readonly<Record<string, Operator>> = {
  ...arithmetic, ...arrays, ...logic, ...strings, ...dates, ...types,
  ...Object.fromEntries(ACCUMULATING_EXPRESSIONS.map(name => [name, accumulating(name)])),
}

/** Makes an expression ready. Refuses operators and variables that the database does not know. */
export function compileExpression(expression: unknown, variables: readonly string[] = []): Evaluate {
  if (typeof expression === 'string') return expression.startsWith('$') ? compilePath(expression, variables) : () => expression
  if (Array.isArray(expression)) {
    const parts = expression.map(part => compileExpression(part, variables))
    return scope => parts.map(part => part(scope) ?? null)
  }
  return isPlainObject(expression) ? compileObject(expression, variables) : () => expression
}

function compileObject(expression: Record<string, unknown>, variables: readonly string[]): Evaluate {
  const [name] = Object.keys(expression)
  if (name?.startsWith('$')) {
    if (Object.keys(expression).length > 1) throw refused(`an object representing an expression must have exactly one field: ${encode(expression)}`)
    const operator = Object.hasOwn(operators, name) ? operators[name] : undefined
    if (!operator) throw refused(`Unrecognized expression '${name}'`)
    return operator(expression[name], (part, ...more) => compileExpression(part, [...variables, ...more]))
  }
  const fields = Object.entries(expression).map(([field, part]) => {
    if (field.startsWith('$') || field.includes('.')) throw refused(`FieldPath field names may not start with '$' or contain '.': ${field}`)
    return { field, part: compileExpression(part, variables) }
  })
  return scope => Object.fromEntries(fields.map(({ field, part }) => [field, part(scope)]).filter(([, value]) => value !== undefined))
}

/** `$field.inner`, or `$$variable.inner`. */
function compilePath(path: string, variables: readonly string[]): Evaluate {
  if (!path.startsWith('$$')) {
    const fields = fieldsOf(path.slice(1))
    return ({ root }) => along(root, fields, 0)
  }
  const [variable = '', ...rest] = fieldsOf(path.slice(2))
  if (variables.includes(variable)) return scope => along(scope.variables[variable], rest, 0)
  if (variable === 'ROOT' || variable === 'CURRENT') return ({ root }) => along(root, rest, 0)
  if (variable === 'REMOVE') return () => undefined
  throw refused(`Use of undefined variable: ${variable}`)
}

function fieldsOf(path: string): string[] {
  const fields = path.split('.')
  if (fields.includes('')) throw refused(`FieldPath must not be empty, nor begin or end with a '.': ${path}`)
  return fields
}

/** Goes through arrays as well, and leaves out elements without the field. Numbers are names of fields here, not positions. */
function along(value: unknown, fields: readonly string[], at: number): unknown {
  const field = fields[at]
  if (field === undefined) return value
  if (Array.isArray(value)) return value.filter(isPlainObject).map(item => along(item, fields, at)).filter(item => item !== undefined)
  return isPlainObject(value) ? along(fieldOf(value, field), fields, at + 1) : undefined
}

/** `$sum` and its like outside of groups: of one array, or of a list of values. */
function accumulating(name: string): Operator {
  const accumulate = accumulators[name] as (values: unknown[]) => unknown
  return (argument, compile) => {
    const parts = Array.isArray(argument) && argument.length !== 1 ? argument.map(part => compile(part)) : null
    if (parts) return scope => accumulate(parts.map(part => part(scope)))
    const single = compile(Array.isArray(argument) ? argument[0] : argument)
    return (scope) => {
      const value = single(scope)
      return accumulate(Array.isArray(value) ? value : [value])
    }
  }
}
