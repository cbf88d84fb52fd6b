import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describe as described, fitOneParcel, isAtWeChat, isSame, judgeCorrection, judgeReceipt, judgeUpload, logisticsTypeOf, masked, nextLookAtMs, packed, receivedByItselfAtMs } from '../../backend/shipping/rules.ts'
import type { ShipmentState } from '../../contracts/shipping.ts'
import type { GivenParcel, LogisticsType, Posted } from '../../backend/shipping/rules.ts'

const DAY_MS = 24 * 3_600_000
const parcel = (trackingNumber: string, lines?: [line: number, quantity: number][]): GivenParcel =>
  ({ company: 'ZTO', trackingNumber, ...(lines ? { lines: lines.map(([line, quantity]) => ({ line, quantity })) } : {}) })

it('every way of fulfilment has the type that WeChat knows it by', () => {
  expect(logisticsTypeOf).toEqual({ Express: 1, Delivery: 2, Virtual: 3, TakeAway: 4, DineIn: 4, PickUp: 4 })
})

describe('parcels', () => {
  it('carry everything that is left when there is one and nobody says otherwise', () => {
    expect(packed([2, 0, 1], [parcel('A')])).toEqual([
      { company: 'ZTO', trackingNumber: 'A', lines: [{ line: 0, quantity: 2 }, { line: 2, quantity: 1 }] },
    ])
  })

  it.each<[what: string, left: number[], given: GivenParcel[]]>([
    ['too few pieces', [2], [parcel('A', [[0, 1]])]],
    ['too many pieces', [1], [parcel('A', [[0, 1]]), parcel('B', [[0, 1]])]],
    ['a line that does not exist', [1], [parcel('A', [[0, 1]]), parcel('B', [[1, 1]])]],
    ['a piece whose money went back', [0, 1], [parcel('A', [[0, 1], [1, 1]])]],
    ['one number twice', [2], [parcel('A', [[0, 1]]), parcel('A', [[0, 1]])]],
    ['several without what is in them', [2], [parcel('A'), parcel('B')]],
    ['nothing, when nothing is left', [0], [parcel('A')]],
    ['no piece of what is left', [0], [parcel('A', [[0, 0]])]],
    ['one that is empty', [1], [parcel('A', [[0, 1]]), parcel('B', [])]],
  ])('are refused with %s', (_what, left, given) => {
    expect(packed(left, given)).toBeNull()
  })

  it('however the pieces are split, together carry what is left and are taken; one piece more or less is not', () => {
    const quantities = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 6 })
    const cases = quantities.filter(left => left.some(quantity => quantity > 0))
    fc.assert(fc.property(cases, fc.integer({ min: 1, max: 4 }), fc.infiniteStream(fc.nat(3)), (left, count, chosen) => {
      const parts = Array.from({ length: count }, () => new Map<number, number>())
      for (const [line, quantity] of left.entries()) {
        for (let piece = 0; piece < quantity; piece += 1) {
          const part = parts[(chosen.next().value as number) % count]!
          part.set(line, (part.get(line) ?? 0) + 1)
        }
      }
      const given = parts.filter(part => part.size > 0).map((part, place) => parcel(`N${place}`, [...part]))
      expect(packed(left, given)).toEqual(given)
      const [first] = given[0]!.lines!
      const more = [{ ...given[0]!, lines: [...given[0]!.lines!, { line: first!.line, quantity: 1 }] }, ...given.slice(1)]
      expect(packed(left, more)).toBeNull()
      expect(packed(left, given.slice(1))).toBeNull()
    }))
  })

  it('are the same when nothing of them differs', () => {
    const one = packed([1], [parcel('A')])!
    expect([isSame(one, packed([1], [parcel('A')])!), isSame(one, packed([1], [parcel('B')])!)]).toEqual([true, false])
  })
})

describe('one parcel', () => {
  const order: Posted = { openid: 'o-1', receiver: { name: '王小明', phone: '13800138000', address: '杭州市小河路 1 号' } }
  const changed = (over: Partial<Posted['receiver']>, openid = 'o-1'): Posted => ({ openid, receiver: { ...order.receiver, ...over } })

  it('carries orders of one person to one address, however that is spaced', () => {
    expect(fitOneParcel([order])).toBe(true)
    expect(fitOneParcel([order, changed({}), changed({ address: '杭州市 小河路1号', phone: '138 0013 8000', name: '王 小明' })])).toBe(true)
  })

  it.each<[what: string, other: Posted]>([
    ['person', changed({}, 'o-2')], ['name', changed({ name: '王大明' })], ['number', changed({ phone: '13800138001' })],
    ['address', changed({ address: '杭州市小河路 2 号' })], ['place of a blank between name and number', changed({ name: '王小明1', phone: '3800138000' })],
  ])('carries no order of another %s', (_what, other) => {
    expect(fitOneParcel([order, other])).toBe(false)
    expect(fitOneParcel([order, order, other])).toBe(false)
  })

  it.each<[verdict: ReturnType<typeof judgeCorrection>, inside: ShipmentState[]]>([
    ['Correct', ['Entered']], ['Correct', ['Shipped', 'Entered']], ['Correct', ['Void', 'Shipped']],
    ['ShippingCorrected', ['Correcting']], ['ShippingCorrected', ['Entered', 'Corrected']], ['ShippingCorrected', ['Shipped', 'Correcting', 'Void']],
    ['ShippingOver', ['Received']], ['ShippingOver', ['Received', 'Shipped']], ['ShippingOver', ['Corrected', 'Received']],
    ['ShippingOver', ['Void']], ['ShippingOver', []],
  ])('comes to %s when it is corrected with %j in it', (verdict, inside) => {
    expect(judgeCorrection(inside)).toBe(verdict)
  })
})

