import { ref } from 'vue'
import { shop } from '@/cloud/call'
import { toCartLine } from '@/goods/lines'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { routes } from '@/platform/routes'
import { useCart } from '@/stores/cart'
import { useUnpaid } from '@/stores/unpaid'
import { usePayment } from './usePayment'
import { useQuestion } from './useQuestion'
import type { Setback } from './usePayment'
import type { OrderView } from '@contracts/order.ts'

/** What a customer can do with an order, on its page and in the list alike. */
export function useOrderActions(stay: (orderId: string, setback: Setback) => void | Promise<void>) {
  const { t, localized, listed } = useI18n()
  const cart = useCart()
  const unpaid = useUnpaid()
  const { phase, pay } = usePayment(stay)
  const { question, ask, answer } = useQuestion()
  /** The order at the cashier, if there is one. */
  const payingId = ref('')
  let isAskingAgain = false

  async function payFor(order: OrderView): Promise<void> {
    if (phase.value) return
    payingId.value = order.id
    await pay(order.id)
    payingId.value = ''
  }

  /** The order as it stands after cancelling; null when the person kept it or the server said no. */
  async function cancel(order: OrderView): Promise<OrderView | null> {
    const { cancelTitle, cancelBody, cancelYes, cancelNo } = t.value.order
    if (!await ask({ title: cancelTitle, body: cancelBody, yes: cancelYes, no: cancelNo })) return null
    const outcome = await shop.call('cancelOrder', { orderId: order.id })
    if (!outcome.ok) {
      uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
      return null
    }
    unpaid.hear(outcome.value)
    // An order that WeChat is still asked about is not cancelled yet; its own sentence says so.
    if (outcome.value.state === 'Closed') uni.showToast({ title: t.value.order.cancelled, icon: 'none' })
    return outcome.value
  }

  /**
   * What of the order can still be bought goes into the cart, as much of it as is left; what cannot is said by name. Where the
   * server does not answer, all of it goes, and the cart tells later.
   */
  async function buyAgain(order: OrderView): Promise<void> {
    // A second tap while the shop is asked would put everything in once more.
    if (isAskingAgain) return
    isAskingAgain = true
    await fillCart(order).finally(() => { isAskingAgain = false })
  }

  async function fillCart(order: OrderView): Promise<void> {
    const wishes = order.lines.map(toCartLine)
    const outcome = await shop.call('quote', { lines: wishes })
    const quoted = outcome.ok ? outcome.value.lines : []
    const left = (index: number): number => {
      const { problem, left: pieces = 0 } = quoted[index] ?? {}
      if (problem === undefined) return wishes[index]!.quantity
      return problem === 'NotEnough' || problem === 'OverLimit' ? pieces : 0
    }
    const there = wishes.flatMap((wish, index) => left(index) > 0 ? [{ ...wish, quantity: left(index) }] : [])
    const lacking = order.lines.filter((_, index) => left(index) === 0).map(line => localized(line.name))
    if (there.length === 0) return void uni.showToast({ title: t.value.again.nothing, icon: 'none' })
    const hasRoom = there.every(line => cart.add(line))
    await routes.cart()
    if (!hasRoom) uni.showToast({ title: t.value.goods.cartFull, icon: 'none' })
    else if (lacking.length > 0) uni.showToast({ title: t.value.again.some({ names: listed(lacking) }), icon: 'none', duration: 3000 })
  }

  return { payingId, payFor, cancel, buyAgain, question, ask, answer }
}
