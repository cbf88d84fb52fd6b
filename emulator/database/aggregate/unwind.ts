import type { Document } from '../document.ts'
import { isPlainObject } from '../document.ts'
import { refused } from '../failures.ts'
import { compileExpression } from './expression.ts'
import { withValueAt, withoutPath } from './shape.ts'
import type { Stage } from './stages.ts'

/** One document for each element of an array. What is no array counts as its only element. */
export function compileUnwind(specification: unknown): Stage {
  const options: Record<string, unknown> = isPlainObject(specification) ? specification : { path: specification }
  const { path, includeArrayIndex, preserveNullAndEmptyArrays = false, ...others } = options
  const [stranger] = Object.keys(others)
  if (stranger !== undefined) throw refused(`unrecognized option to $unwind stage: ${stranger}`)
  if (typeof path !== 'string' || path.length < 2) throw refused('no path specified to $unwind stage')
  if (!path.startsWith('$')) throw refused(`path option to $unwind stage should be prefixed with a '$': ${path}`)
  const indexField = includeArrayIndex ?? null
  if (indexField !== null && (typeof indexField !== 'string' || indexField === '' || indexField.startsWith('$'))) {
    throw refused('includeArrayIndex option to $unwind stage should be a name that does not begin with $')
  }
  const field = path.slice(1)
  const values = compileExpression(path)
  const placed = (document: Document, index: number | null) =>
    indexField === null ? document : withValueAt(document, indexField, index)
  return documents => documents.flatMap((document) => {
    const value = values({ root: document, variables: {} })
    if (Array.isArray(value) && value.length > 0) return value.map((item, index) => placed(withValueAt(document, field, item), index))
    if (Array.isArray(value)) return preserveNullAndEmptyArrays === true ? [placed(withoutPath(document, field), null)] : []
    if (value === null || value === undefined) return preserveNullAndEmptyArrays === true ? [placed(document, null)] : []
    return [placed(document, null)]
  })
}