it('a description has at most 120 characters, and says so when there is more', () => {
  const lines = [{ name: { zh: '咖啡豆' } }, { name: { zh: '😀'.repeat(200) } }]
  expect(described(lines, [{ line: 0, quantity: 2 }])).toBe('咖啡豆*2')
  expect(described(lines, [{ line: 0, quantity: 2 }, { line: 0, quantity: 1 }])).toBe('咖啡豆*2;咖啡豆*1')
  const fits = [{ name: { zh: '茶'.repeat(118) } }, { name: { zh: '茶'.repeat(119) } }]
  expect(fits.map((_, line) => described(fits, [{ line, quantity: 1 }]))).toEqual([`${'茶'.repeat(118)}*1`, `${'茶'.repeat(119)}…`])
  const long = [...described(lines, [{ line: 0, quantity: 1 }, { line: 1, quantity: 1 }])]
  expect([long.length, long.at(-1)]).toEqual([120, '…'])
})

it('a phone number goes out masked, with its last four digits and no more than three others', () => {
  expect([masked('13812345678'), masked('+86 138-1234-5678'), masked('12345'), masked('')]).toEqual(['138****5678', '861****5678', null, null])
  fc.assert(fc.property(fc.stringMatching(/^[0-9]{7,15}$/), phone => masked(phone) === `${phone.slice(0, 3)}****${phone.slice(-4)}`))
})

describe('what WeChat says of an entry', () => {
  it('is taken, is looked at where it may be our own of before, and else is no', () => {
    expect(judgeUpload({ ok: true })).toBe('Taken')
    for (const errcode of [10060002, 10060003, 10060023]) expect(judgeUpload({ ok: false, errcode })).toBe('Compare')
    for (const errcode of [null, -1, 10060001, 10060004]) expect(judgeUpload({ ok: false, errcode })).toBe('Refused')
  })

  it('is our own when the way and every number are', () => {
    const entered = { type: 1 as LogisticsType, parcels: [{ trackingNumber: 'A' }, { trackingNumber: 'B' }] }
    const there = { state: 'Shipped', type: 1, trackingNumbers: ['B', 'A'] }
    expect(isAtWeChat(entered, there)).toBe(true)
    const handedOver = { type: 4 as LogisticsType, parcels: [{ trackingNumber: '' }] }
    expect(isAtWeChat(handedOver, { state: 'Shipped', type: 4, trackingNumbers: [] })).toBe(true)
    expect(isAtWeChat({ type: 4, parcels: [] }, { state: 'Received', type: 4, trackingNumbers: [] })).toBe(true)
    for (const other of [{ state: 'ToShip' }, { type: 2 }, { type: null }, { trackingNumbers: ['A'] }, { trackingNumbers: ['A', 'C'] }, { trackingNumbers: ['A', 'B', 'C'] }]) {
      expect(isAtWeChat(entered, { ...there, ...other }), JSON.stringify(other)).toBe(false)
    }
  })
})

describe('who has it', () => {
  const types = fc.constantFrom<LogisticsType>(1, 2, 3, 4)
  const seen = { order: 'Ready' as const, atWeChat: null, type: 4 as LogisticsType, shippedAtMs: 0, nowMs: 0 }

  it('is known from our own books first, then from WeChat, and at last from the calendar', () => {
    expect(judgeReceipt({ ...seen, order: 'Refunded', atWeChat: 'Received' })).toBe('Void')
    expect(judgeReceipt({ ...seen, order: 'Collected', shippedAtMs: null })).toBe('Received')
    expect(judgeReceipt({ ...seen, atWeChat: 'Received' })).toBe('Received')
    expect(judgeReceipt({ ...seen, atWeChat: 'Shipped', shippedAtMs: null })).toBe('Shipped')
    expect(judgeReceipt({ ...seen, atWeChat: 'ToShip', shippedAtMs: null, nowMs: 99 * DAY_MS })).toBe('Wait')
    expect(judgeReceipt({ ...seen, atWeChat: 'Refunded', nowMs: 99 * DAY_MS })).toBe('Wait')
    expect([3 * DAY_MS - 1, 3 * DAY_MS].map(nowMs => judgeReceipt({ ...seen, nowMs }))).toEqual(['Wait', 'Received'])
    expect([11 * DAY_MS - 1, 11 * DAY_MS].map(nowMs => judgeReceipt({ ...seen, type: 1, nowMs }))).toEqual(['Wait', 'Received'])
  })

  it('is looked at again later, at least daily, until nothing has to be asked', () => {
    fc.assert(fc.property(types, fc.nat(1e12), (type, shippedAtMs) => {
      let nowMs = shippedAtMs
      let looks = 0
      while (judgeReceipt({ ...seen, type, shippedAtMs, nowMs }) === 'Wait') {
        const next = nextLookAtMs(type, shippedAtMs, nowMs)
        expect(next).toBeGreaterThan(nowMs)
        nowMs = next
        looks += 1
      }
      expect(nowMs).toBe(receivedByItselfAtMs(type, shippedAtMs))
      expect(looks).toBe(type === 1 ? 14 : 5)
    }))
  })
})
