import { isDeepStrictEqual } from 'node:util'

/** A document of the model. The optional fields come and go. */
export interface Item {
  _id: string
  n?: number
  kind?: string
  tags?: number[]
  /** The key of a unique index; a missing one counts as null. */
  code?: number
  /** Anything, to see whether it comes back as it was. */
  extra?: unknown
}

/** What is asked of documents; all that is given must hold. */
export interface Filter {
  id?: string
  kinds?: string[]
  from?: number
  below?: number
  tag?: number
}

export type Change =
  | { operator: '$inc' | '$mul' | '$max', n: number }
  | { operator: '$set', fields: Partial<Omit<Item, '_id'>> }
  | { operator: '$unset', field: 'n' | 'kind' | 'tags' | 'extra' }
  | { operator: '$push' | '$addToSet' | '$pull', tag: number }

export interface Page {
  order: ['n' | 'kind', 1 | -1][]
  skip: number
  limit: number
}

type Count = number | 'duplicate'

/** What a database should be, as a map and loops. */
export class Model {
  #items = new Map<string, Item>()
  /** The state to which an abort goes back, while a transaction is open. */
  #before: Map<string, Item> | null = null
  #failed = false

  get inTransaction(): boolean {
    return this.#before !== null
  }

  /** True when nothing but the end is still possible in the transaction. */
  get failed(): boolean {
    return this.#failed
  }

  begin(): void {
    this.#before = new Map(this.#items)
  }

  /** True when the transaction had not failed before. */
  end(how: 'commit' | 'abort'): boolean {
    const fine = !this.#failed
    if (how === 'abort') this.#items = this.#before ?? this.#items
    this.#before = null
    this.#failed = false
    return fine
  }

  insert(items: readonly Item[]): Count {
    for (const item of items) {
      if (this.#items.has(item._id) || this.#taken(item)) return this.#refuse()
      this.#items.set(item._id, { ...item })
    }
    return items.length
  }

  set(item: Item): Count {
    if (this.#taken(item)) return this.#refuse()
    this.#items.set(item._id, { ...item })
    return 1
  }

  update(filter: Filter, change: Change): Count {
    let count = 0
    for (const item of this.find(filter)) {
      const after = changed(item, change)
      if (this.#taken(after)) return this.#refuse()
      if (isDeepStrictEqual(after, item)) continue
      this.#items.set(item._id, after)
      count++
    }
    return count
  }

  remove(filter: Filter): number {
    const found = this.find(filter)
    for (const { _id } of found) this.#items.delete(_id)
    return found.length
  }

  find(filter: Filter): Item[] {
    return [...this.#items.values()].filter(item => holds(filter, item))
  }

  /** In the wanted order, and by id where that leaves a choice. */
  page(filter: Filter, { order, skip, limit }: Page): Item[] {
    const sorted = this.find(filter).sort((left, right) => {
      for (const [field, direction] of order) {
        const difference = compare(left[field], right[field])
        if (difference !== 0) return difference * direction
      }
      return compare(left._id, right._id)
    })
    return sorted.slice(skip, skip + limit)
  }

  #taken({ _id, code }: Item): boolean {
    return [...this.#items.values()].some(other => other._id !== _id && other.code === code)
  }

  #refuse(): 'duplicate' {
    if (this.#before) {
      this.#items = new Map(this.#before)
      this.#failed = true
    }
    return 'duplicate'
  }
}

function holds({ id, kinds, from, below, tag }: Filter, item: Item): boolean {
  return (id === undefined || item._id === id)
    && (kinds === undefined || (item.kind !== undefined && kinds.includes(item.kind)))
    && (from === undefined || (item.n !== undefined && item.n >= from))
    && (below === undefined || (item.n !== undefined && item.n < below))
    && (tag === undefined || (item.tags ?? []).includes(tag))
}

function changed(item: Item, change: Change): Item {
  const { n, tags = [] } = item
  switch (change.operator) {
    case '$set': return { ...item, ...change.fields }
    case '$inc': return { ...item, n: (n ?? 0) + change.n }
    // Adding zero makes of the negative zero the usual one.
    case '$mul': return { ...item, n: (n ?? 0) * change.n + 0 }
    case '$max': return { ...item, n: n === undefined ? change.n : Math.max(n, change.n) }
    case '$push': return { ...item, tags: [...tags, change.tag] }
    case '$addToSet': return tags.includes(change.tag) ? { ...item, tags } : { ...item, tags: [...tags, change.tag] }
    case '$pull': return item.tags ? { ...item, tags: tags.filter(tag => tag !== change.tag) } : item
    case '$unset': {
      const { [change.field]: _, ...rest } = item
      return rest
    }
  }
}

/** What is missing comes first. */
function compare(left: string | number | undefined, right: string | number | undefined): number {
  if (left === right) return 0
  if (left === undefined) return -1
  if (right === undefined) return 1
  return left < right ? -1 : 1
}
