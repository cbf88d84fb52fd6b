import { describe, expect, it } from 'vitest'
import type { RoundLine, Split } from '../../contracts/dining.ts'
import type { LineReason } from '../../contracts/order.ts'
import { runningBill, splitBill } from '../../backend/dining/bill/rules.ts'
import type { Billable, Part } from '../../backend/dining/bill/rules.ts'

const free = { perPersonFen: 0, serviceBasisPoints: 0 }

function dish(guest: number, over: Partial<RoundLine> = {}): RoundLine {
  const { unitFen = 1000, quantity = 1 } = over
  return {
    productId: 'noodles', choiceIds: [], name: { zh: '面', en: 'Noodles' }, picture: '', choices: [], guest, returned: 0,
    totalFen: unitFen * quantity, paidFen: unitFen * quantity, reasons: [{ kind: 'ListPrice', amountFen: unitFen * quantity }], ...over, unitFen, quantity,
  }
}

const table = (lines: RoundLine[], over: Partial<Billable> = {}): Billable =>
  ({ rounds: [{ state: 'Accepted', orderId: null, isPaid: false, lines }], people: null, chargedPeople: 0, terms: free, ...over })

const split = (lines: RoundLine[], how: Split, over: Partial<Billable> = {}): Part[] => {
  const parts = splitBill(table(lines, over), how, 'A1')
  if (parts === 'SplitInvalid') throw new Error(parts)
  return parts
}
const amounts = (parts: Part[]) => parts.map(part => part.amountFen)
const pieces = (parts: Part[]) => parts.map(part => part.lines.map(({ productId, quantity }) => `${quantity} ${productId}`))
const tea = (guest: number, over: Partial<RoundLine> = {}) => dish(guest, { productId: 'tea', unitFen: 500, ...over })

describe('lines of a running bill', () => {
  it('are one line where a piece costs the same for the same reasons, however many were ordered at once', () => {
    const bill = runningBill(table([dish(1, { quantity: 3 }), dish(2)]))
    expect(bill.lines).toMatchObject([{ quantity: 4, totalFen: 4000, guests: [1, 2], reasons: [{ kind: 'ListPrice', amountFen: 4000 }] }])
  })

  it.each<[what: string, one: LineReason[], other: LineReason[]]>([
    ['names', [{ kind: 'Choice', name: { zh: '大', en: 'L' }, amountFen: 1000 }], [{ kind: 'Choice', name: { zh: '小', en: 'S' }, amountFen: 1000 }]],
    ['kinds', [{ kind: 'ListPrice', amountFen: 1000 }], [{ kind: 'MemberPrice', amountFen: 1000 }]],
    ['amounts', [{ kind: 'ListPrice', amountFen: 900 }, { kind: 'MemberPrice', amountFen: 100 }],
      [{ kind: 'ListPrice', amountFen: 1100 }, { kind: 'MemberPrice', amountFen: -100 }]],
  ])('are two where the reasons differ in their %s', (_what, one, other) => {
    expect(runningBill(table([dish(1, { reasons: one }), dish(1, { reasons: other })])).lines).toHaveLength(2)
  })

  it('are not of a round that nobody has taken on yet', () => {
    const waiting = { state: 'Unpaid' as const, orderId: null, isPaid: false, lines: [dish(1)] }
    expect(runningBill(table([], { rounds: [waiting] })).totalFen).toBe(0)
  })
})

describe('a bill by guest', () => {
  it('has a part for each guest who has something to pay, by their numbers', () => {
    const parts = split([tea(2), dish(1), dish(10), dish(3, { returned: 1 })], { kind: 'ByGuest' })
    expect(pieces(parts)).toEqual([['1 noodles'], ['1 tea'], ['1 noodles']])
    expect(amounts(parts)).toEqual([1000, 500, 1000])
  })

  it('of an empty table is none', () => {
    expect(splitBill(table([]), { kind: 'ByGuest' }, 'A1')).toBe('SplitInvalid')
  })
})

describe('a bill by dish', () => {
  it('takes all pieces of a dish, and the rest is a part of its own', () => {
    const parts = split([dish(1, { quantity: 2 }), tea(1)], { kind: 'ByDish', parts: [[{ line: 0, quantity: 2 }]] })
    expect(pieces(parts)).toEqual([['2 noodles'], ['1 tea']])
  })

  it('that leaves nothing has no part for the rest', () => {
    const parts = split([dish(1), tea(1)], { kind: 'ByDish', parts: [[{ line: 0, quantity: 1 }], [{ line: 1, quantity: 1 }]] })
    expect(pieces(parts)).toEqual([['1 noodles'], ['1 tea']])
  })
})

