import { describe, expect, it } from 'vitest'
import type { SharedLine } from '../../contracts/dining.ts'
import type { PricedLine } from '../../contracts/order.ts'
import { changedCart, sharedLine, toWish, wishKeyOf } from '../../backend/dining/cart/rules.ts'
import { joined, parted } from '../../backend/dining/merging/rules.ts'
import { isSeated, sameTerms, sittingMachine } from '../../backend/dining/rules.ts'
import type { RoundDocument, SittingDocument } from '../../backend/dining/sittings.ts'
import { statesOf } from '../../backend/machine.ts'

const terms = { perPersonFen: 200, serviceBasisPoints: 1000 }
const name = { zh: '茶', en: 'Tea' }
const inCart = (guest: number, id: string, over: Partial<SharedLine> = {}): SharedLine =>
  ({ id, guest, productId: 'tea', choiceIds: [], quantity: 1, name, picture: '', choices: [], unitFen: 500, ...over })

describe('a wish in the shared cart', () => {
  it('is the same in whatever order its choices were made, and another for other goods, kinds or choices', () => {
    const wish = { productId: 'tea', choiceIds: ['a', 'b'] }
    expect(wishKeyOf({ ...wish, choiceIds: ['b', 'a'] })).toBe(wishKeyOf(wish))
    for (const other of [{ productId: 'cake' }, { skuId: 's1' }, { choiceIds: ['a'] }, { choiceIds: [] }]) {
      expect(wishKeyOf({ ...wish, ...other }), JSON.stringify(other)).not.toBe(wishKeyOf(wish))
    }
    expect(wishKeyOf({ ...wish, skuId: 's1' })).not.toBe(wishKeyOf({ ...wish, skuId: 's2' }))
    expect(wishKeyOf(wish)).toBe('["tea","",["a","b"]]')
  })

  it('is changed alone: every other line stays', () => {
    const cart = [inCart(1, 'a'), inCart(1, 'b', { productId: 'cake' }), inCart(2, 'c')]
    const set = (quantity: number) => changedCart(cart, { kind: 'SetQuantity', lineId: 'b', quantity }, { guest: 1, priced: null })
    expect(set(0)).toEqual([cart[0], cart[2]])
    expect(set(4)).toEqual([cart[0], { ...cart[1], quantity: 4 }, cart[2]])
  })

  it('is priced before it is put in', () => {
    const add = { kind: 'Add' as const, line: { productId: 'tea', choiceIds: [], quantity: 1 } }
    expect(() => changedCart([], add, { guest: 1, priced: null })).toThrow('A line is priced before it is added.')
  })

  it('shows what it is and what it costs, and is sent back as a wish alone', () => {
    const line: PricedLine = {
      productId: 'tea', choiceIds: ['a'], name, picture: 'p', choices: [name], unitFen: 500, quantity: 2, totalFen: 1000, paidFen: 1000,
      reasons: [{ kind: 'ListPrice', amountFen: 1000 }],
    }
    const shown = { id: 'l1', guest: 3, productId: 'tea', choiceIds: ['a'], quantity: 2, name, picture: 'p', choices: [name], unitFen: 500 }
    expect(sharedLine(line, 'l1', 3)).toStrictEqual(shown)
    expect(sharedLine({ ...line, skuId: 's1', specs: [name] }, 'l1', 3)).toStrictEqual({ ...shown, skuId: 's1', specs: [name] })
    expect(toWish(shown)).toStrictEqual({ productId: 'tea', choiceIds: ['a'], quantity: 2 })
    expect(toWish({ ...shown, skuId: 's1' })).toStrictEqual({ productId: 'tea', skuId: 's1', choiceIds: ['a'], quantity: 2 })
  })
})

it('terms are the same when both amounts are', () => {
  const others = [{ ...terms }, { ...terms, perPersonFen: 1 }, { ...terms, serviceBasisPoints: 1 }]
  expect(others.map(other => sameTerms(terms, other))).toEqual([true, false, false])
})

it('guests sit at a table from the first scan until it is cleared, or they are at another one', () => {
  expect(statesOf(sittingMachine).filter(isSeated)).toEqual(['Waiting', 'Open', 'Ordering', 'ToBePaid', 'ToBeCleared'])
})

const round = (from: string, guest: number, atMs: number): RoundDocument => ({
  id: `${from}-${atMs}`, number: 1, state: 'Accepted', guest, orderId: null, remark: '', atMs, kitchen: 'New', isPaid: false, from, tableName: from,
  lines: [{
    productId: 'tea', choiceIds: [], name, picture: '', choices: [], unitFen: 500, quantity: 1, totalFen: 500, paidFen: 500, reasons: [],
    guest, returned: 0,
  }], pieces: [[]], requestId: `${from}-${atMs}`, cartVersion: 1,
})

function sitting(id: string, over: Partial<SittingDocument> = {}): SittingDocument {
  return {
    _id: id, storeId: 'main', version: 1, state: 'Ordering', tables: [{ tableId: `t-${id}`, name: id, from: id }], pay: 'Later',
    terms, people: null, consents: [{ openid: `o-${id}`, people: 1, terms, atMs: 1 }],
    guests: [{ openid: `o-${id}`, number: 1, linkId: 'l', from: id }], cartVersion: 4, cart: [inCart(1, `line-${id}`)],
    rounds: [round(id, 1, 10)], bill: null, bills: 0, chargedPeople: 0, calls: [{ id: `call-${id}`, kind: 'Water', roundId: null, round: null, guest: 1, atMs: 1, doneAtMs: null }], news: [], newsCount: 0,
    requests: [], mergedInto: null, left: null, steps: [], sortKey: id, openedAtMs: 0, updatedAtMs: 0, dueAtMs: 0, ...over,
  }
}

