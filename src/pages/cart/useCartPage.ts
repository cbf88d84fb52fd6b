import { computed, ref, watch } from 'vue'
import { useQuestion } from '@/composables/useQuestion'
import { useQuote } from '@/composables/useQuote'
import { useI18n } from '@/locales'
import { useCart } from '@/stores/cart'
import { groupOf } from '@/stores/draft'
import type { CartGroup } from '@/stores/draft'

const groupIds: CartGroup[] = ['Bar', 'Mall']

/** The cart by what goes together, and putting it in order. */
export function useCartPage() {
  const { t } = useI18n()
  const cart = useCart()
  const { question, ask, answer } = useQuestion()
  const { state, failure, load, rows, available, unavailable, goodsFen, isAwaited, count, foresee } = useQuote()

  const groups = computed(() => groupIds.map((group) => {
    const own = available.value.filter(row => groupOf(row.ways) === group)
    return { group, rows: own, goodsFen: own.reduce((sum, row) => sum + row.totalFen, 0), isAwaited: own.some(row => row.isAwaited) }
  }).filter(({ rows: own }) => own.length > 0))

  const isEditing = ref(false)
  /** Places in the cart. They hold only as long as nothing is taken out of it. */
  const selected = ref<number[]>([])
  const isAllSelected = computed(() => rows.value.length > 0 && selected.value.length === rows.value.length)
  watch(() => cart.lines.length, () => { selected.value = [] })

  function turnEditing(): void {
    isEditing.value = !isEditing.value
    selected.value = []
  }

  function select(index: number): void {
    selected.value = selected.value.includes(index) ? selected.value.filter(one => one !== index) : [...selected.value, index]
  }

  function selectAll(): void {
    selected.value = isAllSelected.value ? [] : rows.value.map(row => row.index)
  }

  async function removeSelected(): Promise<void> {
    const indexes = [...selected.value]
    if (indexes.length === 0) return
    const { clearYes: yes, keep: no } = t.value.cart
    if (!await ask({ title: t.value.cartGroups.removeTitle({ count: indexes.length }), yes, no })) return
    cart.removeAll(indexes)
    isEditing.value = false
  }

  async function clear(): Promise<void> {
    const { clearTitle, clearYes, keep } = t.value.cart
    if (await ask({ title: clearTitle, yes: clearYes, no: keep })) cart.clear()
  }

  const removeUnavailable = () => cart.removeAll(unavailable.value.map(row => row.index))

  return {
    state, failure, load, rows, available, unavailable, goodsFen, isAwaited, count, foresee, groups, isEditing, selected, isAllSelected,
    turnEditing, select, selectAll,
    removeSelected, clear, removeUnavailable, setQuantity: cart.setQuantity, question, answer,
  }
}
