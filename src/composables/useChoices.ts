import { computed, ref, watch } from 'vue'
import { firstIncompleteGroup, inMenuOrder, suggestedChoices, takenChoices, toggleChoice, unitPriceFen } from '@/goods/choices'
import { useI18n } from '@/locales'
import { quantityMax } from '@/stores/cart'
import type { OptionGroup, Product } from '@contracts/catalog.ts'
import type { CartLine } from '@contracts/order.ts'

function toast(title: string): void {
  uni.showToast({ title, icon: 'none' })
}

/** What a person has picked on the item sheet so far: choices, pieces and what they come to. */
export function useChoices(product: () => Product | null) {
  const { t, localized } = useI18n()
  const choiceIds = ref<string[]>([])
  const quantity = ref(1)

  watch(product, (next) => {
    if (next === null) return
    choiceIds.value = suggestedChoices(next)
    quantity.value = 1
  }, { immediate: true })

  const unitFen = computed(() => {
    const current = product()
    return current ? unitPriceFen(current, choiceIds.value) : 0
  })
  const totalFen = computed(() => unitFen.value * quantity.value)
  const summary = computed(() => {
    const current = product()
    return current ? takenChoices(current, choiceIds.value).map(choice => localized(choice.name)).join(' · ') : ''
  })

  function toggle(group: OptionGroup, choiceId: string): void {
    const next = toggleChoice(group, choiceIds.value, choiceId)
    if (next === 'Full') toast(t.value.goods.full({ max: group.max }))
    else choiceIds.value = next
  }

  function changeQuantity(by: number): void {
    const left = product()?.left ?? quantityMax
    const next = quantity.value + by
    if (next > left) toast(t.value.goods.onlyLeft({ count: left }))
    else quantity.value = Math.min(quantityMax, Math.max(1, next))
  }

  /** The line for the cart; null, with a word about it, while something required is missing. */
  function finish(): CartLine | null {
    const current = product()
    if (!current) return null
    const missing = firstIncompleteGroup(current, choiceIds.value)
    if (missing) {
      toast(t.value.goods.missing({ group: localized(missing.name) }))
      return null
    }
    return { productId: current.id, choiceIds: inMenuOrder(current, choiceIds.value), quantity: quantity.value }
  }

  return { choiceIds, quantity, totalFen, summary, toggle, changeQuantity, finish }
}
