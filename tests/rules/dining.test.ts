import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RoundLine, SharedLine, SittingState, Split } from '../../contracts/dining.ts'
import { portionOf, runningBill, splitBill } from '../../backend/dining/bill/rules.ts'
import type { Billable } from '../../backend/dining/bill/rules.ts'
import { changedCart } from '../../backend/dining/cart/rules.ts'
import { CALL_AGAIN_MS, CART_LINES_MAX, decideCall, decideOpening, SEATED, sittingMachine, tableState, termsOf } from '../../backend/dining/rules.ts'
import { statesOf } from '../../backend/machine.ts'

const name = { zh: '面', en: 'Noodles' }

function dish(guest: number, over: Partial<RoundLine> = {}): RoundLine {
  const { unitFen = 1800, quantity = 2 } = over
  return {
    productId: 'noodles', choiceIds: [], name, picture: '', choices: [], guest, returned: 0, ...over, unitFen, quantity,
    totalFen: unitFen * quantity, paidFen: unitFen * quantity, reasons: [{ kind: 'ListPrice', amountFen: unitFen * quantity }],
  }
}

const billable = (lines: RoundLine[], over: Partial<Billable> = {}): Billable => ({
  rounds: [{ state: 'Accepted', orderId: null, isPaid: false, lines }], people: 3, chargedPeople: 0, terms: { perPersonFen: 200, serviceBasisPoints: 1000 }, ...over,
})

describe('what a table shows', () => {
  it('follows from the guests at it, and from the lock only while nobody sits there', () => {
    expect(tableState({}, null)).toBe('Free')
    expect(tableState({ isLocked: true }, null)).toBe('Locked')
    for (const state of statesOf(sittingMachine)) {
      expect(tableState({ isLocked: true }, { state })).toBe(SEATED.includes(state) ? state : 'Locked')
    }
  })

  it('is opened by a code as the store\'s rule says, never while locked or closed', () => {
    expect(decideOpening({ opens: 'Auto' }, { isOpen: true, isLocked: false })).toBe('Open')
    expect(decideOpening({ opens: 'Staff' }, { isOpen: true, isLocked: false })).toBe('Waiting')
    for (const opens of ['Auto', 'Staff'] as const) {
      expect(decideOpening({ opens }, { isOpen: false, isLocked: false })).toBe('StoreClosed')
      expect(decideOpening({ opens }, { isOpen: true, isLocked: true })).toBe('TableLocked')
    }
  })

  it('charges nothing beside the dishes where every round is paid at once', () => {
    const rules = { opens: 'Auto' as const, perPersonFen: 200, serviceBasisPoints: 1000 }
    expect(termsOf({ ...rules, pay: 'First' })).toEqual({ perPersonFen: 0, serviceBasisPoints: 0 })
    expect(termsOf({ ...rules, pay: 'Later' })).toEqual({ perPersonFen: 200, serviceBasisPoints: 1000 })
  })
})

describe('a running bill', () => {
  it('adds up the dishes that were kept, the seats and the service charge, with reasons', () => {
    const bill = runningBill(billable([dish(1), dish(2, { returned: 1 }), dish(2, { productId: 'tea', unitFen: 999, quantity: 1 })]))
    expect(bill.lines.map(({ productId, quantity, guests }) => ({ productId, quantity, guests }))).toEqual([
      { productId: 'noodles', quantity: 3, guests: [1, 2] }, { productId: 'tea', quantity: 1, guests: [2] },
    ])
    expect(bill.goodsFen).toBe(3 * 1800 + 999)
    expect(bill.fees).toEqual([
      { kind: 'PerPerson', amountFen: 600, pieces: 3 },
      { kind: 'Service', amountFen: 639, because: { kind: 'Percent', basisPoints: 1000 } },
    ])
    expect(bill.totalFen).toBe(6399 + 600 + 639)
  })

  it('is nothing when everything was taken back: nobody pays for a seat at which nothing was eaten', () => {
    expect(runningBill(billable([dish(1, { returned: 2 })]))).toEqual({ lines: [], goodsFen: 0, fees: [], totalFen: 0 })
  })

  it('charges a seat once in a sitting, however often it is paid', () => {
    expect(runningBill(billable([dish(1)], { chargedPeople: 3 })).fees).toEqual([{ kind: 'Service', amountFen: 360, because: { kind: 'Percent', basisPoints: 1000 } }])
  })

  it('knows nothing of rounds that are paid, or paid first', () => {
    const rounds = [
      { state: 'Accepted' as const, orderId: null, isPaid: true, lines: [dish(1)] },
      { state: 'Accepted' as const, orderId: 'o', isPaid: false, lines: [dish(1)] },
      { state: 'Unpaid' as const, orderId: 'o', isPaid: false, lines: [dish(1)] },
    ]
    expect(runningBill(billable([], { rounds })).totalFen).toBe(0)
  })

  it('keeps the same dish at two prices apart', () => {
    expect(runningBill(billable([dish(1), dish(1, { unitFen: 1500 })])).lines).toHaveLength(2)
  })

  it('refuses to cut a reason into parts of a fen', () => {
    const odd = { ...dish(1), reasons: [{ kind: 'ListPrice' as const, amountFen: 3601 }] }
    expect(() => portionOf(odd, 1)).toThrow('cannot be split')
  })
})

