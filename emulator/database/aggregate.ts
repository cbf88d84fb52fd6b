import { Aggregator, ProcessingMode } from 'mingo'
import type { Collection } from './collection.ts'
import type { Document } from './document.ts'
import { cloneValue, isPlainObject } from './document.ts'
import { latest } from './draft.ts'
import { refused, refusing } from './failures.ts'
import { select } from './select.ts'

/** Stages that would write. The SDK does not offer them, and the engine would write past every promise of the database. */
const WRITING_STAGES = ['$out', '$merge']

/** Runs a pipeline over the latest state. `resolve` finds other collections for `$lookup`; a missing one is empty. */
export function aggregate(collection: Collection, pipeline: Document[], resolve: (name: string) => Collection | undefined): unknown[] {
  const writing = pipeline.flatMap(stage => Object.keys(stage)).find(name => WRITING_STAGES.includes(name))
  if (writing) throw refused(`Stage not supported: ${writing}`)
  const { query, rest } = leadingMatch(pipeline)
  const source = select(latest, collection, { query }).map(({ document }) => document)
  const aggregator = new Aggregator(rest, {
    scriptEnabled: false,
    // Stages such as `$addFields` write into nested objects of what they are given.
    processingMode: ProcessingMode.CLONE_INPUT,
    collectionResolver: name => documentsOf(resolve(name)),
  })
  return refusing(() => aggregator.run(source))
}

/** A first `$match` is answered like a query, and so with the help of indexes. */
function leadingMatch(pipeline: Document[]): { query: Document, rest: Document[] } {
  const [first, ...rest] = pipeline
  return isPlainObject(first?.$match) ? { query: first.$match, rest } : { query: {}, rest: pipeline }
}

function documentsOf(collection: Collection | undefined): Record<string, unknown>[] {
  if (!collection) return []
  return select(latest, collection, { query: {} }).map(({ document }) => cloneValue(document))
}
