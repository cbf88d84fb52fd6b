import { storeToRefs } from 'pinia'
import { ref, shallowRef } from 'vue'
import { shop } from '@/cloud/call'
import { useOrders } from '@/stores/orders'
import { useScreen } from './useScreen'
import type { OrderTab } from '@/stores/orders'
import type { OrderView } from '@contracts/order.ts'

/** A list that grows as it is scrolled, one tab at a time. */
export function useOrderList() {
  const { tab } = storeToRefs(useOrders())
  const orders = shallowRef<OrderView[]>([])
  const cursor = shallowRef<string | null>(null)
  const isGrowing = ref(false)
  let shownTab = tab.value

  const { state, failure, load, reset } = useScreen(async () => {
    const asked = tab.value
    const outcome = await shop.call('orders', { tab: asked })
    if (outcome.ok && asked === tab.value) {
      orders.value = outcome.value.orders
      cursor.value = outcome.value.nextCursor
    }
    return outcome
  })

  /** Loads the tab from its beginning; another tab than before starts with an empty screen. */
  async function refresh(): Promise<void> {
    if (tab.value !== shownTab) {
      shownTab = tab.value
      orders.value = []
      cursor.value = null
      reset()
    }
    await load()
  }

  async function more(): Promise<void> {
    if (cursor.value === null || isGrowing.value) return
    isGrowing.value = true
    const asked = tab.value
    const outcome = await shop.call('orders', { tab: asked, cursor: cursor.value })
    isGrowing.value = false
    if (!outcome.ok || asked !== tab.value) return
    orders.value = [...orders.value, ...outcome.value.orders]
    cursor.value = outcome.value.nextCursor
  }

  function choose(next: OrderTab): void {
    tab.value = next
    void refresh()
  }

  /** Puts a changed order back in its place. */
  function replace(changed: OrderView): void {
    orders.value = orders.value.map(order => order.id === changed.id ? changed : order)
  }

  return { tab, orders, cursor, isGrowing, state, failure, refresh, more, choose, replace }
}