const anyDish = fc.record({
  guest: fc.integer({ min: 1, max: 4 }), productId: fc.constantFrom('noodles', 'tea', 'rice'), unitFen: fc.integer({ min: 0, max: 99_999 }),
  quantity: fc.integer({ min: 1, max: 9 }), kept: fc.integer({ min: 0, max: 9 }),
}).map(({ kept, ...over }) => dish(over.guest, { ...over, returned: Math.max(0, over.quantity - kept) }))

const anyTable = fc.record({
  lines: fc.array(anyDish, { minLength: 1, maxLength: 12 }), people: fc.option(fc.integer({ min: 1, max: 20 })),
  chargedPeople: fc.integer({ min: 0, max: 20 }),
  perPersonFen: fc.integer({ min: 0, max: 999 }), serviceBasisPoints: fc.integer({ min: 0, max: 2000 }),
}).map(({ lines, people, chargedPeople, ...terms }) => billable(lines, { people, chargedPeople, terms }))

const anySplit = (table: Billable): fc.Arbitrary<Split> => {
  const { lines, totalFen } = runningBill(table)
  const wish = fc.record({ line: fc.integer({ min: 0, max: Math.max(0, lines.length) }), quantity: fc.integer({ min: 1, max: 5 }) })
  return fc.oneof(
    fc.constant<Split>({ kind: 'Whole' }), fc.constant<Split>({ kind: 'ByGuest' }),
    fc.integer({ min: 2, max: 20 }).map((parts): Split => ({ kind: 'Evenly', parts })),
    fc.integer({ min: 1, max: Math.max(1, totalFen - 1) }).map((mine): Split => ({ kind: 'ByAmount', amounts: [mine, totalFen - mine] })),
    fc.array(fc.array(wish, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }).map((parts): Split => ({ kind: 'ByDish', parts })),
  )
}

describe('a split bill', () => {
  it('adds up to the bill to the fen, in parts that add up themselves, with every piece on one part', () => {
    fc.assert(fc.property(anyTable.chain(table => fc.tuple(fc.constant(table), anySplit(table))), ([table, split]) => {
      const bill = runningBill(table)
      const parts = splitBill(table, split, 'A1')
      if (parts === 'SplitInvalid') return
      const sum = (amounts: number[]) => amounts.reduce((all, amount) => all + amount, 0)
      expect(sum(parts.map(part => part.amountFen))).toBe(bill.totalFen)
      for (const part of parts) {
        expect(part.amountFen).toBeGreaterThan(0)
        expect(sum(part.lines.map(line => line.paidFen)) + sum(part.fees.map(fee => fee.amountFen))).toBe(part.amountFen)
        for (const line of part.lines) {
          expect(line.totalFen).toBe(line.unitFen * line.quantity)
          expect(sum(line.reasons.map(reason => reason.amountFen))).toBe(line.paidFen)
        }
      }
      if (split.kind === 'Evenly' || split.kind === 'ByAmount') return
      expect(sum(parts.flatMap(part => part.lines.map(line => line.quantity)))).toBe(sum(bill.lines.map(line => line.quantity)))
      for (const kind of ['PerPerson', 'Service'] as const) {
        const feeOf = (fees: { kind: string, amountFen: number }[]) => sum(fees.filter(fee => fee.kind === kind).map(fee => fee.amountFen))
        expect(sum(parts.map(part => feeOf(part.fees)))).toBe(feeOf(bill.fees))
      }
    }))
  })

  it('works out for the kinds that always can, where there is something to pay', () => {
    const table = billable([dish(1), dish(2), dish(2, { productId: 'tea', unitFen: 999 })])
    const kinds: Split[] = [{ kind: 'Whole' }, { kind: 'Evenly', parts: 7 }, { kind: 'ByGuest' }, { kind: 'ByDish', parts: [[{ line: 0, quantity: 1 }]] }]
    expect(kinds.map(kind => (splitBill(table, kind, 'A1') as object[]).length)).toEqual([1, 7, 2, 2])
  })

  it.each<[string, Split]>([
    ['amounts that do not add up', { kind: 'ByAmount', amounts: [1, 2] }],
    ['a dish that is not on it', { kind: 'ByDish', parts: [[{ line: 7, quantity: 1 }]] }],
    ['more pieces than there are', { kind: 'ByDish', parts: [[{ line: 0, quantity: 3 }]] }],
    ['the same pieces twice', { kind: 'ByDish', parts: [[{ line: 0, quantity: 2 }], [{ line: 0, quantity: 1 }]] }],
  ])('is refused for %s', (_what, split) => {
    expect(splitBill(billable([dish(1)]), split, 'A1')).toBe('SplitInvalid')
  })

  it('has no part of less than a fen', () => {
    expect(splitBill(billable([dish(1, { unitFen: 1, quantity: 1 })], { people: null, terms: { perPersonFen: 0, serviceBasisPoints: 0 } }), { kind: 'Evenly', parts: 2 }, 'A1'))
      .toBe('SplitInvalid')
  })
})

