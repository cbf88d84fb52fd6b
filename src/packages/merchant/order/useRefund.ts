import { computed, ref } from 'vue'
import { merchant } from '@/cloud/call'
import { useQuestion } from '@/composables/useQuestion'
import { useSubmit } from '@/composables/useSubmit'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { formatFen } from '@/locales/money'
import type { RefundChoice } from '../refund/useRefundChoice'

/** Sending money back without a request: choose, say why, confirm the amount. A retry after a lost answer is the same refund. */
export function useRefund(orderId: () => string, onSent: () => Promise<void>) {
  const { t } = useI18n()
  const { isBusy, submit } = useSubmit('refund')
  const { question, ask, answer } = useQuestion()
  const isChoosing = ref(false)
  /** The sheet makes way for the question, and comes back after a no. */
  const isSheetOpen = computed(() => isChoosing.value && question.value === null)

  function open(): void {
    isChoosing.value = true
  }

  function close(): void {
    isChoosing.value = false
  }

  function agree({ wish, expectedFen }: RefundChoice): Promise<boolean> {
    const amount = formatFen(expectedFen)
    const { refundAsk, refundAskPieces, refundAskWhole, refundYes, refundNo: no } = t.value.staffOrder
    const body = wish.kind === 'Whole' ? refundAskWhole : refundAskPieces({ count: wish.lines.reduce((sum, { quantity }) => sum + quantity, 0) })
    return ask({ title: refundAsk({ amount }), body, yes: refundYes({ amount }), no })
  }

  async function send(choice: RefundChoice, note: string): Promise<void> {
    if (isBusy.value || !await agree(choice)) return
    const wish = { orderId: orderId(), ...choice, note }
    const outcome = await submit(wish, requestId => merchant.call('refundOrder', { requestId, ...wish }))
    if (outcome === null) return
    uni.showToast({ title: outcome.ok ? t.value.staffOrder.refundDone : failureText(outcome, t.value), icon: 'none' })
    // What was chosen stays for another try, unless the server has decided about it.
    if (outcome.ok || outcome.kind === 'refused') close()
    await onSent()
  }

  return { isSheetOpen, isBusy, question, answer, open, close, send }
}
