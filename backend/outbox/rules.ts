import type { EffectState } from '../../contracts/merchant.ts'
import type { Machine } from '../machine.ts'

export const effectMachine: Machine<EffectState> = {
  name: 'effect',
  initial: 'Waiting',
  edges: {
    Waiting: { Done: 'it has happened, or nobody wants it any more', Dead: 'WeChat refused it, or gave no answer too often' },
    Dead: { Waiting: 'staff try again', Dismissed: 'staff saw to it another way, and wrote down which' },
    Done: {},
    Dismissed: {},
  },
}

/** What one try came to. */
export type EffectResult =
  | { kind: 'Done' }
  /** It has become pointless, or is nobody's business: it ends without a word. */
  | { kind: 'NotWanted', because: string }
  | { kind: 'Again', because: string }
  /** The same try would be refused again: a person has to look. */
  | { kind: 'Refused', because: string }

/** A try that was taken up and not reported, because its function died, is given up after this long. */
export const LEASE_MS = 60_000
/** Of one kind: with the delays below the last try is about a day after the first, when WeChat wants to know by now. */
export const TRIES_MAX = 30
/** For what is worth nothing a quarter of an hour later. */
export const TRIES_MAX_SHORT = 6

/** What is over is kept until this long after its cause, as WeChat keeps bills: it is the answer to "was WeChat told?". */
export const KEEP_MS = 90 * 24 * 3_600_000

/** 15 s, then twice as long each time, at most an hour. `tries` counts those that are over, from 1. */
export const retryDelayMs = (tries: number): number => Math.min(15_000 * 2 ** Math.min(Math.max(tries - 1, 0), 10), 3_600_000)

/** What becomes of an effect after its try number `tries`. */
export function afterTry(
  result: EffectResult, tries: number, triesMax: number, nowMs: number,
): { state: EffectState, said: string, nextAtMs: number } {
  if (result.kind === 'Done') return { state: 'Done', said: '', nextAtMs: nowMs }
  const said = result.because
  if (result.kind === 'NotWanted') return { state: 'Done', said, nextAtMs: nowMs }
  if (result.kind === 'Refused' || tries >= triesMax) return { state: 'Dead', said, nextAtMs: nowMs }
  return { state: 'Waiting', said, nextAtMs: nowMs + retryDelayMs(tries) }
}

/** Each try was taken up and none was ever reported: whatever it is, it kills the function that works on it. */
export const isSpent = (effect: { tries: number }, triesMax: number): boolean => effect.tries >= triesMax

/**
 * Codes that the same call would get again: something in the call, in the account or in the order has to change first.
 * Source: the error tables of subscribeMessage.send, upload_shipping_info and notify_confirm_receive, and WeChat's global one.
 */
const FINAL: ReadonlySet<number> = new Set([
  40003, 40013, 40037, 40097, 41030, 43101, 47001, 47003, 48001,
  10060004, 10060006, 10060007, 10060008, 10060009, 10060014, 10060024, 10060025, 10060026, 10060031, 268485216, 268485228,
])

/**
 * True when an open interface's code ends the matter. No answer at all, a busy WeChat, a quota that refills, a permission that
 * takes ten minutes to spread and every code that we do not know are worth another try: what is tried again does no harm twice.
 */
export const isFinal = (errcode: number | null): boolean => errcode !== null && FINAL.has(errcode)

/** What a refusing answer of an open interface comes to. */
export function judgeRefusal({ errcode, because }: { errcode: number | null, because: string }): EffectResult {
  return { kind: isFinal(errcode) ? 'Refused' : 'Again', because }
}
