import { computed, ref, shallowRef, watch } from 'vue'
import { merchant } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { wechat } from '@/platform'
import { arrivals, countsAfter, leftBy } from './bar'
import type { BarCounts, BarTab, Mark } from './bar'
import type { BarOrder } from '@contracts/merchant.ts'

/** The orders at the bar. A tap moves an order at once; if the server says no, it comes back. */
export function useBar() {
  const { t } = useI18n()
  const tab = ref<BarTab>('ToMake')
  const counts = shallowRef<BarCounts>({ toMake: 0, toCollect: 0 })
  /** The time of the last answer: waiting times move with it, not every second. */
  const nowMs = ref(Date.now())
  const newIds = shallowRef<string[]>([])
  /** Orders marked here, by the tab that they left. */
  const left = shallowRef<{ tab: BarTab, id: string }[]>([])
  const seen = new Map<BarTab, Set<string>>()

  const { state, value: answer, failure, load, poll, reset } = useScreen(() => merchant.call('orders', { tab: tab.value }))

  const orders = computed(() => {
    const gone = new Set(left.value.filter(one => one.tab === tab.value).map(one => one.id))
    return answer.value?.orders.filter(order => !gone.has(order.id)) ?? []
  })
  const hasMore = computed(() => answer.value !== null && answer.value.nextCursor !== null)
  const isNotStaff = computed(() => failure.value?.code === 'NotAllowed')
  /** What is shown is the last that was heard. */
  const isCutOff = computed(() => state.value === 'filled' && failure.value !== null && !isNotStaff.value)

  watch(answer, (now) => {
    if (now === null) return
    counts.value = now.counts
    nowMs.value = Date.now()
    newIds.value = arrivals(seen.get(tab.value), now.orders)
    if (newIds.value.length > 0) wechat.tap()
    seen.set(tab.value, new Set([...seen.get(tab.value) ?? [], ...now.orders.map(order => order.id)]))
  })

  function choose(next: BarTab): void {
    if (next === tab.value) return
    tab.value = next
    newIds.value = []
    reset()
    void load()
  }

  async function mark(order: BarOrder, action: Mark): Promise<void> {
    const move = { tab: leftBy[action], id: order.id }
    left.value = [...left.value, move]
    counts.value = countsAfter(counts.value, action)
    wechat.tap()
    const outcome = await merchant.call(action, { orderId: order.id })
    if (!outcome.ok) {
      left.value = left.value.filter(one => one !== move)
      uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
    }
    await poll()
  }

  return { tab, orders, counts, nowMs, newIds, hasMore, isNotStaff, isCutOff, state, failure, load, poll, choose, mark }
}
