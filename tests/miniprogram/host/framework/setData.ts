/** WeChat carries at most this much in one setData. Source: performance audits of the mini program framework. */
const largestPayloadBytes = 256 * 1024

/** How much a mini program sent to its view layer. */
export interface SetDataStats {
  count: number
  bytes: number
  largestBytes: number
  /** Size of the first payload of each page, by route. Components count towards their page. */
  firstBytes: Record<string, number>
  /** The longest list that a page or its components sent at once, by route. */
  longestList: Record<string, number>
  /** How often each page or component called setData, by its path. */
  counts: Record<string, number>
}

const stats: SetDataStats = { count: 0, bytes: 0, largestBytes: 0, firstBytes: {}, longestList: {}, counts: {} }

export const setDataStats = (): SetDataStats => structuredClone(stats)

/** Who sends: the page in front, and the page or component that calls. */
export interface Sender { route: string, path: string }

/** The payload as it arrives at the view layer: only JSON makes it there. Throws where a phone would lose something. */
export function carry(payload: Record<string, unknown>, { route, path }: Sender): Record<string, unknown> {
  const text = JSON.stringify(payload, refuseForeign)
  const bytes = new TextEncoder().encode(text).length
  stats.count += 1
  stats.bytes += bytes
  stats.largestBytes = Math.max(stats.largestBytes, bytes)
  stats.firstBytes[route] ??= bytes
  stats.longestList[route] = Math.max(stats.longestList[route] ?? 0, longestListIn(payload))
  stats.counts[path] = (stats.counts[path] ?? 0) + 1
  if (bytes > largestPayloadBytes) throw new Error(`setData of ${path} carries ${bytes} bytes; a phone takes ${largestPayloadBytes}`)
  return JSON.parse(text) as Record<string, unknown>
}

/** Rows of one list: each is a node that the view layer must make. */
function longestListIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const inside = Math.max(0, ...Object.values(value).map(longestListIn))
  return Array.isArray(value) ? Math.max(value.length, inside) : inside
}

/** `undefined` is left out as on a phone; a function, a Map or a Date would arrive as something else. */
function refuseForeign(this: unknown, key: string, value: unknown): unknown {
  const original = key === '' ? value : (this as Record<string, unknown>)[key]
  if (typeof original === 'function' || typeof original === 'symbol' || typeof original === 'bigint' || isForeign(original)) {
    throw new Error(`setData cannot carry ${Object.prototype.toString.call(original)} at ${key}`)
  }
  return value
}

function isForeign(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype !== Object.prototype && prototype !== null
}
