import { computed, ref, shallowRef, watch } from 'vue'
import { useChoices } from '@/composables/useChoices'
import { unitPriceFen } from '@/goods/choices'
import { choose, chosenBefore, chosenSku, pictureOf, priceRange, valueState } from '@/goods/skus'
import { useI18n } from '@/locales'
import { quantityMax, useCart } from '@/stores/cart'
import type { Chosen } from '@/goods/skus'
import type { Product } from '@contracts/catalog.ts'
import type { CartLine } from '@contracts/order.ts'

/**
 * What a person has picked of a product: a value of each spec group, choices, and how many. A line of the cart that is chosen anew,
 * `before`, begins as it is, as far as it can be had.
 */
export function usePicker(product: () => Product | null, before: () => CartLine | null = () => null) {
  const { t, localized, listed } = useI18n()
  const chosen = shallowRef<Chosen>({})
  const { choiceIds, quantity, summary, toggle, finish } = useChoices(product, () => [], useCart(), before)
  /** Why nothing can be put into the cart yet; read out by whoever cannot see the groups. */
  const complaint = ref('')

  const sku = computed(() => {
    const current = product()
    return current ? chosenSku(current, chosen.value) : undefined
  })
  const hasKinds = computed(() => (product()?.skus.length ?? 0) > 0)
  const picture = computed(() => {
    const current = product()
    return current ? pictureOf(current, chosen.value) : ''
  })
  const extraFen = computed(() => {
    const current = product()
    return current ? unitPriceFen(current, choiceIds.value) - current.priceFen : 0
  })
  const range = computed(() => {
    const current = product()
    if (!current) return { fromFen: 0, toFen: 0 }
    const { fromFen, toFen } = sku.value ? { fromFen: sku.value.priceFen, toFen: sku.value.priceFen } : priceRange(current, chosen.value)
    return { fromFen: fromFen + extraFen.value, toFen: toFen + extraFen.value }
  })
  /** Pieces of what is chosen; null where nobody counts, or nothing is chosen yet. */
  const left = computed(() => hasKinds.value ? sku.value?.left ?? null : product()?.left ?? null)
  const isSoldOut = computed(() => left.value !== null && left.value <= 0)

  watch([() => product()?.id, before], () => {
    const current = product()
    if (!current) return
    chosen.value = chosenBefore(current, before()?.skuId)
    quantity.value = Math.max(1, Math.min(quantity.value, left.value ?? quantityMax))
    complaint.value = ''
  }, { immediate: true })

  const groups = computed(() => product()?.specs.map(group => ({
    ...group,
    values: group.values.map(value => ({
      ...value, isChosen: chosen.value[group.id] === value.id, state: valueState(product()!, chosen.value, group.id, value.id),
    })),
  })) ?? [])
  /** The values that were chosen, then the choices. */
  const text = computed(() => {
    const values = groups.value.flatMap(group => group.values.filter(value => value.isChosen).map(value => localized(value.name)))
    return [...values, ...summary.value ? [summary.value] : []].join(' · ')
  })
  const openGroups = computed(() => groups.value
    .filter(group => !group.values.some(value => value.isChosen)).map(group => localized(group.name)))

  function chooseValue(groupId: string, valueId: string): void {
    const current = product()
    if (!current) return
    if (valueState(current, chosen.value, groupId, valueId) === 'SoldOut') return say(t.value.product.combinationGone)
    chosen.value = choose(current, chosen.value, groupId, valueId)
    quantity.value = Math.max(1, Math.min(quantity.value, left.value ?? quantityMax))
    complaint.value = ''
  }

  function changeQuantity(by: number): void {
    const next = quantity.value + by
    if (left.value !== null && next > left.value) say(t.value.goods.onlyLeft({ count: left.value }))
    else quantity.value = Math.min(quantityMax, Math.max(1, next))
  }

  function say(words: string): void {
    complaint.value = words
    uni.showToast({ title: words, icon: 'none' })
  }

  /** The line for the cart; null, with a word about it, while something is missing. */
  function line(): CartLine | null {
    const separator = t.value.product.chooseOf({ groups: listed(openGroups.value) })
    if (hasKinds.value && !sku.value) {
      say(separator)
      return null
    }
    const finished = finish()
    return finished && sku.value ? { ...finished, skuId: sku.value.id } : finished
  }

  return { groups, choiceIds, toggle, chooseValue, quantity, changeQuantity, range, picture, left, isSoldOut, text, complaint, line, sku }
}
