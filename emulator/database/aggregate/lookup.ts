import type { Collection } from '../collection.ts'
import type { Document } from '../document.ts'
import { isPlainObject } from '../document.ts'
import { latest } from '../draft.ts'
import { refused } from '../failures.ts'
import { valuesAt } from '../query/paths.ts'
import { select } from '../select.ts'
import { compileExpression } from './expression.ts'
import { keyOfValue } from './groupKey.ts'
import { variableName } from './operator.ts'
import type { Pipeline } from './pipeline.ts'
import { withValueAt } from './shape.ts'
import type { Stage } from './stages.ts'

/** Makes a pipeline over another collection ready. */
type CompilePipeline = (pipeline: unknown, collection: Collection | undefined, variables: readonly string[]) => Pipeline

/** Joins documents of another collection, by equal fields or by a pipeline. A collection that does not exist is empty. */
export function compileLookup(
  specification: unknown,
  variables: readonly string[],
  collectionNamed: (name: string) => Collection | undefined,
  compilePipeline: CompilePipeline,
): Stage {
  if (!isPlainObject(specification)) throw refused('the $lookup specification must be an object')
  const { from, as, localField, foreignField, let: bindings, pipeline, ...others } = specification
  const [stranger] = Object.keys(others)
  if (stranger !== undefined) throw refused(`unknown argument to $lookup: ${stranger}`)
  if (typeof from !== 'string') throw refused('missing \'from\' option to $lookup stage specification')
  if (typeof as !== 'string' || as === '') throw refused('must specify \'as\' field for a $lookup')
  const collection = collectionNamed(from)
  if (pipeline === undefined) {
    if (bindings !== undefined) throw refused('$lookup with a \'let\' argument must also specify \'pipeline\'')
    if (typeof localField !== 'string' || typeof foreignField !== 'string') {
      throw refused('$lookup requires either \'pipeline\' or both \'localField\' and \'foreignField\' to be specified')
    }
    const find = finder(collection, foreignField)
    return documents => documents.map(document => withValueAt(document, as, find(localValues(document, localField))))
  }
  if (localField !== undefined || foreignField !== undefined) throw refused('$lookup with \'pipeline\' may not specify \'localField\' or \'foreignField\'')
  return byPipeline(as, bindingsOf(bindings, variables), inner => compilePipeline(pipeline, collection, [...variables, ...inner]))
}

interface Binding {
  name: string
  value: ReturnType<typeof compileExpression>
}

function bindingsOf(bindings: unknown, variables: readonly string[]): Binding[] {
  if (bindings === undefined) return []
  if (!isPlainObject(bindings)) throw refused('$lookup argument \'let\' must be an object')
  return Object.entries(bindings)
    .map(([name, expression]) => ({ name: variableName(name), value: compileExpression(expression, variables) }))
}

function byPipeline(as: string, bindings: Binding[], compile: (names: string[]) => Pipeline): Stage {
  const run = compile(bindings.map(({ name }) => name))
  return (documents, bound) => documents.map((document) => {
    const own = Object.fromEntries(bindings.map(({ name, value }) => [name, value({ root: document, variables: bound })]))
    return withValueAt(document, as, run({ ...bound, ...own }))
  })
}

/** What the other side must be equal to: an element when the field is an array, null when it is missing. */
function localValues(document: Document, field: string): unknown[] {
  const values = valuesAt(document, field, true).filter(value => !Array.isArray(value)).map(value => value ?? null)
  return values.length > 0 || valuesAt(document, field, false).some(Array.isArray) ? values : [null]
}

/** Finds documents by a field, with the help of an index or of a table that is made on first use. */
function finder(collection: Collection | undefined, field: string): (values: unknown[]) => Document[] {
  if (!collection) return () => []
  if (collection.indexes.some(({ declaration }) => declaration.keys[0]?.field === field)) {
    return values => select(latest, collection, { query: { [field]: { $in: values } } }).map(({ document }) => document)
  }
  let table: Map<string, Document[]> | null = null
  return (values) => {
    table ??= tableOf(collection, field)
    const found = values.flatMap(value => table?.get(keyOfValue(value)) ?? [])
    return [...new Set(found)]
  }
}

function tableOf(collection: Collection, field: string): Map<string, Document[]> {
  const table = new Map<string, Document[]>()
  for (const { document } of select(latest, collection, { query: {} })) {
    for (const value of new Set(valuesAt(document, field, true).map(value => keyOfValue(value ?? null)))) {
      const documents = table.get(value)
      if (documents) documents.push(document)
      else table.set(value, [document])
    }
  }
  return table
}