describe('two tables that sit together', () => {
  const one = sitting('A', { guests: [{ openid: 'o-1', number: 2, linkId: 'l', from: 'A' }, { openid: 'o-2', number: 5, linkId: 'l', from: 'A' }], rounds: [round('A', 2, 30)] })
  const other = sitting('B', {
    guests: [{ openid: 'o-3', number: 1, linkId: 'l', from: 'B' }, { openid: 'o-4', number: 2, linkId: 'l', from: 'B' }],
    rounds: [round('B', 2, 20), round('B', 1, 40)], cart: [inCart(2, 'line-B')], cartVersion: 9,
  })

  it('keep everybody and everything: whoever comes gets a number of their own, and what they ordered follows', () => {
    const both = joined(one, other)
    expect(both.tables!.map(table => table.name)).toEqual(['A', 'B'])
    expect(both.guests!.map(({ openid, number, from }) => [openid, number, from])).toEqual([['o-1', 2, 'A'], ['o-2', 5, 'A'], ['o-3', 6, 'B'], ['o-4', 7, 'B']])
    expect(both.cart!.map(({ id, guest }) => [id, guest])).toEqual([['line-A', 1], ['line-B-m', 7]])
    expect(both.rounds!.map(({ id, guest, lines }) => [id, guest, lines[0]!.guest])).toEqual([['B-20', 7, 7], ['A-30', 2, 2], ['B-40', 6, 6]])
    expect(both.cartVersion).toBe(5)
    expect(both.consents!.map(consent => consent.openid)).toEqual(['o-A', 'o-B'])
    expect(both.calls!.map(call => call.id)).toEqual(['call-A', 'call-B'])
  })

  it('count their people together, once anybody was counted', () => {
    const people = (mine: number | null, theirs: number | null) => joined({ ...one, people: mine }, { ...other, people: theirs }).people
    expect([people(null, null), people(2, null), people(null, 3), people(2, 3)]).toEqual([null, 2, 3, 5])
    expect(joined({ ...one, chargedPeople: 2 }, { ...other, chargedPeople: 1 }).chargedPeople).toBe(3)
  })

  it('begin to count at a table at which nobody sits', () => {
    expect(joined({ ...one, guests: [] }, other).guests!.map(guest => guest.number)).toEqual([1, 2])
  })

  it('keep a name for what somebody ordered who is not there any more, and a line\'s name in its limits', () => {
    const odd = joined(one, { ...other, rounds: [round('B', 9, 20)], cart: [inCart(1, 'x'.repeat(64))] })
    expect(odd.rounds![0]!.guest).toBe(9)
    expect(odd.cart![1]!.id).toBe(`${'x'.repeat(62)}-m`)
  })

  it('part again as they came, and what was ordered meanwhile stays with whoever ordered it', () => {
    const both = { ...one, ...joined(one, other) }
    const later = { ...both, rounds: [...both.rounds, { ...round('A', 2, 50) }, { ...round('B', 7, 60) }] }
    const { stays, goes } = parted(later, other)
    expect([stays.tables!.map(table => table.name), goes.tables!.map(table => table.name)]).toEqual([['A'], ['B']])
    expect([stays.guests!.map(guest => guest.openid), goes.guests!.map(guest => guest.openid)]).toEqual([['o-1', 'o-2'], ['o-3', 'o-4']])
    expect([stays.cart!.map(line => line.id), goes.cart!.map(line => line.id)]).toEqual([['line-A'], ['line-B-m']])
    expect([stays.rounds!.map(({ id }) => id), goes.rounds!.map(({ id }) => id)]).toEqual([['A-30', 'A-50'], ['B-20', 'B-40', 'B-60']])
    expect([stays.cartVersion, goes.cartVersion]).toEqual([6, 10])
  })

  it('take along what had come to the one that parts', () => {
    const third = sitting('C')
    const two = { ...other, ...joined(other, third) }
    const all = { ...one, ...joined(one, two) }
    const { stays, goes } = parted(all, two)
    expect([stays.tables!.map(table => table.name), goes.tables!.map(table => table.name)]).toEqual([['A'], ['B', 'C']])
    expect(goes.guests!.map(guest => guest.openid)).toEqual(['o-3', 'o-4', 'o-C'])
  })

  it('share out the people whose seats are charged', () => {
    const of = (people: number | null, chargedPeople: number, theirs: Pick<SittingDocument, 'people' | 'chargedPeople'>) => {
      const { stays, goes } = parted({ ...one, people, chargedPeople }, { ...other, ...theirs })
      return [stays.people, stays.chargedPeople, goes.chargedPeople]
    }
    expect(of(5, 0, { people: 2, chargedPeople: 0 })).toEqual([3, 0, 0])
    expect(of(5, 5, { people: 2, chargedPeople: 0 })).toEqual([3, 3, 2])
    expect(of(5, 6, { people: 2, chargedPeople: 0 })).toEqual([3, 3, 2])
    expect(of(5, 3, { people: 2, chargedPeople: 1 })).toEqual([3, 2, 1])
    expect(of(5, 1, { people: 2, chargedPeople: 2 })).toEqual([3, 0, 2])
    expect(of(2, 2, { people: 2, chargedPeople: 0 })).toEqual([1, 1, 2])
    expect(of(3, 0, { people: null, chargedPeople: 0 })).toEqual([3, 0, 0])
    expect(of(null, 0, { people: 2, chargedPeople: 0 })).toEqual([null, 0, 0])
    expect(of(0, 0, { people: 0, chargedPeople: 0 })).toEqual([1, 0, 0])
  })
})
