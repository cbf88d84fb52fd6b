import { storeToRefs } from 'pinia'
import { computed, ref } from 'vue'
import { shop } from '@/cloud/call'
import { withFreshStart } from '@/orders/pages'
import { useOrders } from '@/stores/orders'
import { done } from '@contracts/outcome.ts'
import { useScreen } from './useScreen'
import type { OrderTab } from '@/stores/orders'
import type { OrderCounts, OrderPage, OrderView } from '@contracts/order.ts'
import type { Outcome } from '@contracts/outcome.ts'

/** A list that grows as it is scrolled, one tab at a time. */
export function useOrderList() {
  const { tab } = storeToRefs(useOrders())
  const isGrowing = ref(false)
  /** What each tab showed last: a tap on it answers at once, and fresh orders follow. */
  const shown = new Map<OrderTab, OrderPage>()
  let shownTab = tab.value

  const { state, value: page, failure, load, show, reset } = useScreen(askForFirstPage, () => tab.value === 'All' ? 'screenOrders' : null)

  const orders = computed(() => page.value?.orders ?? [])
  /** As the last first page had it, whichever tab that was of. */
  const counts = ref<OrderCounts>({ unpaidCount: 0, doingCount: 0 })
  const hasMore = computed(() => page.value !== null && page.value.nextCursor !== null)

  async function askForFirstPage(): Promise<Outcome<OrderPage>> {
    const known = page.value
    const outcome = await shop.call('orders', { tab: tab.value })
    if (outcome.ok && outcome.value.counts) counts.value = outcome.value.counts
    return outcome.ok && known ? done(withFreshStart(outcome.value, known)) : outcome
  }

  function turn(): void {
    if (page.value) shown.set(shownTab, page.value)
    shownTab = tab.value
    const known = shown.get(tab.value)
    if (known) show(known)
    else reset()
  }

  /** Loads the tab from its beginning. */
  async function refresh(): Promise<void> {
    if (tab.value !== shownTab) turn()
    await load()
  }

  async function more(): Promise<void> {
    const known = page.value
    if (isGrowing.value || known === null || known.nextCursor === null) return
    isGrowing.value = true
    const outcome = await shop.call('orders', { tab: tab.value, cursor: known.nextCursor })
    isGrowing.value = false
    // Another tab or a refresh has taken the list's place meanwhile.
    if (!outcome.ok || page.value !== known) return
    show({ orders: [...known.orders, ...outcome.value.orders], nextCursor: outcome.value.nextCursor })
  }

  function choose(next: OrderTab): void {
    tab.value = next
    void refresh()
  }

  /** Puts a changed order back in its place. */
  function replace(changed: OrderView): void {
    if (page.value === null) return
    show({ ...page.value, orders: orders.value.map(order => order.id === changed.id ? changed : order) })
  }

  return { tab, orders, counts, hasMore, isGrowing, state, failure, refresh, more, choose, replace }
}
