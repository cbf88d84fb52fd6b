import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assertMove, drawn, endsOf, reachableFrom, statesOf } from '../../backend/machine.ts'
import type { Machine } from '../../backend/machine.ts'
import { orderMachine } from '../../backend/order/rules.ts'
import { afterSaleMachine } from '../../backend/aftersale/rules.ts'
import { sittingMachine, ticketMachine } from '../../backend/dining/rules.ts'
import { incidentMachine } from '../../backend/incident/rules.ts'
import { effectMachine } from '../../backend/outbox/rules.ts'
import { shipmentMachine } from '../../backend/shipping/rules.ts'
import { attemptMachine } from '../../backend/payment/rules.ts'
import { couponMachine, couponTemplateMachine } from '../../backend/promotion/coupon/rules.ts'
import { reconciliationMachine } from '../../backend/reconciliation/rules.ts'
import { refundMachine } from '../../backend/refund/rules.ts'

const machines = [
  orderMachine, attemptMachine, refundMachine, afterSaleMachine, incidentMachine, reconciliationMachine,
  couponMachine, couponTemplateMachine, shipmentMachine, effectMachine, sittingMachine, ticketMachine,
] as unknown as Machine<string>[]

describe.each(machines)('The life of each $name', (machine) => {
  it('can come to every state from its beginning', () => {
    expect([...reachableFrom(machine, machine.initial)].sort()).toEqual(statesOf(machine).sort())
  })

  it('can come to an end from every state', () => {
    const ends = endsOf(machine)
    for (const state of statesOf(machine)) expect(ends.some(end => reachableFrom(machine, state).has(end)), state).toBe(true)
  })

  it('goes only where the table leads', () => {
    for (const from of statesOf(machine)) {
      for (const to of statesOf(machine)) {
        if (to in machine.edges[from]!) expect(() => assertMove(machine, from, to)).not.toThrow()
        else expect(() => assertMove(machine, from, to)).toThrow(`No ${machine.name} goes from ${from} to ${to}.`)
      }
    }
  })
})

it('docs/machines.md shows the tables as they are', () => {
  const file = new URL('../../docs/machines.md', import.meta.url)
  const sections = machines.map(machine => `## ${machine.name[0]!.toUpperCase()}${machine.name.slice(1)}\n\n${drawn(machine)}\n`)
  const page = [
    '# The lives of orders, payments, refunds, coupons, shipments, effects and what people decide about them\n',
    'Drawn by `tests/rules/machines.test.ts` from the tables in `backend/**/rules.ts`; nothing moves but along these arrows.\n',
    ...sections,
  ].join('\n')
  const known = readFileSync(file, 'utf8')
  if (known !== page) writeFileSync(file, page)
  expect(known, 'docs/machines.md was out of date and has been written anew: look at the change and commit it').toBe(page)
})
