import { ref } from 'vue'
import { shop } from '@/cloud/call'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { wechat } from '@/platform'
import type { Question } from '@/composables/useQuestion'
import type { OrderView, ToReceive } from '@contracts/order.ts'
import type { Ref } from 'vue'

/** The customer says that it has arrived: to WeChat where WeChat holds the money back, to the shop where nobody does. */
export function useReceipt(order: Ref<OrderView | null>, ask: (question: Question) => Promise<boolean>, show: (order: OrderView) => void) {
  const { t } = useI18n()
  const isReceiving = ref(false)

  /** A WeChat that will not ask may have been told already: the server hears from it whether that is so. */
  async function isSure({ transactionId, inWeChat }: ToReceive): Promise<boolean> {
    if (inWeChat) return await wechat.confirmReceipt(transactionId) !== 'cancel'
    const { receiveTitle: title, receiveBody: body, receive: yes, receiveNo: no } = t.value.order
    return ask({ title, body, yes, no })
  }

  async function receive(): Promise<void> {
    const { id, toReceive } = order.value ?? {}
    if (isReceiving.value || id === undefined || toReceive === undefined) return
    isReceiving.value = true
    if (await isSure(toReceive)) {
      const outcome = await shop.call('confirmReceipt', { orderId: id })
      if (outcome.ok) show(outcome.value)
      uni.showToast({ title: outcome.ok ? t.value.order.received : failureText(outcome, t.value), icon: 'none' })
    }
    isReceiving.value = false
  }

  return { isReceiving, receive }
}
