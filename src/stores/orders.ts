import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { InputOf } from '@contracts/action.ts'
import type { OrderView } from '@contracts/order.ts'
import type { ShopActions } from '@contracts/shop.ts'

/** Which orders the list shows. */
export type OrderTab = InputOf<ShopActions['orders']>['tab']

/** Orders just answered by the server, handed from page to page so that the next screen need not ask again. */
export const useOrders = defineStore('orders', () => {
  /** Here, because another page may open the list at a tab of its choice. */
  const tab = ref<OrderTab>('All')
  const handed = new Map<string, OrderView>()

  /** Hands an order to the next page. */
  const hand = (order: OrderView) => { handed.set(order.id, order) }

  /** Takes the order that was handed over. It is given once: later visits ask the server. */
  function take(orderId: string): OrderView | null {
    const order = handed.get(orderId) ?? null
    handed.delete(orderId)
    return order
  }

  return { tab, hand, take }
})
