const beijingOffsetMs = 8 * 3600_000

/** The wall clock in Beijing, field by field. WeChat's stamps and timers never use another zone. */
export interface WallClock {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  /** 0 is Sunday. */
  weekday: number
}

/** What a clock in Beijing shows at an instant. */
export function beijingClock(atMs: number): WallClock {
  const shifted = new Date(atMs + beijingOffsetMs)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    weekday: shifted.getUTCDay(),
  }
}

/** The instant at which a clock in Beijing shows the given time. Overflowing fields carry, as in Date.UTC. */
export function beijingInstantMs(clock: Omit<WallClock, 'weekday'>): number {
  return Date.UTC(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute, clock.second) - beijingOffsetMs
}

/** `yyyyMMddHHmmss`, the form of WeChat Pay's version 2. */
export function beijingStamp(atMs: number): string {
  return new Date(atMs + beijingOffsetMs).toISOString().replace(/\D/g, '').slice(0, 14)
}

/** `yyyy-MM-dd HH:mm:ss`, for people and for refund notices. */
export function beijingText(atMs: number): string {
  return new Date(atMs + beijingOffsetMs).toISOString().slice(0, 19).replace('T', ' ')
}

/** The instant of a `yyyyMMddHHmmss` stamp; null when it is none, or names a day that does not exist. */
export function parseBeijingStamp(stamp: string): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(stamp)
  if (!match) return null
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [number, number, number, number, number, number]
  const atMs = beijingInstantMs({ year, month, day, hour, minute, second })
  return beijingStamp(atMs) === stamp ? atMs : null
}
