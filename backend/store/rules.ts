import { minutesOf } from '../../contracts/clock.ts'

/** Beijing has no summer time: its clock is always eight hours ahead of UTC. */
const BEIJING_AHEAD_MS = 8 * 3_600_000

/** Minutes since midnight on a Beijing clock. */
export function beijingMinutes(nowMs: number): number {
  return Math.floor((nowMs + BEIJING_AHEAD_MS) / 60_000) % 1440
}

/** The Beijing day as `YYYYMMDD`. */
export function beijingDay(nowMs: number): string {
  return new Date(nowMs + BEIJING_AHEAD_MS).toISOString().slice(0, 10).replaceAll('-', '')
}

/** The Beijing time as `yyyyMMddHHmmss`, as WeChat Pay writes it. */
export function beijingStamp(nowMs: number): string {
  return new Date(nowMs + BEIJING_AHEAD_MS).toISOString().replace(/[-:T]/g, '').slice(0, 14)
}

/** The moment of a `yyyyMMddHHmmss` Beijing stamp, in ms; null when it is none. */
export function fromBeijingStamp(stamp: string): number | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(stamp)
  if (!parts) return null
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [number, number, number, number, number, number]
  return Date.UTC(year, month - 1, day, hour, minute, second) - BEIJING_AHEAD_MS
}

/** Whether a store with these hours serves now. Hours that end before they begin run past midnight. */
export function isOpen(hours: { from: string, until: string }, nowMs: number): boolean {
  const now = beijingMinutes(nowMs)
  const from = minutesOf(hours.from)
  const until = minutesOf(hours.until)
  return from <= until ? from <= now && now < until : now >= from || now < until
}
