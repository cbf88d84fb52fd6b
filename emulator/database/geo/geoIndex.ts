import type { IndexDeclaration } from '../database.ts'
import type { Document, StoredDocument } from '../document.ts'
import { encode } from '../ejson.ts'
import { refused } from '../failures.ts'
import { valuesAt } from '../query/paths.ts'
import type { Box } from './boxes.ts'
import { boxesOf } from './boxes.ts'
import type { Place } from './shapes.ts'
import { readPlaces } from './shapes.ts'

/** Cells of the finest grid are about 1.2 km high; each coarser grid has cells twice as wide. */
const LEVELS = 15
const GLOBE_DEG = 180

interface Cell {
  level: number
  id: number
}

/** The cells of one grid that a box touches, as ranges of rows and columns. Columns may go on past the date line. */
interface Window {
  firstColumn: number
  lastColumn: number
  firstRow: number
  lastRow: number
}

/**
 * The latest committed documents of a collection by where they are.
 *
 * A shape stands in the cells that its box touches, in the grid whose cells are about as large as the box: four cells at
 * most. A search looks into the cells of every grid that its own box touches.
 */
export class GeoIndex {
  readonly #grids = Array.from({ length: LEVELS }, () => new Map<number, Set<string>>())
  readonly #places = new Map<string, Cell[]>()

  constructor(readonly declaration: IndexDeclaration, readonly field: string) {}

  get name(): string {
    return this.declaration.name
  }

  /** Refuses a document whose field holds something else than places. A missing field is none. */
  assertIndexable(document: Document): void {
    try {
      placesIn(document, this.field)
    } catch (error) {
      throw refused(`Can't extract geo keys: ${encode(document)} ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  load(documents: Iterable<StoredDocument>): void {
    for (const stored of documents) this.replace(undefined, stored)
  }

  /** Takes over what a commit does to one document. */
  replace(before: StoredDocument | undefined, after: StoredDocument | undefined): void {
    if (before) this.#remove(before.key)
    if (after) this.#add(after)
  }

  /** Names of the documents that may lie in a box, each once. */
  * scan(box: Box): Generator<string> {
    const seen = new Set<string>()
    for (const cell of this.#cellsIn(box)) {
      for (const key of cell) {
        if (!seen.has(key)) yield key
        seen.add(key)
      }
    }
  }

  #add({ key, document }: StoredDocument): void {
    const cells = placesIn(document, this.field).flatMap(({ shape }) => boxesOf(shape)).flatMap(cellsOf)
    if (cells.length === 0) return
    this.#places.set(key, cells)
    for (const { level, id } of cells) {
      const grid = this.#grids[level] as Map<number, Set<string>>
      grid.set(id, (grid.get(id) ?? new Set<string>()).add(key))
    }
  }

  #remove(key: string): void {
    for (const { level, id } of this.#places.get(key) ?? []) {
      const cell = this.#grids[level]?.get(id)
      cell?.delete(key)
      if (cell?.size === 0) this.#grids[level]?.delete(id)
    }
    this.#places.delete(key)
  }

  * #cellsIn(box: Box): Generator<Set<string>> {
    for (const [level, grid] of this.#grids.entries()) {
      if (grid.size === 0) continue
      const window = windowOf(box, level)
      // A box with more cells than there are in use is not worth walking through.
      if (cellCount(window) > grid.size) {
        for (const [id, cell] of grid) if (lies(id, level, window)) yield cell
      } else {
        for (const id of cellIds(window, level)) {
          const cell = grid.get(id)
          if (cell) yield cell
        }
      }
    }
  }
}

/** The places that a document has in a field. Throws an Error for what is no place. */
export function placesIn(document: Document, field: string): Place[] {
  return valuesAt(document, field, false).flatMap(readPlaces)
}

function cellsOf(box: Box): Cell[] {
  const size = Math.max(box.east - box.west, box.north - box.south)
  const level = Math.max(0, Math.min(LEVELS - 1, Math.floor(Math.log2(GLOBE_DEG / size))))
  return [...new Set(cellIds(windowOf(box, level), level))].map(id => ({ level, id }))
}

function windowOf({ west, south, east, north }: Box, level: number): Window {
  const size = GLOBE_DEG / 2 ** level
  const row = (latitude: number) => Math.max(0, Math.min(2 ** level - 1, Math.floor((latitude + 90) / size)))
  const firstColumn = Math.floor((west + 180) / size)
  return {
    firstColumn,
    lastColumn: Math.min(Math.floor((east + 180) / size), firstColumn + columnsAt(level) - 1),
    firstRow: row(south),
    lastRow: row(north),
  }
}

function columnsAt(level: number): number {
  return 2 ** (level + 1)
}

function cellCount({ firstColumn, lastColumn, firstRow, lastRow }: Window): number {
  return (lastColumn - firstColumn + 1) * (lastRow - firstRow + 1)
}

function* cellIds({ firstColumn, lastColumn, firstRow, lastRow }: Window, level: number): Generator<number> {
  const columns = columnsAt(level)
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) yield row * columns + (column % columns + columns) % columns
  }
}

function lies(id: number, level: number, { firstColumn, lastColumn, firstRow, lastRow }: Window): boolean {
  const columns = columnsAt(level)
  const row = Math.floor(id / columns)
  const fromFirst = ((id % columns - firstColumn) % columns + columns) % columns
  return row >= firstRow && row <= lastRow && fromFirst <= lastColumn - firstColumn
}
