import { expect, it } from 'vitest'
import { OPEN_WITHOUT_ORDER_MS, WAIT_FOR_STAFF_MS } from '../../backend/dining/rules.ts'
import { SESSION_LIFE_MS } from '../../backend/member/rules.ts'

it('who has logged in stays so for thirty days', () => {
  expect(SESSION_LIFE_MS).toBe(2_592_000_000)
})

it('a table is free again when nobody opened it for half an hour, or nobody ordered for an hour and a half', () => {
  expect([WAIT_FOR_STAFF_MS, OPEN_WITHOUT_ORDER_MS].map(ms => ms / 60_000)).toEqual([30, 90])
})
