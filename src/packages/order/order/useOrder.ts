import { onLoad, onShow } from '@dcloudio/uni-app'
import { computed, ref } from 'vue'
import { shop } from '@/cloud/call'
import { useNow } from '@/composables/useNow'
import { useOrderActions } from '@/composables/useOrderActions'
import { useReceipt } from '@/composables/useReceipt'
import { useScreen } from '@/composables/useScreen'
import { useTicker } from '@/composables/useTicker'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { formatRemaining } from '@/locales/time'
import { isDoing, isPayable, isUnderWay, setbackText } from '@/orders/words'
import type { AfterSaleView } from '@contracts/afterSale.ts'
import type { Setback } from '@/composables/usePayment'

const pollEveryMs = 5000

/** One order: kept fresh while something may happen to it, and what its owner can do with it. */
export function useOrder() {
  const { t } = useI18n()
  const nowMs = useNow()
  const orderId = ref('')
  /** How the cashier was left, when this page follows it. */
  const left = ref<'cancel' | 'fail' | null>(null)

  const { state, value: order, failure, load, poll, show } = useScreen(() => shop.call('order', { orderId: orderId.value }))
  const { payingId, payFor, cancel, buyAgain, question, ask, answer } = useOrderActions(afterSetback)
  const isWithdrawing = ref(false)
  const { receivingId, pendingId, receive } = useReceipt(ask, show)

  const canPay = computed(() => order.value !== null && isPayable(order.value, nowMs.value))
  const remaining = computed(() => order.value && canPay.value ? formatRemaining(order.value.expiresAtMs, nowMs.value) : '')
  const hint = computed(() => {
    if (order.value?.state === 'Closing') return t.value.order.closingHint
    if (order.value?.toReceive && pendingId.value === order.value.id) return t.value.order.receiptPending
    if (order.value?.state !== 'Unpaid') return ''
    if (!canPay.value) return t.value.order.timeUp
    return left.value === null ? t.value.order.payWithinHint : setbackText(order.value, left.value, t.value)
  })

  /** While the shop works on it, after a visit to the cashier, or when the time to pay is over, the server may know more. */
  const mayMove = computed(() => {
    const now = order.value?.state
    if (order.value?.afterSale && isUnderWay(order.value.afterSale)) return true
    return (order.value !== null && isDoing(order.value)) || now === 'Closing' || (now === 'Unpaid' && (!canPay.value || left.value !== null))
  })

  onLoad((query) => {
    orderId.value = query?.orderId ?? ''
    if (query?.after === 'cancel' || query?.after === 'fail') left.value = query.after
  })
  onShow(() => void load())
  useTicker(pollEveryMs, () => {
    if (mayMove.value) void poll()
  })

  function afterSetback(_orderId: string, setback: Setback): void {
    if (setback.kind === 'NotPaid') left.value = setback.because
    else uni.showToast({ title: failureText(setback.failure, t.value), icon: 'none' })
    void poll()
  }

  async function cancelThis(): Promise<void> {
    if (!order.value) return
    const cancelled = await cancel(order.value)
    if (cancelled) show(cancelled)
    else void poll()
  }

  async function withdraw({ id }: AfterSaleView): Promise<void> {
    const { withdrawTitle: title, withdrawBody: body, withdrawYes: yes, withdrawNo: no } = t.value.afterSale
    if (isWithdrawing.value || !await ask({ title, body, yes, no })) return
    isWithdrawing.value = true
    const outcome = await shop.call('withdrawAfterSale', { afterSaleId: id })
    isWithdrawing.value = false
    uni.showToast({ title: outcome.ok ? t.value.afterSale.withdrawn : failureText(outcome, t.value), icon: 'none' })
    void poll()
  }

  return {
    state, failure, load, order, canPay, remaining, hint, payingId, payFor, cancelThis, buyAgain, withdraw, isWithdrawing,
    receive, receivingId, question, answer,
  }
}
