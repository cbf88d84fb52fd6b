import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a link to a private file is worth. */
export type LinkState = 'valid' | 'unsigned' | 'expired' | 'altered'

/** The query of a link to a private file: until when it opens this path, in seconds since 1970, and a signature over both. */
export function signedQuery(key: string, path: string, untilSeconds: number): string {
  return `sign=${signature(key, path, String(untilSeconds))}&t=${untilSeconds}`
}

/** Whether a query opens a private file now. */
export function linkState(key: string, path: string, query: URLSearchParams, nowMs: number): LinkState {
  const [sign, until] = [query.get('sign'), query.get('t')]
  if (sign === null || until === null) return 'unsigned'
  const expected = Buffer.from(signature(key, path, until))
  const given = Buffer.from(sign)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'altered'
  return nowMs < Number(until) * 1000 ? 'valid' : 'expired'
}

function signature(key: string, path: string, until: string): string {
  return createHmac('sha256', key).update(`${until}\n${path}`).digest('hex')
}
