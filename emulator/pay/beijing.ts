import { beijingText } from '../wechat/beijingTime.ts'

/** `yyyy-MM-ddTHH:mm:ss+08:00`, the times of API v3. */
export function beijingRfc3339(atMs: number): string {
  return `${beijingText(atMs).replace(' ', 'T')}+08:00`
}

/** The instant of an RFC 3339 time with its zone; null when it is none. */
export function parseRfc3339(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(text)) return null
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? null : atMs
}
