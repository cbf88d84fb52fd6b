import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EffectState } from '../../contracts/merchant.ts'
import { canMove } from '../../backend/machine.ts'
import { afterTry, effectMachine, isFinal, isSpent, judgeRefusal, KEEP_MS, retryDelayMs, TRIES_MAX } from '../../backend/outbox/rules.ts'
import type { EffectResult } from '../../backend/outbox/rules.ts'

const HOUR_MS = 3_600_000
const because = fc.string({ maxLength: 20 })
const results: fc.Arbitrary<EffectResult> = fc.oneof(
  fc.constant({ kind: 'Done' as const }),
  because.map(text => ({ kind: 'NotWanted' as const, because: text })),
  because.map(text => ({ kind: 'Again' as const, because: text })),
  because.map(text => ({ kind: 'Refused' as const, because: text })),
)
const natural = (max: number) => fc.integer({ min: 1, max })

describe('the pause before the next try', () => {
  it('is 15 s at first, grows with each try and never beyond an hour', () => {
    expect([1, 2, 3].map(retryDelayMs)).toEqual([15_000, 30_000, 60_000])
    fc.assert(fc.property(natural(1_000), (tries) => {
      expect(retryDelayMs(tries)).toBeLessThanOrEqual(retryDelayMs(tries + 1))
      expect(retryDelayMs(tries)).toBeGreaterThanOrEqual(15_000)
      expect(retryDelayMs(tries)).toBeLessThanOrEqual(HOUR_MS)
    }))
  })

  it('adds up to most of a day before a person is asked', () => {
    const waitedMs = Array.from({ length: TRIES_MAX - 1 }, (_, place) => retryDelayMs(place + 1)).reduce((sum, ms) => sum + ms, 0)
    expect(waitedMs).toBeGreaterThan(20 * HOUR_MS)
    expect(waitedMs).toBeLessThan(24 * HOUR_MS)
  })
})

describe('after a try', () => {
  it('an effect stands where its machine leads, and waits only when trying again may help and is due later', () => {
    fc.assert(fc.property(results, natural(60), natural(40), natural(1e12), (result, tries, triesMax, nowMs) => {
      const { state, nextAtMs } = afterTry(result, tries, triesMax, nowMs)
      const waits = result.kind === 'Again' && tries < triesMax
      expect(state === 'Waiting').toBe(waits)
      if (waits) expect(nextAtMs - nowMs).toBe(retryDelayMs(tries))
      else expect(canMove<EffectState>(effectMachine, 'Waiting', state)).toBe(true)
      expect(state === 'Dead').toBe(result.kind === 'Refused' || (result.kind === 'Again' && tries >= triesMax))
    }))
  })

  it('it ends: whatever it is told, it is tried so many times at most', () => {
    fc.assert(fc.property(fc.array(because, { minLength: 40, maxLength: 40 }), natural(40), (said, triesMax) => {
      let tries = 0
      let state: EffectState = 'Waiting'
      for (const text of said) {
        if (state !== 'Waiting') break
        tries += 1
        state = afterTry({ kind: 'Again', because: text }, tries, triesMax, 0).state
      }
      expect([state, tries]).toEqual(['Dead', triesMax])
    }))
  })

  it('it is spent once every try was taken up, reported or not', () => {
    expect([29, 30, 31].map(tries => isSpent({ tries }, 30))).toEqual([false, true, true])
  })
})

describe('a code of WeChat', () => {
  it.each([null, -1, 45009, 45011, 42001, -604101, 10060001, 123456])('%s is worth another try', (errcode) => {
    expect(isFinal(errcode)).toBe(false)
    expect(judgeRefusal({ errcode, because: 'so' })).toEqual({ kind: 'Again', because: 'so' })
  })

  it.each([40003, 40037, 41030, 43101, 47003, 48001, 10060004, 10060014, 10060031])('%s is final', (errcode) => {
    expect(judgeRefusal({ errcode, because: 'so' })).toEqual({ kind: 'Refused', because: 'so' })
  })
})

it('nothing is said of an effect that is done, and it is kept as long as WeChat keeps a bill', () => {
  expect(afterTry({ kind: 'Done' }, 3, 5, 7)).toEqual({ state: 'Done', said: '', nextAtMs: 7 })
  expect(KEEP_MS).toBe(7_776_000_000)
})
