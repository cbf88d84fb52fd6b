// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { readScene } from '@/platform/scene'
import { useVisit } from '@/stores/visit'
import { freshPhone } from './support/phone'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)

beforeEach(() => {
  vi.useRealTimers()
  freshPhone()
  setActivePinia(createPinia())
})

const table = { kind: 'Table', linkId: 'k7Qm2ZxA', tableName: 'A1', storeId: 'main' } as const

it('seats whoever scans a table', () => {
  const visit = useVisit()
  visit.arrive(table)
  expect(visit.fulfilment).toEqual({ kind: 'DineIn', linkId: 'k7Qm2ZxA' })
  visit.choose('TakeAway')
  expect(visit.fulfilment).toEqual({ kind: 'TakeAway' })
})

it('has nobody dine in without a table', () => {
  const visit = useVisit()
  visit.choose('DineIn')
  expect(visit.way).toBe('TakeAway')
})

it('remembers the poster that brought somebody, and changes nothing for an unknown code', () => {
  const visit = useVisit()
  visit.arrive({ kind: 'Link', linkId: 'poster01', storeId: 'main' })
  visit.arrive({ kind: 'Unknown' })
  expect(visit.linkId).toBe('poster01')
  expect(visit.tableName).toBeNull()
})

it('does not bring today\'s cup to yesterday\'s table', () => {
  vi.useFakeTimers()
  useVisit().arrive(table)
  setActivePinia(createPinia())
  expect(useVisit().tableName).toBe('A1')
  vi.advanceTimersByTime(5 * 3_600_000)
  setActivePinia(createPinia())
  expect(useVisit().tableName).toBeNull()
})

it('reads a scanned code, encoded or not, and nothing that no code can carry', () => {
  expect(readScene('k7Qm2ZxA')).toBe('k7Qm2ZxA')
  expect(readScene('t%3DAb3')).toBe('t=Ab3')
  expect(readScene('%')).toBeNull()
  expect(readScene('桌一')).toBeNull()
  expect(readScene(undefined)).toBeNull()
})
