import { changesText } from '@/goods/bill'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { formatFen } from '@/locales/money'
import { routes } from '@/platform/routes'
import { useOrders } from '@/stores/orders'
import { useVisit } from '@/stores/visit'
import type { Ref } from 'vue'
import type { Failure } from '@/cloud/call'
import type { Question } from '@/composables/useQuestion'
import type { QuotedRow } from '@/composables/useQuote'
import type { Quote } from '@contracts/order.ts'
import type { Basket } from './useBasket'

/** What was on the screen when the customer agreed to it. */
export interface Sent { rows: QuotedRow[], bill: Quote | null }

interface Checkout {
  basket: Basket
  ask: (question: Question) => Promise<boolean>
  load: () => Promise<void>
  pay: () => Promise<void>
  quote: Ref<Quote | null>
  /** Writes a sentence above the button. */
  say: (text: string) => void
}

/** Says precisely why an order was not placed, and offers the one thing that helps. */
export function useSetbacks({ basket, ask, load, pay, quote, say }: Checkout) {
  const { t, localized, listed } = useI18n()
  const visit = useVisit()
  const orders = useOrders()

  /** Says what has changed, and charges the new total only once it was agreed to, and no other one. */
  async function askNewPrice(sent: Sent, now: Quote): Promise<void> {
    const { priceChangedTitle, priceChanged, useNewPrice } = t.value.checkout
    const seenFen = sent.bill?.totalFen ?? 0
    const changes = sent.bill ? changesText({ ...sent.bill, lines: sent.rows }, now, t.value, localized) : []
    const body = [...changes, priceChanged({ before: formatFen(seenFen), now: formatFen(now.totalFen) })].join('\n')
    const agreed = await ask({ title: priceChangedTitle, body, yes: useNewPrice, no: basket.backText() })
    if (!agreed) return basket.back()
    await load()
    if (quote.value?.totalFen === now.totalFen) return pay()
    say(t.value.failures.PriceChanged({ total: formatFen(quote.value?.totalFen ?? now.totalFen) }))
  }

  async function askToRemove(gone: QuotedRow[]): Promise<void> {
    const { unavailableTitle, removeAndGoOn } = t.value.checkout
    const body = listed(gone.map(row => localized(row.name)))
    const agreed = await ask({ title: unavailableTitle, body, yes: removeAndGoOn, no: basket.backText() })
    if (!agreed) return basket.back()
    basket.remove(gone.map(row => row.index))
    await load()
  }

  /** The orders that have to be paid or cancelled first, with the reason for coming here. */
  async function showUnpaid(reason: string): Promise<void> {
    orders.tab = 'Unpaid'
    await routes.orders()
    uni.showToast({ title: reason, icon: 'none', duration: 3000 })
  }

  async function explain(failed: Failure, sent: Sent): Promise<void> {
    const code = failed.code
    const detail = failed.kind === 'refused' ? failed.detail : undefined
    if (detail?.quote) return askNewPrice(sent, detail.quote)
    if (code === 'LinesUnavailable') {
      return askToRemove((detail?.problems ?? []).flatMap(problem => sent.rows[problem.line] ?? []))
    }
    const text = failureText(failed, t.value)
    say(text)
    if (code === 'TableUnknown') visit.leaveTable()
    if (code === 'TooManyUnpaid') await showUnpaid(text)
    // What stands in the way now is part of the next price.
    if (detail?.obstacle) {
      say('')
      await load()
    }
  }

  return { explain }
}
