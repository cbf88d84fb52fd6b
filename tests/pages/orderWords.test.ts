// @vitest-environment happy-dom
import './support/phone'
import { describe, expect, it } from 'vitest'
import { en } from '@/locales/en'
import { zh } from '@/locales/zh'
import { withFreshStart } from '@/orders/pages'
import { orderSteps } from '@/orders/steps'
import { isPayable, orderSentence, resultMood } from '@/orders/words'
import { order } from './support/goods'
import type { OrderState } from '@contracts/order.ts'

const atTable = { kind: 'DineIn' as const, tableName: 'A1' }
const states: OrderState[] = ['Reserving', 'Rejected', 'Unpaid', 'Closing', 'Closed', 'Paid', 'Making', 'Ready', 'OnTheWay', 'Collected', 'Refunded']

describe('the sentence about an order', () => {
  it('names the number to listen for, or the table it comes to', () => {
    expect(orderSentence(order({ state: 'Paid', pickupNumber: 'A012' }), zh)).toContain('A012')
    expect(orderSentence(order({ state: 'Ready', pickupNumber: 'A012' }), zh)).toContain('A012')
    expect(orderSentence(order({ state: 'Paid', pickupNumber: 'A012', fulfilment: atTable }), zh)).toContain('A1 桌')
    expect(orderSentence(order({ state: 'Ready', pickupNumber: 'A012', fulfilment: atTable }), en)).toContain('table A1')
  })

  it('has an order at a table served, not collected', () => {
    expect(orderSentence(order({ state: 'Collected', fulfilment: atTable }), en)).toBe('Served. Enjoy')
    expect(orderSentence(order({ state: 'Collected' }), en)).toBe('Collected. Enjoy')
  })

  it('tells an order that was cancelled from one that nobody paid', () => {
    const cancelled = orderSentence(order({ state: 'Closed', closedBecause: 'Cancelled' }), zh)
    const expired = orderSentence(order({ state: 'Closed', closedBecause: 'Expired' }), zh)
    expect(cancelled).not.toBe(expired)
  })

  it('is never empty', () => {
    for (const state of states) for (const t of [zh, en]) expect(orderSentence(order({ state }), t), state).not.toBe('')
  })
})

it('lets an order be paid up to its last millisecond and not after', () => {
  expect(isPayable(order({ expiresAtMs: 1000 }), 999)).toBe(true)
  expect(isPayable(order({ expiresAtMs: 1000 }), 1000)).toBe(false)
  expect(isPayable(order({ state: 'Closing', expiresAtMs: 1000 }), 1)).toBe(false)
})

it('never takes an order for paid that the server does not call so', () => {
  expect(states.filter(state => resultMood(order({ state })) === 'paid')).toEqual(['Paid', 'Making', 'Ready', 'OnTheWay', 'Collected'])
})

describe('the steps of an order', () => {
  const marks = (over: Parameters<typeof order>[0]) => orderSteps(order(over)).map(step => `${step.state} ${step.mark}`)

  it('show what is reached, what comes next and what lies ahead', () => {
    expect(marks({})).toEqual(['Unpaid reached', 'Paid next', 'Ready ahead', 'Collected ahead'])
    expect(marks({ state: 'Paid', steps: [{ state: 'Unpaid', atMs: 1 }, { state: 'Paid', atMs: 2 }] }))
      .toEqual(['Unpaid reached', 'Paid reached', 'Ready next', 'Collected ahead'])
  })

  it('end where a closed order ended', () => {
    const steps = (['Unpaid', 'Closing', 'Closed'] as const).map((state, atMs) => ({ state, atMs }))
    expect(marks({ state: 'Closed', steps })).toEqual(['Unpaid reached', 'Closed reached'])
    const refunded = (['Unpaid', 'Paid', 'Refunded'] as const).map((state, atMs) => ({ state, atMs }))
    expect(marks({ state: 'Refunded', steps: refunded })).toEqual(['Unpaid reached', 'Paid reached', 'Refunded reached'])
    expect(marks({ state: 'Closing', steps: steps.slice(0, 2) })).toEqual(['Unpaid reached', 'Closing reached', 'Closed next'])
  })
})

describe('a list that is asked for again', () => {
  const page = (ids: number[], nextCursor: string | null) =>
    ({ orders: ids.map(id => order({ id: String(id), createdAtMs: id })), nextCursor })
  const idsAfter = (fresh: ReturnType<typeof page>, known: ReturnType<typeof page>) =>
    withFreshStart(fresh, known).orders.map(({ id }) => Number(id))

  it('keeps the older orders that were already loaded', () => {
    const known = page([8, 7, 6, 5, 4, 3], '3_x')
    expect(idsAfter(page([9, 8, 7], '7_x'), known)).toEqual([9, 8, 7, 6, 5, 4, 3])
    expect(withFreshStart(page([9, 8, 7], '7_x'), known).nextCursor).toBe('3_x')
  })

  it('loses what has left the tab', () => {
    expect(idsAfter(page([9, 7, 6], '6_x'), page([9, 8, 7, 6, 5], '5_x'))).toEqual([9, 7, 6, 5])
  })

  it('starts anew where orders may be missing between the two', () => {
    expect(idsAfter(page([30, 29, 28], '28_x'), page([9, 8, 7, 6], '6_x'))).toEqual([30, 29, 28])
  })

  it('is complete when the server says so', () => {
    expect(idsAfter(page([9, 8], null), page([9, 8, 7], '7_x'))).toEqual([9, 8])
  })
})