describe('parts', () => {
  it('are twenty at most, and of one fen at least', () => {
    const lines = [dish(1, { unitFen: 1, quantity: 40 })]
    expect(amounts(split(lines, { kind: 'ByAmount', amounts: [39, 1] }))).toEqual([39, 1])
    expect(split(lines, { kind: 'Evenly', parts: 20 })).toHaveLength(20)
    expect(splitBill(table(lines), { kind: 'Evenly', parts: 21 }, 'A1')).toBe('SplitInvalid')
  })

  it('by amount stand for the dishes of everybody, and say which part of which table they are', () => {
    expect(split([dish(1)], { kind: 'ByAmount', amounts: [700, 300] })[1]).toEqual({
      lines: [{
        productId: 'table-share', choiceIds: [], name: { zh: 'A1 桌账单 2/2', en: 'Table A1, share 2/2' }, picture: '', choices: [],
        unitFen: 300, quantity: 1, totalFen: 300, paidFen: 300, reasons: [{ kind: 'ListPrice', amountFen: 300 }],
      }],
      fees: [], amountFen: 300,
    })
  })
})

describe('the fees of a bill', () => {
  const seats = { people: 3, terms: { perPersonFen: 200, serviceBasisPoints: 1000 } }

  it('stay whole, with their reasons, where the bill stays whole', () => {
    const [part] = split([dish(1)], { kind: 'Whole' }, seats)
    expect(part!.fees).toEqual(runningBill(table([dish(1)], seats)).fees)
  })

  it('follow the dishes', () => {
    const parts = split([dish(1, { unitFen: 3000 }), tea(2, { unitFen: 1000 })], { kind: 'ByDish', parts: [[{ line: 0, quantity: 1 }]] }, seats)
    expect(parts.map(part => part.fees)).toEqual([
      [{ kind: 'PerPerson', amountFen: 450 }, { kind: 'Service', amountFen: 300 }],
      [{ kind: 'PerPerson', amountFen: 150 }, { kind: 'Service', amountFen: 100 }],
    ])
  })

  it('are a seat a head where everybody pays their own, and only the service follows the dishes', () => {
    const parts = split([dish(1, { unitFen: 3000 }), dish(2), tea(5)], { kind: 'ByGuest' }, seats)
    expect(parts.map(part => part.of)).toEqual([1, 2, 5])
    expect(parts.map(part => part.fees)).toEqual([
      [{ kind: 'PerPerson', amountFen: 200 }, { kind: 'Service', amountFen: 300 }],
      [{ kind: 'PerPerson', amountFen: 200 }, { kind: 'Service', amountFen: 100 }],
      [{ kind: 'PerPerson', amountFen: 200 }, { kind: 'Service', amountFen: 50 }],
    ])
  })

  it('of those who ordered nothing are borne by those who did', () => {
    const parts = split([dish(1), tea(2)], { kind: 'ByGuest' }, { people: 3, terms: { perPersonFen: 101, serviceBasisPoints: 0 } })
    expect(parts.map(part => part.fees[0]!.amountFen)).toEqual([152, 151])
  })

  it('are borne alike where no dish costs anything, and leave no part at nothing where one does', () => {
    const gift = { unitFen: 0, reasons: [{ kind: 'ListPrice' as const, amountFen: 0 }] }
    expect(amounts(split([dish(1, gift), tea(2, gift)], { kind: 'ByGuest' }, seats))).toEqual([300, 300])
    expect(splitBill(table([dish(1, gift), tea(2)], seats), { kind: 'ByDish', parts: [[{ line: 0, quantity: 1 }]] }, 'A1')).toBe('SplitInvalid')
  })

  it('do not stand on a part that bears nothing of them', () => {
    const oneFen = { people: 1, terms: { perPersonFen: 1, serviceBasisPoints: 0 } }
    const parts = split([dish(1, { unitFen: 9000 }), tea(2, { unitFen: 10 })], { kind: 'ByDish', parts: [[{ line: 0, quantity: 1 }]] }, oneFen)
    expect(parts.map(part => part.fees)).toEqual([[{ kind: 'PerPerson', amountFen: 1 }], []])
  })
})
