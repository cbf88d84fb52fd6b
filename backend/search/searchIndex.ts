import type { World } from '../ports.ts'
import type { SearchEntry } from './rules.ts'

/** All that searches read, in one document: comparing a thousand names takes a few milliseconds, a query would take longer. */
export interface SearchIndexDocument { _id: string, entries: SearchEntry[], builtAtMs: number }

/** The one index, of every store's goods. */
export const GOODS_INDEX = 'goods'

export const searchIndexes = (world: World) => world.database.collection<SearchIndexDocument>('searchIndexes')

/** Empty until somebody has built it. One database operation. */
export async function readIndex(world: World): Promise<readonly SearchEntry[]> {
  return (await searchIndexes(world).read(GOODS_INDEX))?.entries ?? []
}
