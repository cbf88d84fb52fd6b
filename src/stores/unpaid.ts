import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { storage } from '@/platform/storage'
import type { OrderView } from '@contracts/order.ts'

/** The order that was left at the cashier, so that the next screen can offer it again without asking the server. */
export const useUnpaid = defineStore('unpaid', () => {
  const order = shallowRef(storage.read('unpaid'))

  function keep({ id: orderId, totalFen, expiresAtMs }: Pick<OrderView, 'id' | 'totalFen' | 'expiresAtMs'>): void {
    order.value = { orderId, totalFen, expiresAtMs }
    storage.write('unpaid', order.value)
  }

  /** Its state was heard of: once it no longer waits for money there is nothing to offer. */
  function hear({ id, state }: Pick<OrderView, 'id' | 'state'>): void {
    if (order.value?.orderId !== id || state === 'Unpaid') return
    order.value = null
    storage.remove('unpaid')
  }

  return { order, keep, hear }
})
