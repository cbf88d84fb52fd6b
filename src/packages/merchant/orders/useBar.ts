import { computed, ref, shallowRef } from 'vue'
import { merchant } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { wechat } from '@/platform'
import type { InputOf } from '@contracts/action.ts'
import type { BarOrder, MerchantActions } from '@contracts/merchant.ts'

/** Which orders the bar looks at. */
export type BarTab = InputOf<MerchantActions['orders']>['tab']

type Mark = 'markReady' | 'markCollected'

/** The orders at the bar. A tap moves an order at once; if the server says no, it comes back. */
export function useBar() {
  const { t } = useI18n()
  const tab = ref<BarTab>('ToMake')
  const orders = shallowRef<BarOrder[]>([])
  /** The time of the last answer: waiting times move with it, not every second. */
  const nowMs = ref(Date.now())
  const counts = shallowRef({ toMake: 0, toCollect: 0 })
  /** Marked and not yet confirmed: a refresh that was under way must not bring them back. */
  const moving = new Set<string>()

  const { state, failure, load, reset } = useScreen(async () => {
    const asked = tab.value
    const outcome = await merchant.call('orders', { tab: asked })
    if (outcome.ok && asked === tab.value) {
      orders.value = outcome.value.orders.filter(order => !moving.has(order.id))
      counts.value = outcome.value.counts
      nowMs.value = Date.now()
    }
    return outcome
  })

  const isNotStaff = computed(() => failure.value?.code === 'NotAllowed')

  function choose(next: BarTab): void {
    if (next === tab.value) return
    tab.value = next
    orders.value = []
    reset()
    void load()
  }

  async function mark(order: BarOrder, action: Mark): Promise<void> {
    const before = orders.value
    moving.add(order.id)
    orders.value = before.filter(other => other.id !== order.id)
    wechat.tap()
    const outcome = await merchant.call(action, { orderId: order.id })
    moving.delete(order.id)
    if (!outcome.ok) {
      orders.value = before
      uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
    }
    await load()
  }

  return { tab, orders, counts, nowMs, isNotStaff, state, failure, load, choose, mark }
}
