import { ref } from 'vue'
import { shop } from '@/cloud/call'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { wechat } from '@/platform'
import type { Failure } from '@/cloud/call'
import type { Question } from '@/composables/useQuestion'
import type { OrderView, ToReceive } from '@contracts/order.ts'

/** WeChat may need a moment until it knows itself what a customer has just told it. */
const askAgainAfterMs = [1_000, 2_000, 4_000]

/** Long enough to read a sentence. */
const readMs = 4_000

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** The customer says that it has arrived: to WeChat where WeChat holds the money back, to the shop where nobody does. */
export function useReceipt(ask: (question: Question) => Promise<boolean>, show: (order: OrderView) => void) {
  const { t } = useI18n()
  /** The order that is being received, if there is one. */
  const receivingId = ref('')
  /** The order whose receipt was told to WeChat, which has not passed it on yet. */
  const pendingId = ref('')

  /** A WeChat that will not ask may have been told already: the server hears from it whether that is so. */
  async function sayIt({ transactionId, inWeChat }: ToReceive): Promise<'Said' | 'Perhaps' | 'No'> {
    if (inWeChat) {
      const said = await wechat.confirmReceipt(transactionId)
      return said === 'confirmed' ? 'Said' : said === 'cancel' ? 'No' : 'Perhaps'
    }
    const { receiveTitle: title, receiveBody: body, receive: yes, receiveNo: no } = t.value.order
    return await ask({ title, body, yes, no }) ? 'Said' : 'No'
  }

  /** What the server knows of it; asked again for a while where the customer has told WeChat. */
  async function hear(orderId: string, isSaid: boolean) {
    let outcome = await shop.call('confirmReceipt', { orderId })
    for (const waitMs of isSaid ? askAgainAfterMs : []) {
      if (outcome.ok || outcome.code !== 'ReceiptNotConfirmed') break
      await pause(waitMs)
      outcome = await shop.call('confirmReceipt', { orderId })
    }
    return outcome
  }

  function tell(orderId: string, failure: Failure, isSaid: boolean): void {
    if (!isSaid || failure.code !== 'ReceiptNotConfirmed') return void uni.showToast({ title: failureText(failure, t.value), icon: 'none' })
    pendingId.value = orderId
    uni.showToast({ title: t.value.order.receiptPending, icon: 'none', duration: readMs })
  }

  async function receive({ id, toReceive }: OrderView): Promise<void> {
    if (receivingId.value || toReceive === undefined) return
    receivingId.value = id
    const said = await sayIt(toReceive)
    if (said !== 'No') {
      const outcome = await hear(id, said === 'Said')
      if (outcome.ok) {
        pendingId.value = ''
        show(outcome.value)
        uni.showToast({ title: t.value.order.received, icon: 'none' })
      } else {
        tell(id, outcome, said === 'Said')
      }
    }
    receivingId.value = ''
  }

  return { receivingId, pendingId, receive }
}
