import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { wishKey } from '@/goods/lines'
import { storage } from '@/platform/storage'
import type { CartLine } from '@contracts/order.ts'

/** Limits that the server keeps too. */
export const quantityMax = 99
export const linesMax = 50

function merge(lines: CartLine[], added: CartLine): CartLine[] {
  const index = lines.findIndex(line => wishKey(line) === wishKey(added))
  if (index < 0) return [...lines, added]
  return lines.map((line, at) => at === index
    ? { ...line, quantity: Math.min(quantityMax, line.quantity + added.quantity) }
    : line)
}

/** What the customer wants, kept on the phone. It knows no prices: those are the server's. */
export const useCart = defineStore('cart', () => {
  const lines = shallowRef<CartLine[]>(storage.read('cart') ?? [])
  const count = computed(() => lines.value.reduce((sum, line) => sum + line.quantity, 0))

  function put(next: CartLine[]): void {
    lines.value = next
    storage.write('cart', next)
  }

  /** False when the cart has no room for another line. */
  function add(added: CartLine): boolean {
    const next = merge(lines.value, added)
    if (next.length > linesMax) return false
    put(next)
    return true
  }

  /** Zero takes the line out. */
  function setQuantity(index: number, quantity: number): void {
    put(quantity < 1
      ? lines.value.filter((_, at) => at !== index)
      : lines.value.map((line, at) => at === index ? { ...line, quantity: Math.min(quantityMax, quantity) } : line))
  }

  /** Puts another wish in the place of a line; one that is in the cart already takes its pieces in. */
  function replace(index: number, line: CartLine): void {
    const others = lines.value.filter((_, at) => at !== index)
    put(others.some(one => wishKey(one) === wishKey(line)) ? merge(others, line) : lines.value.map((one, at) => at === index ? line : one))
  }

  function removeAll(indexes: number[]): void {
    put(lines.value.filter((_, at) => !indexes.includes(at)))
  }

  const clear = () => put([])

  function quantityOf(productId: string): number {
    return lines.value.reduce((sum, line) => line.productId === productId ? sum + line.quantity : sum, 0)
  }

  /** Takes one piece of the product from the line that was added last. */
  function takeOne(productId: string): void {
    const index = lines.value.map(line => line.productId).lastIndexOf(productId)
    const line = lines.value[index]
    if (line) setQuantity(index, line.quantity - 1)
  }

  return { lines, count, add, setQuantity, replace, removeAll, clear, quantityOf, takeOne }
})
