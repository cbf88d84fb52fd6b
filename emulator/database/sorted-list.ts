/** How many items may stand in one block before it is cut in two. */
const BLOCK_MAX = 512

/**
 * Items in order, with quick search and quick insertion.
 *
 * One sorted array would move half of its items on every insertion; here they stand in short blocks, of which one is moved.
 */
export class SortedList<T> {
  /** Never empty, and no block is empty but the only one. */
  #blocks: T[][] = [[]]

  constructor(private readonly compare: (left: T, right: T) => number) {}

  /** Takes many items into an empty list, much faster than one by one. */
  fill(items: T[]): void {
    items.sort(this.compare)
    const blocks: T[][] = []
    for (let start = 0; start < items.length; start += BLOCK_MAX / 2) blocks.push(items.slice(start, start + BLOCK_MAX / 2))
    if (blocks.length > 0) this.#blocks = blocks
  }

  add(item: T): void {
    const { block, place } = this.#firstAt(other => this.compare(other, item) >= 0)
    const items = this.#blockAt(block)
    items.splice(place, 0, item)
    if (items.length > BLOCK_MAX) this.#blocks.splice(block + 1, 0, items.splice(BLOCK_MAX / 2))
  }

  /** Removes the item that compares as equal, if there is one. */
  remove(item: T): void {
    const { block, place } = this.#firstAt(other => this.compare(other, item) >= 0)
    const items = this.#blockAt(block)
    const found = items[place]
    if (found === undefined || this.compare(found, item) !== 0) return
    items.splice(place, 1)
    if (items.length === 0 && this.#blocks.length > 1) this.#blocks.splice(block, 1)
  }

  /** The items of a range, in order or against it. `side` is negative before the range, zero inside and positive behind it. */
  * range(side: (item: T) => number, reverse = false): Generator<T> {
    const start = this.#firstAt(item => side(item) >= 0)
    const end = this.#firstAt(item => side(item) > 0)
    const count = end.block - start.block + 1
    for (let step = 0; step < count; step++) {
      const block = reverse ? end.block - step : start.block + step
      const items = this.#blockAt(block)
      const [from, to] = [block === start.block ? start.place : 0, block === end.block ? end.place : items.length]
      for (let place = from; place < to; place++) yield items[reverse ? from + to - 1 - place : place] as T
    }
  }

  * [Symbol.iterator](): Generator<T> {
    for (const items of this.#blocks) yield* items
  }

  #blockAt(block: number): T[] {
    return this.#blocks[block] ?? []
  }

  /** Where the first item stands that satisfies a condition which holds from some point on; behind the last if none does. */
  #firstAt(holds: (item: T) => boolean): { block: number, place: number } {
    // What is not in an earlier block can only be in the last one, which alone may be empty.
    const block = firstPlace(this.#blocks.length - 1, place => holds(this.#blockAt(place).at(-1) as T))
    const items = this.#blockAt(block)
    return { block, place: firstPlace(items.length, place => holds(items[place] as T)) }
  }
}

/** The first of some places that satisfies a condition which holds from some place on. */
function firstPlace(count: number, holds: (place: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
