import { describe, expect, it } from 'vitest'
import { nextFiringMs, parseCron } from '../../emulator/functions/cron.ts'
import { beijingText } from '../../emulator/wechat/beijingTime.ts'

/** The next firings after a time in Beijing, as times in Beijing. */
function firings(cron: string, after: string, count = 1): string[] {
  const times: string[] = []
  let atMs = Date.parse(`${after.replace(' ', 'T')}+08:00`)
  for (let index = 0; index < count; index += 1) {
    const next = nextFiringMs(parseCron(cron), atMs)
    if (next === null) return times
    times.push(beijingText(next))
    atMs = next
  }
  return times
}

describe('A timer', () => {
  it('fires each minute with */1', () => {
    expect(firings('0 */1 * * * * *', '2026-03-01 23:59:00', 2)).toEqual(['2026-03-02 00:00:00', '2026-03-02 00:01:00'])
  })

  it('keeps Beijing time', () => {
    expect(firings('0 0 2 * * * *', '2026-03-01 01:59:59')).toEqual(['2026-03-01 02:00:00'])
  })

  it('knows lists, ranges and steps', () => {
    expect(firings('0 10,40 8-10 * * * *', '2026-03-01 09:15:00', 3)).toEqual(['2026-03-01 09:40:00', '2026-03-01 10:10:00', '2026-03-01 10:40:00'])
    expect(firings('*/20 * * * * * *', '2026-03-01 00:00:00', 3)).toEqual(['2026-03-01 00:00:20', '2026-03-01 00:00:40', '2026-03-01 00:01:00'])
    expect(firings('0 5/25 0 * * * *', '2026-03-01 00:00:00', 3)).toEqual(['2026-03-01 00:05:00', '2026-03-01 00:30:00', '2026-03-01 00:55:00'])
  })

  it('fires on either when both the day and the weekday are given', () => {
    // 2026-03-01 is a Sunday.
    expect(firings('0 0 0 10 * MON *', '2026-03-01 00:00:00', 3)).toEqual(['2026-03-02 00:00:00', '2026-03-09 00:00:00', '2026-03-10 00:00:00'])
  })

  it('fires on weekdays by number, Sunday being 0, and by name', () => {
    expect(firings('0 0 12 * * 0 *', '2026-03-01 13:00:00')).toEqual(['2026-03-08 12:00:00'])
    expect(firings('0 0 12 * * MON-FRI *', '2026-03-06 13:00:00')).toEqual(['2026-03-09 12:00:00'])
  })

  it('finds the end of February in a leap year', () => {
    expect(firings('0 0 0 29 2 * *', '2026-03-01 00:00:00')).toEqual(['2028-02-29 00:00:00'])
  })

  it('that lies in the past never fires again', () => {
    expect(firings('0 0 0 1 1 * 2020', '2026-03-01 00:00:00')).toEqual([])
  })

  it('must have seven fields within their bounds', () => {
    expect(() => parseCron('* * * * *')).toThrow('seven fields')
    for (const wrong of ['60 * * * * * *', '* * * 0 * * *', '* * * * * 7 *', '*/0 * * * * * *', '5-1 * * * * * *', 'x * * * * * *', '*-3 * * * * * *']) {
      expect(() => parseCron(wrong)).toThrow('cannot be')
    }
  })
})
