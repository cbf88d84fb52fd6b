import { computed, ref, watch } from 'vue'
import {
  choicesFrom, firstIncompleteGroup, inMenuOrder, limitText, roomFor, suggestedChoices, takenChoices, toggleChoice, unitPriceFen,
} from '@/goods/choices'
import { keepChoices, keptChoices } from '@/goods/lastChoices'
import { useI18n } from '@/locales'
import { quantityMax, useCart } from '@/stores/cart'
import type { OptionGroup, Product } from '@contracts/catalog.ts'
import type { CartLine } from '@contracts/order.ts'

function toast(title: string): void {
  uni.showToast({ title, icon: 'none' })
}

/**
 * What a person has picked on the item sheet so far: choices, pieces and what they come to. It begins with what was chosen on
 * this phone the last time, else with `usual`, what this person always has, else with the shop's suggestion. `cart` is the one
 * that it goes into. A line of the cart that is chosen anew, `before`, begins as it is, and its own pieces leave room for themselves.
 */
export function useChoices(
  product: () => Product | null, usual: () => readonly string[] = () => [], cart: { quantityOf(productId: string): number } = useCart(),
  before: () => CartLine | null = () => null,
) {
  const { t, localized } = useI18n()
  /** The choices are the customer's own of an earlier time. */
  const isAsBefore = ref(false)
  const choiceIds = ref<string[]>([])
  const quantity = ref(1)

  watch([product, before], ([next, line]) => {
    if (next === null) return
    const own = line ? null : usual().length > 0 ? choicesFrom(next, usual()) : keptChoices(next)
    choiceIds.value = line ? choicesFrom(next, line.choiceIds) : own ?? suggestedChoices(next)
    isAsBefore.value = own !== null && own.length > 0
    quantity.value = line?.quantity ?? 1
  }, { immediate: true })

  const room = (current: Product): number => roomFor(current, cart.quantityOf(current.id) - (before()?.quantity ?? 0))

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
    const choice = group.choices.find(one => one.id === choiceId)
    if (choice?.isSoldOut) return toast(t.value.item.choiceSoldOut({ name: localized(choice.name) }))
    const next = toggleChoice(group, choiceIds.value, choiceId)
    if (next === 'Full') toast(t.value.goods.full({ max: group.max }))
    else choiceIds.value = next
  }

  function changeQuantity(by: number): void {
    const current = product()
    if (!current) return
    const next = quantity.value + by
    if (by > 0 && next > room(current)) toast(limitText(current, t.value))
    else quantity.value = Math.min(quantityMax, Math.max(1, next))
  }

  /** The line for the cart; null, with a word about it, while something required is missing or there is not so much of it. */
  function finish(): CartLine | null {
    const current = product()
    if (!current) return null
    const missing = firstIncompleteGroup(current, choiceIds.value)
    if (missing) {
      toast(t.value.goods.missing({ group: localized(missing.name) }))
      return null
    }
    if (room(current) < quantity.value) {
      toast(limitText(current, t.value))
      return null
    }
    keepChoices(current.id, [...choiceIds.value])
    return { productId: current.id, choiceIds: inMenuOrder(current, choiceIds.value), quantity: quantity.value }
  }

  return { choiceIds, quantity, unitFen, totalFen, summary, isAsBefore, toggle, changeQuantity, finish }
}
