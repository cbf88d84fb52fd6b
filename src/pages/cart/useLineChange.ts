import { ref, shallowRef } from 'vue'
import { shop } from '@/cloud/call'
import { toCartLine } from '@/goods/lines'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { useCart } from '@/stores/cart'
import type { QuotedRow } from '@/composables/useQuote'
import type { Product } from '@contracts/catalog.ts'
import type { CartLine } from '@contracts/order.ts'

/** A line of the cart that is chosen anew: where it stands, what it was, and what its goods are now. */
interface LineChange { row: QuotedRow, line: CartLine, product: Product }

/** Choosing a line of the cart anew, where it stands. `foresee` is told what it will be, before the cart is. */
export function useLineChange(foresee: (row: QuotedRow, line: CartLine, product: Product) => void) {
  const { t } = useI18n()
  const cart = useCart()
  /** It stays while its sheet leaves the screen. */
  const change = shallowRef<LineChange | null>(null)
  const isChanging = ref(false)
  /** The line whose goods are being asked for; -1 where none is. */
  const openingIndex = ref(-1)

  async function open(row: QuotedRow): Promise<void> {
    if (openingIndex.value >= 0) return
    openingIndex.value = row.index
    const outcome = await shop.call('product', { productId: row.productId })
    openingIndex.value = -1
    if (!outcome.ok) return void uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
    change.value = { row, line: toCartLine(row), product: outcome.value.product }
    isChanging.value = true
  }

  function close(): void {
    isChanging.value = false
  }

  function finish(line: CartLine): void {
    if (change.value) {
      const { row, product } = change.value
      foresee(row, line, product)
      cart.replace(row.index, line)
    }
    close()
  }

  return { change, isChanging, openingIndex, open, close, finish }
}
