import { isOperatorObject } from '../bsonTypes.ts'
import type { Document } from '../document.ts'
import { isPlainObject } from '../document.ts'
import { encode } from '../ejson.ts'
import { refused } from '../failures.ts'
import type { Evaluate } from './expression.ts'
import { compileExpression } from './expression.ts'

/** What becomes of a field: it stays, it goes, it is computed, or its own fields are looked at. */
type Rule = 'keep' | 'drop' | Evaluate | Rules
type Rules = Map<string, Rule>

/** Makes the function behind `$addFields`. */
export function compileAddFields(specification: unknown, variables: readonly string[]): (document: Document, bound: Document) => Document {
  if (!isPlainObject(specification)) throw refused('$addFields specification stage must be an object')
  const rules: Rules = new Map()
  for (const [path, expression] of Object.entries(specification)) addComputed(rules, path, expression, variables)
  if (rules.size === 0) throw refused('$addFields specification must have at least one field')
  return (document, bound) => shaped(document, rules, false, { root: document, variables: bound })
}

/** Makes the function behind `$project`. Fields that stay come in the order of the document, computed ones after them. */
export function compileProject(specification: unknown, variables: readonly string[]): (document: Document, bound: Document) => Document {
  if (!isPlainObject(specification)) throw refused('$project specification must be an object')
  if (Object.keys(specification).length === 0) throw refused('Invalid $project :: caused by :: specification must have at least one field')
  const rules: Rules = new Map()
  for (const [path, wanted] of Object.entries(specification)) addProjected(rules, path, wanted, variables)
  const kinds = kindsIn(rules, true)
  if (kinds.has('drop') && (kinds.has('keep') || kinds.has('compute'))) {
    throw refused(`Invalid $project :: caused by :: Bad projection specification, cannot exclude fields other than '_id' in an inclusion projection: ${encode(specification)}`)
  }
  // Naming nothing but `_id` decides by what is said of it.
  const including = kinds.size === 0 ? rules.get('_id') !== 'drop' : !kinds.has('drop')
  if (including && !rules.has('_id')) rules.set('_id', 'keep')
  return (document, bound) => shaped(document, rules, including, { root: document, variables: bound })
}

/** Puts a value at a dotted path, into every element of arrays on the way. */
export function withValueAt(document: Document, path: string, value: unknown): Document {
  const rules: Rules = new Map()
  put(rules, path.split('.'), () => value, path)
  return shaped(document, rules, false, { root: document, variables: {} })
}

/** Leaves the field at a dotted path out. */
export function withoutPath(document: Document, path: string): Document {
  const rules: Rules = new Map()
  put(rules, path.split('.'), 'drop', path)
  return shaped(document, rules, false, { root: document, variables: {} })
}

function addComputed(rules: Rules, path: string, expression: unknown, variables: readonly string[]): void {
  if (isPlainObject(expression) && !isOperatorObject(expression) && Object.keys(expression).length > 0) {
    for (const [field, inner] of Object.entries(expression)) addComputed(rules, `${path}.${field}`, inner, variables)
  } else {
    put(rules, path.split('.'), compileExpression(expression, variables), path)
  }
}

function addProjected(rules: Rules, path: string, wanted: unknown, variables: readonly string[]): void {
  if (typeof wanted === 'number' || typeof wanted === 'boolean') return put(rules, path.split('.'), wanted ? 'keep' : 'drop', path)
  if (isPlainObject(wanted) && !isOperatorObject(wanted)) {
    if (Object.keys(wanted).length === 0) throw refused('Invalid $project :: caused by :: an empty object is not a valid value. Found empty object at path')
    for (const [field, inner] of Object.entries(wanted)) addProjected(rules, `${path}.${field}`, inner, variables)
    return
  }
  put(rules, path.split('.'), compileExpression(wanted, variables), path)
}

function put(rules: Rules, [field = '', ...rest]: string[], rule: Rule, path: string): void {
  if (field === '' || field.startsWith('$')) throw refused(`FieldPath field names may not be empty or start with '$': ${path}`)
  const present = rules.get(field)
  if (present !== undefined && (rest.length === 0 || !(present instanceof Map))) {
    throw refused(`specification contains two conflicting paths. Cannot specify both '${path}' and another path that contains it or lies in it`)
  }
  if (rest.length === 0) {
    rules.set(field, rule)
    return
  }
  const inner: Rules = present instanceof Map ? present : new Map<string, Rule>()
  rules.set(field, inner)
  put(inner, rest, rule, path)
}

/** What the rules do, `_id` at the top not counted. */
function kindsIn(rules: Rules, top: boolean): Set<'keep' | 'drop' | 'compute'> {
  const kinds = new Set<'keep' | 'drop' | 'compute'>()
  for (const [field, rule] of rules) {
    if (top && field === '_id' && typeof rule === 'string') continue
    if (rule instanceof Map) for (const kind of kindsIn(rule, false)) kinds.add(kind)
    else kinds.add(typeof rule === 'string' ? rule : 'compute')
  }
  return kinds
}

function shaped(value: Document, rules: Rules, including: boolean, scope: Parameters<Evaluate>[0]): Document {
  const fields = new Map<string, unknown>()
  for (const [field, inner] of Object.entries(value)) {
    const rule = rules.get(field)
    if (rule === undefined ? including : rule === 'drop') continue
    // A computed field keeps its place where all fields stay, and comes last where only named ones do.
    if (typeof rule === 'function' && including) continue
    const kept = rule instanceof Map ? shapedInside(inner, rule, including, scope) : inner
    if (kept !== undefined) fields.set(field, kept)
  }
  for (const [field, rule] of rules) applyMissing(fields, field, rule, including, scope)
  return Object.fromEntries(fields)
}

/** Computes what the value itself did not have, or has otherwise. */
function applyMissing(fields: Map<string, unknown>, field: string, rule: Rule, including: boolean, scope: Parameters<Evaluate>[0]): void {
  if (typeof rule === 'function') {
    const computed = rule(scope)
    if (computed === undefined) fields.delete(field)
    else fields.set(field, computed)
  } else if (rule instanceof Map && !fields.has(field) && kindsIn(rule, false).has('compute')) {
    const created = shaped({}, rule, including, scope)
    if (Object.keys(created).length > 0) fields.set(field, created)
  }
}

function shapedInside(value: unknown, rules: Rules, including: boolean, scope: Parameters<Evaluate>[0]): unknown {
  const inside = (item: unknown) => shapedInside(item, rules, including, scope)
  if (Array.isArray(value)) return value.map(inside).filter(item => item !== undefined)
  if (isPlainObject(value)) return shaped(value, rules, including, scope)
  // Computed fields turn a scalar into an object; else it stays only where unnamed fields do.
  if (kindsIn(rules, false).has('compute')) return shaped({}, rules, including, scope)
  return including ? undefined : value
}
