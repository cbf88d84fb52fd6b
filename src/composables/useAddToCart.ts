import { useI18n } from '@/locales'
import { wechat } from '@/platform'
import { useCart } from '@/stores/cart'
import type { CartLine } from '@contracts/order.ts'

/** Puts a line into the cart, one's own unless told, and lets the finger feel it. */
export function useAddToCart(into?: { add(line: CartLine): boolean }) {
  const { t } = useI18n()
  const cart = into ?? useCart()

  return function add(line: CartLine): boolean {
    const hasRoom = cart.add(line)
    if (hasRoom) wechat.tap()
    else uni.showToast({ title: t.value.goods.cartFull, icon: 'none' })
    return hasRoom
  }
}
