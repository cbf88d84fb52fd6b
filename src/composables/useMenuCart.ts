import { computed } from 'vue'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { toCartLine } from '@/goods/lines'
import { routes } from '@/platform/routes'
import { useCart } from '@/stores/cart'
import { useTable } from '@/stores/table'
import type { Failure } from '@/cloud/call'
import type { CartLine } from '@contracts/order.ts'

/** Where dishes of the menu go: into the cart that a table shares, or into one's own. */
export function useMenuCart() {
  const { t } = useI18n()
  const own = useCart()
  const table = useTable()

  const lines = computed<CartLine[]>(() => table.isShared ? table.mine.map(toCartLine) : own.lines)
  const count = computed(() => lines.value.reduce((sum, line) => sum + line.quantity, 0))

  /** The cart shows what the server said; a person reads why. */
  function tell(failed: Failure | null): void {
    if (!failed) return
    uni.showToast({ title: failureText(failed, t.value), icon: 'none' })
    if (failed.code === 'PeopleNotAsked' || failed.code === 'TableCleared' || failed.code === 'TableWaiting') void routes.table()
  }

  /** Who is quicker than the first look at the table waits for it, so that no dish ends in a cart that the table does not see. */
  async function addAtTable(line: CartLine): Promise<void> {
    if (!table.isShared) await table.look()
    if (table.isShared) tell(await table.add(line))
    else if (table.isOver) void routes.table()
    else if (table.isHere) tell(table.failure)
    else own.add(line)
  }

  /** False when the cart has no room for another line. */
  function add(line: CartLine): boolean {
    if (!table.isHere) return own.add(line)
    void addAtTable(line)
    return true
  }

  const quantityOf = (productId: string): number =>
    lines.value.reduce((sum, line) => line.productId === productId ? sum + line.quantity : sum, 0)

  /** Takes one piece of the product from the line that was added last. */
  function takeOne(productId: string): void {
    if (!table.isShared) return own.takeOne(productId)
    const line = [...lines.value].reverse().find(one => one.productId === productId)
    if (line) void table.setQuantity(line, line.quantity - 1).then(tell)
  }

  return { lines, count, add, quantityOf, takeOne }
}
