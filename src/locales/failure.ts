import { formatFen } from './money'
import { obstacleText } from './obstacle'
import type { Messages } from './zh'
import type { Failure } from '@/cloud/call'

/** What a person reads about a no: what happened and, in the same breath, what to do. */
export function failureText(failure: Failure, t: Messages): string {
  if (failure.kind === 'invalid') return t.failures.other
  if (failure.kind === 'refused' && (failure.code === 'PriceChanged' || failure.code === 'AmountChanged')) {
    return t.failures[failure.code]({ total: formatFen(failure.detail?.totalFen ?? 0) })
  }
  if (failure.kind === 'refused' && failure.code === 'StockTooLow') return t.failures.StockTooLow({ left: failure.detail?.left ?? 0 })
  if (failure.kind === 'refused' && failure.detail?.obstacle) return obstacleText(failure.detail.obstacle, t)
  const texts: Record<string, unknown> = { ...t.dining.failures, ...t.failures }
  const text = texts[failure.code]
  return typeof text === 'string' ? text : t.failures.other
}

/** What the shop can search its log for; empty where there is nothing to search. */
export function failureReference(failure: Failure, t: Messages): string {
  return failure.kind === 'broken' && failure.requestId ? t.failures.reference({ id: failure.requestId }) : ''
}
