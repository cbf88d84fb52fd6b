import { formatSlot } from '@/locales/time'
import { UNTIL_TAKEN_BACK_MS } from '@contracts/goods.ts'
import type { Messages } from '@/locales/zh'
import type { StaffGoods } from '@contracts/goods.ts'

/** What is sold out until a moment; an unknown moment is some time after today. */
export function offText(untilMs: number, nowMs: number, t: Messages): string {
  if (untilMs >= UNTIL_TAKEN_BACK_MS) return t.keeping.stopped
  return untilMs <= nowMs ? t.keeping.today : t.keeping.todayUntil({ when: formatSlot(untilMs, nowMs, t) })
}

/** What keeps customers from having it, or a part of it; empty where nothing does. */
export function statusText(goods: StaffGoods, nowMs: number, t: Messages): string {
  const { soldOutUntilMs, left, choices, skus } = goods
  if (soldOutUntilMs !== null) return offText(soldOutUntilMs, nowMs, t)
  if (left !== null && left <= 0) return t.keeping.gone
  const count = [...choices, ...skus].filter(part => part.soldOutUntilMs !== null).length
  return count === 0 ? '' : t.keeping.someOff({ count })
}

/** How much is there; empty where nobody counts. */
export function leftText(left: number | null, isCounted: boolean, t: Messages): string {
  if (left === null) return ''
  return isCounted ? t.keeping.left({ count: left }) : t.keeping.portions({ count: left })
}