describe('a shared cart', () => {
  const line = (guest: number, id: string, quantity = 1): SharedLine =>
    ({ id, guest, productId: 'tea', choiceIds: ['large'], quantity, name, picture: '', choices: [], unitFen: 1500 })
  const add = { kind: 'Add' as const, line: { productId: 'tea', choiceIds: ['large'], quantity: 1 } }

  it('grows the guest\'s own line for the same wish, and leaves a neighbour\'s alone', () => {
    const cart = [line(1, 'a'), line(2, 'b')]
    expect(changedCart(cart, add, { guest: 2, priced: line(2, 'c') })).toEqual([line(1, 'a'), line(2, 'b', 2)])
    expect(changedCart(cart, add, { guest: 3, priced: line(3, 'c') })).toEqual([...cart, line(3, 'c')])
  })

  it('is changed only by whoever put the line there', () => {
    const cart = [line(1, 'a', 2)]
    const to = (quantity: number, lineId = 'a') => ({ kind: 'SetQuantity' as const, lineId, quantity })
    expect(changedCart(cart, to(0), { guest: 2, priced: null })).toBe('NotYours')
    expect(changedCart(cart, to(0, 'x'), { guest: 1, priced: null })).toBe('LineUnknown')
    expect(changedCart(cart, to(3), { guest: 1, priced: null })).toEqual([line(1, 'a', 3)])
    expect(changedCart(cart, to(0), { guest: 1, priced: null })).toEqual([])
  })

  it('has an end, and a line has one too', () => {
    const full = Array.from({ length: CART_LINES_MAX }, (_, index) => ({ ...line(1, String(index)), productId: `p${index}` }))
    expect(changedCart(full, add, { guest: 1, priced: line(1, 'z') })).toBe('CartFull')
    expect(changedCart([line(1, 'a', 98)], add, { guest: 1, priced: line(1, 'c', 9) })).toEqual([line(1, 'a', 99)])
  })
})

describe('a call for the waiter', () => {
  const call = { id: 'a', kind: 'Water' as const, roundId: null, round: null, guest: 1, atMs: 0, doneAtMs: null as number | null }
  const water = { kind: 'Water' as const, roundId: null }

  it('is made once until it is answered, and not again a moment after', () => {
    expect(decideCall([], water, 5)).toEqual({ kind: 'Call' })
    expect(decideCall([call], water, 5)).toEqual({ kind: 'Already' })
    expect(decideCall([{ ...call, doneAtMs: 10 }], water, CALL_AGAIN_MS + 9)).toEqual({ kind: 'JustNow', againAtMs: CALL_AGAIN_MS + 10 })
    expect(decideCall([{ ...call, doneAtMs: 10 }], water, CALL_AGAIN_MS + 10)).toEqual({ kind: 'Call' })
  })

  it('of another kind, or for another round, is another call', () => {
    expect(decideCall([call], { kind: 'Bill', roundId: null }, 5)).toEqual({ kind: 'Call' })
    expect(decideCall([{ ...call, kind: 'Urge', roundId: 'r1' }], { kind: 'Urge', roundId: 'r2' }, 5)).toEqual({ kind: 'Call' })
  })
})

it('a sitting that is over never comes back', () => {
  expect(Object.keys(sittingMachine.edges.Cleared)).toEqual([])
  const over: SittingState[] = ['Cleared', 'LeftUnpaid']
  for (const state of over) expect(SEATED).not.toContain(state)
})
