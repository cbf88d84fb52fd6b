import { shop } from '@/cloud/call'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { confirm } from '@/platform/confirm'
import { routes } from '@/platform/routes'
import { useCart } from '@/stores/cart'
import { usePayment } from './usePayment'
import type { OrderView } from '@contracts/order.ts'

/** What a customer can do with an order, on its page and in the list alike. */
export function useOrderActions() {
  const { t } = useI18n()
  const cart = useCart()
  const { phase, pay } = usePayment()

  /** The order as it stands after cancelling; null when the person kept it or the server said no. */
  async function cancel(order: OrderView): Promise<OrderView | null> {
    const { cancelTitle, cancelBody, cancelYes, cancelNo } = t.value.order
    if (!await confirm({ title: cancelTitle, body: cancelBody, yes: cancelYes, no: cancelNo })) return null
    const outcome = await shop.call('cancelOrder', { orderId: order.id })
    uni.showToast({ title: outcome.ok ? t.value.order.cancelled : failureText(outcome, t.value), icon: 'none' })
    return outcome.ok ? outcome.value : null
  }

  /** The same goods into the cart; the cart then says what has changed since. */
  async function buyAgain(order: OrderView): Promise<void> {
    const hasRoom = order.lines.every(({ productId, choiceIds, quantity }) => cart.add({ productId, choiceIds, quantity }))
    if (!hasRoom) uni.showToast({ title: t.value.goods.cartFull, icon: 'none' })
    await routes.cart()
  }

  return { phase, pay, cancel, buyAgain }
}
