import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../../bench/seededRandom.ts'
import { SortedList } from '../../../emulator/database/sorted-list.ts'

const SPAN = 5_000

/** An object, as the entries of an index are. */
interface Item {
  number: number
}

const compare = (left: Item, right: Item): number => left.number - right.number
const itemsOf = (numbers: Iterable<number>): Item[] => Array.from(numbers, number => ({ number }))

/** What a range must give, found without any search. */
function expected(numbers: Set<number>, from: number, to: number): Item[] {
  return itemsOf(numbers).filter(({ number }) => number >= from && number < to).sort(compare)
}

function between(from: number, to: number): (item: Item) => number {
  return ({ number }) => number < from ? -1 : number < to ? 0 : 1
}

function expectSame(list: SortedList<Item>, numbers: Set<number>, random: () => number): void {
  expect([...list]).toEqual(expected(numbers, 0, SPAN))
  for (let sample = 0; sample < 20; sample++) {
    const from = Math.floor(random() * SPAN)
    const to = from + Math.floor(random() * (SPAN - from))
    expect([...list.range(between(from, to))]).toEqual(expected(numbers, from, to))
    expect([...list.range(between(from, to), true)]).toEqual(expected(numbers, from, to).reverse())
  }
}

describe('a sorted list', () => {
  test.each([0, 257, 4_000])('of %i items at first holds what a set holds, through thousands of changes', (size) => {
    const random = seededRandom(size + 1)
    const numbers = new Set(Array.from({ length: size }, () => Math.floor(random() * SPAN)))
    const list = new SortedList(compare)
    list.fill(itemsOf(numbers))
    // Grows for a while and shrinks to nothing, so that blocks are cut and dropped.
    for (const growth of [0.9, 0.9, 0.5, 0.1, 0.02, 0.02, 0.9]) {
      for (let step = 0; step < 4_000; step++) {
        const number = Math.floor(random() * SPAN)
        if (random() < growth) {
          if (!numbers.has(number)) list.add({ number })
          numbers.add(number)
        } else {
          list.remove({ number })
          numbers.delete(number)
        }
      }
      expectSame(list, numbers, random)
    }
  })

  test('that loses all of its items is empty, and takes new ones', () => {
    const list = new SortedList(compare)
    const numbers = Array.from({ length: 2_000 }, (_, number) => number)
    list.fill(itemsOf(numbers))
    for (const number of numbers) list.remove({ number })
    expect([...list]).toEqual([])
    expect([...list.range(() => 0, true)]).toEqual([])
    list.add({ number: 7 })
    expect([...list.range(() => 0)]).toEqual([{ number: 7 }])
  })
})
