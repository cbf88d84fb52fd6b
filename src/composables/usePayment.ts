import { ref } from 'vue'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { payOrder } from '@/orders/payOrder'
import { wechat } from '@/platform'
import { routes } from '@/platform/routes'
import { useOrders } from '@/stores/orders'
import { useUnpaid } from '@/stores/unpaid'
import type { PaymentEnd, PaymentPhase } from '@/orders/payOrder'

/** An end that leaves the order unpaid. */
export type Setback = Extract<PaymentEnd, { kind: 'NotPaid' | 'NotOpened' }>

/**
 * Takes an order to the cashier and, once paid, the person to the result. After a setback the order's own page opens;
 * a page that shows the order already says in `stay` what to do instead.
 */
export function usePayment(stay?: (orderId: string, setback: Setback) => void | Promise<void>) {
  const { t } = useI18n()
  const orders = useOrders()
  const unpaid = useUnpaid()
  const phase = ref<PaymentPhase | null>(null)

  async function leadToOrder(orderId: string, setback: Setback): Promise<void> {
    await routes.toOrder(orderId, setback.kind === 'NotPaid' ? setback.because : undefined)
    if (setback.kind === 'NotOpened') uni.showToast({ title: failureText(setback.failure, t.value), icon: 'none' })
  }

  async function lead(orderId: string, end: PaymentEnd): Promise<void> {
    if (end.kind === 'NotPaid' || end.kind === 'NotOpened') return (stay ?? leadToOrder)(orderId, end)
    if (end.kind === 'Paid') {
      unpaid.hear(end.order)
      wechat.tap()
      orders.hand(end.order)
    }
    await routes.toResult(orderId)
  }

  /** A second tap while the cashier is open does nothing. */
  async function pay(orderId: string): Promise<void> {
    if (phase.value) return
    const end = await payOrder(orderId, (entered) => { phase.value = entered })
    phase.value = null
    await lead(orderId, end)
  }

  return { phase, pay }
}
