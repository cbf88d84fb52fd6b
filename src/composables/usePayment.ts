import { ref } from 'vue'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { payOrder } from '@/orders/payOrder'
import { wechat } from '@/platform'
import { routes } from '@/platform/routes'
import { useOrders } from '@/stores/orders'
import type { PaymentEnd, PaymentPhase } from '@/orders/payOrder'

/** Takes an order to the cashier and the person to the screen where it ended. */
export function usePayment() {
  const { t } = useI18n()
  const orders = useOrders()
  const phase = ref<PaymentPhase | null>(null)

  async function lead(orderId: string, end: PaymentEnd): Promise<void> {
    switch (end.kind) {
      case 'Paid':
        wechat.tap()
        orders.hand(end.order)
        return routes.toResult(orderId)
      case 'Processing':
        return routes.toResult(orderId)
      case 'NotPaid':
        return routes.toOrder(orderId, end.because)
      case 'NotOpened':
        await routes.toOrder(orderId)
        uni.showToast({ title: failureText(end.failure, t.value), icon: 'none' })
    }
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
