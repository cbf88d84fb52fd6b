import { createHash } from 'node:crypto'
import { beijingClock, beijingInstantMs } from './beijingTime.ts'

const days = 31

/** The steps that a person took on each of the last days, the oldest first. Made up, but the same whenever one asks. */
export function stepsOf(openid: string, nowMs: number): { timestamp: number, step: number }[] {
  const today = beijingClock(nowMs)
  return Array.from({ length: days }, (_, index) => {
    const midnightMs = beijingInstantMs({ ...today, day: today.day - (days - 1 - index), hour: 0, minute: 0, second: 0 })
    const digest = createHash('sha256').update(`${openid} ${midnightMs}`).digest().readUInt16BE(0)
    return { timestamp: midnightMs / 1000, step: digest % 12_000 }
  })
}
