import { describe, expect, it } from 'vitest'
import { canMove, statesOf } from '../../backend/machine.ts'
import { hasMoney, isPayable, isToHandOver, isToMake, orderMachine, PAY_WITHIN_MS, pickupNumber, sortKeyOf, tabStates } from '../../backend/order/rules.ts'
import type { OrderState } from '../../contracts/order.ts'

/** Money has been received for orders in these states, and may have gone back. */
const wasPaid = (state: OrderState) => hasMoney(state) || state === 'Refunded'
const states = statesOf(orderMachine)

describe('the order machine', () => {
  it('never lets an order become paid but from a state in which it waits for money', () => {
    expect(states.filter(state => canMove(orderMachine, state, 'Paid'))).toEqual(['Unpaid', 'Closing'])
  })

  it('never leads from a state that was paid to one that was not', () => {
    for (const from of states.filter(wasPaid)) for (const to of Object.keys(orderMachine.edges[from]) as OrderState[]) expect(wasPaid(to), `${from} → ${to}`).toBe(true)
  })

  it('has money to give back exactly where some can go back', () => {
    expect(states.filter(state => canMove(orderMachine, state, 'Refunded'))).toEqual(states.filter(hasMoney))
  })

  it('shows every state in a list but reservations and rejections, which nobody ever saw as orders', () => {
    expect([...tabStates.All].sort()).toEqual(states.filter(state => state !== 'Reserving' && state !== 'Rejected').sort())
  })

  it('shows under Unpaid what can still be paid, and what was paid under Doing until nothing more is to be done', () => {
    expect(tabStates.Unpaid).toEqual(states.filter(state => isPayable({ state, expiresAtMs: 1 }, 0)))
    expect(tabStates.Doing).toEqual(states.filter(state => hasMoney(state) && state !== 'Collected'))
    expect(tabStates.Done).toEqual(states.filter(state => wasPaid(state) && !tabStates.Doing.includes(state)))
  })
})

describe('what the bar does with an order', () => {
  it('is to make it, and then to hand it over, in these states and in no others', () => {
    expect(states.filter(isToMake)).toEqual(['Paid', 'Making'])
    expect(states.filter(isToHandOver)).toEqual(['Ready', 'OnTheWay'])
  })
})

describe('an unpaid order', () => {
  it('can be paid until the last millisecond and not after', () => {
    const order = { state: 'Unpaid' as const, expiresAtMs: 1000 }
    expect([isPayable(order, 999), isPayable(order, 1000), isPayable(order, 1001)]).toEqual([true, false, false])
  })

  it('can be paid for a quarter of an hour, which is the shop\'s promise at the checkout', () => {
    expect(PAY_WITHIN_MS).toBe(900_000)
  })

  it('cannot be paid while it is being closed', () => {
    expect(isPayable({ state: 'Closing', expiresAtMs: 1000 }, 0)).toBe(false)
  })
})

describe('pickup numbers', () => {
  it('run from A001 over A999 to B001, and start again after Z999', () => {
    expect([1, 12, 999, 1000, 26 * 999, 26 * 999 + 1].map(pickupNumber)).toEqual(['A001', 'A012', 'A999', 'B001', 'Z999', 'A001'])
  })
})

it('sorts orders by time first, as text', () => {
  expect(sortKeyOf(999, 'b') < sortKeyOf(1000, 'a')).toBe(true)
})
