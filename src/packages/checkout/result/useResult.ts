import { onLoad } from '@dcloudio/uni-app'
import { computed, ref } from 'vue'
import { shop } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { useTicker } from '@/composables/useTicker'
import { isDoing, resultMood } from '@/orders/words'
import { useOrders } from '@/stores/orders'

const pollEveryMs = 5000

/** How a payment ended. The server's order, never the phone's word, decides what is shown. */
export function useResult() {
  const orders = useOrders()
  const orderId = ref('')
  const isAsking = ref(false)

  const { state, value: order, failure, load, poll, show } = useScreen(() => shop.call('syncPayment', { orderId: orderId.value }))
  const mood = computed(() => order.value ? resultMood(order.value) : 'processing')

  onLoad((query) => {
    orderId.value = query?.orderId ?? ''
    const handed = orders.take(orderId.value)
    if (handed) show(handed)
    else void load()
  })

  // Money that is on its way arrives by itself, and people wait for their drink with this page in front of them.
  useTicker(pollEveryMs, () => {
    if (order.value && (mood.value === 'processing' || isDoing(order.value))) void poll()
  })

  async function askAgain(): Promise<void> {
    isAsking.value = true
    await load()
    isAsking.value = false
  }

  return { state, failure, load, order, mood, isAsking, askAgain }
}
