// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useSubmit } from '@/composables/useSubmit'
import { RequestId } from '@contracts/fields.ts'
import * as v from 'valibot'
import { freshPhone } from './support/phone'
import type { Outcome } from '@contracts/outcome.ts'

beforeEach(() => { freshPhone() })
afterEach(() => { vi.useRealTimers() })

const offline: Outcome<string> = { ok: false, kind: 'broken', code: 'Offline', requestId: '' }
const made: Outcome<string> = { ok: true, value: 'order' }

/** Submits once and tells by which id. */
async function idOf(wish: unknown, answer: Outcome<string>): Promise<string> {
  let used = ''
  await useSubmit('checkout').submit(wish, async (requestId) => {
    used = requestId
    return answer
  })
  return used
}

it('keeps the id of a wish whose answer was lost, also after a restart of the phone', async () => {
  const first = await idOf({ tea: 1 }, offline)
  expect(v.safeParse(RequestId, first).success).toBe(true)
  expect(await idOf({ tea: 1 }, offline)).toBe(first)
  expect(await idOf({ tea: 1 }, made)).toBe(first)
})

it('gives a new order a new id', async () => {
  const first = await idOf({ tea: 1 }, made)
  expect(await idOf({ tea: 1 }, made)).not.toBe(first)
})

it('gives another wish, and one that was refused, another id', async () => {
  const first = await idOf({ tea: 1 }, offline)
  const second = await idOf({ tea: 2 }, { ok: false, kind: 'refused', code: 'StoreClosed' })
  expect(second).not.toBe(first)
  expect(await idOf({ tea: 2 }, made)).not.toBe(second)
})

it('ignores a second tap while the first is under way', async () => {
  const { submit, isBusy } = useSubmit('checkout')
  let answer!: (outcome: Outcome<string>) => void
  const first = submit({}, () => new Promise<Outcome<string>>((resolve) => { answer = resolve }))
  expect(isBusy.value).toBe(true)
  expect(await submit({}, async () => made)).toBeNull()
  answer(made)
  expect(await first).toEqual(made)
  expect(isBusy.value).toBe(false)
})

it('takes the same wish for a new one after the time to pay is over', async () => {
  vi.useFakeTimers()
  const first = await idOf({ tea: 1 }, offline)
  vi.advanceTimersByTime(15 * 60_000)
  expect(await idOf({ tea: 1 }, offline)).not.toBe(first)
})
