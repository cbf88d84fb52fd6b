import { onLoad, onShow } from '@dcloudio/uni-app'
import { computed, ref } from 'vue'
import { merchant } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { useTicker } from '@/composables/useTicker'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import type { Mark } from '../orders/bar'
import type { Outcome } from '@contracts/outcome.ts'

const pollEveryMs = 10_000

/** One order as staff see it: kept fresh, and what can be done with it beside sending money back. */
export function useStaffOrder() {
  const { t } = useI18n()
  const orderId = ref('')
  const isBusy = ref(false)
  const { state, value: page, failure, load, poll } = useScreen(() => merchant.call('orderForStaff', { orderId: orderId.value }))
  const isNotStaff = computed(() => failure.value?.code === 'NotAllowed')

  onLoad((query) => { orderId.value = query?.orderId ?? '' })
  onShow(() => void load())
  useTicker(pollEveryMs, () => {
    if (!isNotStaff.value && page.value !== null) void poll()
  })

  /** Does one thing, says what came of it, and looks again. */
  async function act<Value>(call: () => Promise<Outcome<Value>>, done = ''): Promise<Value | null> {
    if (isBusy.value) return null
    isBusy.value = true
    const outcome = await call()
    isBusy.value = false
    const words = outcome.ok ? done : failureText(outcome, t.value)
    if (words !== '') uni.showToast({ title: words, icon: 'none' })
    await poll()
    return outcome.ok ? outcome.value : null
  }

  const mark = (done: Mark) => act(() => merchant.call(done, { orderId: orderId.value }))

  const remind = () => act(() => merchant.call('remindReceipt', { orderId: orderId.value }), t.value.staffOrder.reminderAsked)

  /** The whole number comes for the call alone, and is noted in the trail. */
  async function callReceiver(): Promise<void> {
    const receiver = await act(() => merchant.call('receiver', { orderId: orderId.value }))
    if (receiver !== null) uni.makePhoneCall({ phoneNumber: receiver.phone })
  }

  return { orderId, state, page, failure, load, poll, isNotStaff, isBusy, mark, remind, callReceiver }
}
