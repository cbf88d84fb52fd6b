import { shallowRef } from 'vue'
import { useI18n } from '@/locales'
import { routes } from '@/platform/routes'
import { useCart } from '@/stores/cart'
import { useDraft } from '@/stores/draft'
import type { CartGroup } from '@/stores/draft'
import type { CartLine } from '@contracts/order.ts'

export type Basket = ReturnType<typeof useBasket>

/** What is checked out: the cart, or the one thing that was bought at once and leaves the cart as it is. */
export function useBasket() {
  const { t } = useI18n()
  const cart = useCart()
  const drafts = useDraft()
  /** Null is the cart. */
  const own = shallowRef<CartLine[] | null>(null)

  /** Begins a checkout, or takes one up again. */
  function open(group: CartGroup, isAlone: boolean): void {
    const alone = isAlone ? drafts.draft.alone : null
    own.value = alone && [alone]
    drafts.open(group, alone)
  }

  const lines = (): CartLine[] => own.value ?? cart.lines

  /** Takes out what was ordered, or cannot be had. */
  function remove(places: number[]): void {
    if (own.value === null) cart.removeAll(places)
    else own.value = own.value.filter((_, place) => !places.includes(place))
  }

  const backText = (): string => own.value === null ? t.value.checkout.backToCart : t.value.checkout.backToGoods
  const back = (): Promise<void> => own.value === null ? routes.backToCart() : routes.back()

  return { open, lines, remove, backText, back }
}
