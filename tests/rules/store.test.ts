import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beijingDay, beijingStamp, fromBeijingStamp, isOpen } from '../../backend/store/rules.ts'

const at = (beijing: string) => Date.parse(`${beijing}+08:00`)

describe('opening hours', () => {
  it('open on the minute and close on the minute, in Beijing time', () => {
    const hours = { from: '09:00', until: '22:00' }
    const open = (time: string) => isOpen(hours, at(`2026-03-01T${time}`))
    expect([open('08:59:59'), open('09:00:00'), open('21:59:59'), open('22:00:00')]).toEqual([false, true, true, false])
  })

  it('may run past midnight, and begin at any minute', () => {
    const hours = { from: '18:30', until: '02:00' }
    expect(['18:29', '18:30', '23:00', '01:59', '02:00'].map(time => isOpen(hours, at(`2026-03-01T${time}:00`))))
      .toEqual([false, true, true, true, false])
  })

  it('may be the whole day', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4e12 }), nowMs => isOpen({ from: '00:00', until: '24:00' }, nowMs)))
  })
})

describe('Beijing time', () => {
  it('turns the day at midnight in Beijing, not in Greenwich', () => {
    expect([beijingDay(at('2026-03-01T23:59:59')), beijingDay(at('2026-03-02T00:00:00'))]).toEqual(['20260301', '20260302'])
  })

  it('is read back as it was written, to the second', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4e9 }), second => fromBeijingStamp(beijingStamp(second * 1000)) === second * 1000))
  })

  it('is null for anything else', () => {
    for (const text of ['2026-03-01', '202603010000001', 'x20260301000000']) expect(fromBeijingStamp(text)).toBeNull()
  })
})
