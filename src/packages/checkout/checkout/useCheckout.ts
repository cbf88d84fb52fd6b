import { onLoad } from '@dcloudio/uni-app'
import { computed, ref, shallowRef } from 'vue'
import { shop } from '@/cloud/call'
import { loginAhead } from '@/cloud/login'
import { usePayment } from '@/composables/usePayment'
import { useQuestion } from '@/composables/useQuestion'
import { useQuote } from '@/composables/useQuote'
import { useSubmit } from '@/composables/useSubmit'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { formatFen } from '@/locales/money'
import { routes } from '@/platform/routes'
import { useCart } from '@/stores/cart'
import { useOrders } from '@/stores/orders'
import { useVisit } from '@/stores/visit'
import type { Failure } from '@/cloud/call'
import type { QuotedRow } from '@/composables/useQuote'

/** From what is in the cart to a paid order: place it once, take it to the cashier, and say what stands in the way. */
export function useCheckout() {
  const { t, localized } = useI18n()
  const cart = useCart()
  const visit = useVisit()
  const orders = useOrders()
  const { state, failure, load, available, unavailable, totalFen } = useQuote()
  const { question, ask, answer } = useQuestion()
  const { isBusy, submit } = useSubmit('checkout')
  const { phase, pay: payPlaced } = usePayment()

  let entered = Promise.resolve()
  onLoad(() => { entered = loginAhead() })

  /** Once placed, the lines leave the cart but stay on this screen until the cashier closes. */
  const placed = shallowRef<QuotedRow[] | null>(null)
  const placedId = ref('')
  /** Lines of the cart that are left out because they cannot be bought now. */
  const leftOut = computed(() => placed.value ? 0 : unavailable.value.length)
  const obstacle = ref('')

  const rows = computed(() => placed.value ?? available.value)
  const sumFen = computed(() => rows.value.reduce((sum, row) => sum + row.totalFen, 0))
  const isUnderWay = computed(() => isBusy.value || phase.value !== null)
  const payText = computed(() => {
    if (isBusy.value) return t.value.checkout.placing
    if (phase.value === 'confirming') return t.value.checkout.confirming
    return phase.value === null ? t.value.checkout.pay : t.value.checkout.paying
  })

  const wish = () => ({
    lines: available.value.map(({ productId, choiceIds, quantity }) => ({ productId, choiceIds, quantity })),
    fulfilment: visit.fulfilment,
    remark: visit.remark.trim(),
    expectedTotalFen: totalFen.value,
    ...visit.linkId === undefined ? {} : { arrivedBy: visit.linkId },
  })

  async function pay(): Promise<void> {
    if (isUnderWay.value) return
    obstacle.value = ''
    // Whoever comes back to this screen after the order was made pays for that one.
    if (placedId.value) return payPlaced(placedId.value)
    const wanted = wish()
    const sent = available.value
    const outcome = await submit(wanted, async (requestId) => {
      await entered
      return shop.call('placeOrder', { ...wanted, requestId })
    })
    if (!outcome) return
    if (!outcome.ok) return explain(outcome, sent)
    // A wish whose answer was lost may have been answered long ago: its order is shown, and the cart stays as it is.
    if (outcome.value.state !== 'Unpaid') return routes.toOrder(outcome.value.id)
    placed.value = sent
    placedId.value = outcome.value.id
    cart.removeAll(sent.map(row => row.index))
    visit.remark = ''
    await payPlaced(outcome.value.id)
  }

  async function askNewPrice(nowFen: number): Promise<void> {
    const { priceChangedTitle, priceChanged, useNewPrice, backToCart } = t.value.checkout
    const body = priceChanged({ before: formatFen(totalFen.value), now: formatFen(nowFen) })
    const agreed = await ask({ title: priceChangedTitle, body, yes: useNewPrice, no: backToCart })
    if (!agreed) return routes.backToCart()
    await load()
    await pay()
  }

  async function askToRemove(gone: QuotedRow[]): Promise<void> {
    const { unavailableTitle, removeAndGoOn, backToCart } = t.value.checkout
    const body = gone.map(row => localized(row.name)).join('、')
    const agreed = await ask({ title: unavailableTitle, body, yes: removeAndGoOn, no: backToCart })
    if (!agreed) return routes.backToCart()
    cart.removeAll(gone.map(row => row.index))
    await load()
  }

  /** The orders that have to be paid or cancelled first, with the reason for coming here. */
  async function showUnpaid(reason: string): Promise<void> {
    orders.tab = 'Unpaid'
    await routes.orders()
    uni.showToast({ title: reason, icon: 'none', duration: 3000 })
  }

  /** Says precisely what is in the way and offers the one thing that helps. */
  async function explain(failed: Failure, sent: QuotedRow[]): Promise<void> {
    const code = failed.code
    const detail = failed.kind === 'refused' ? failed.detail : undefined
    if (code === 'PriceChanged') return askNewPrice(detail?.totalFen ?? 0)
    if (code === 'LinesUnavailable') {
      return askToRemove((detail?.problems ?? []).flatMap(problem => sent[problem.line] ?? []))
    }
    obstacle.value = failureText(failed, t.value)
    if (code === 'TableUnknown') visit.leaveTable()
    if (code === 'TooManyUnpaid') await showUnpaid(obstacle.value)
  }

  return { state, failure, load, leftOut, rows, sumFen, isUnderWay, payText, obstacle, pay, question, answer }
}
