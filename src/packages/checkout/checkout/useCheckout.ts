import { onLoad } from '@dcloudio/uni-app'
import { computed, ref, shallowRef } from 'vue'
import { shop } from '@/cloud/call'
import { loginAhead } from '@/cloud/login'
import { usePayment } from '@/composables/usePayment'
import { useQuestion } from '@/composables/useQuestion'
import { useQuote } from '@/composables/useQuote'
import { useSubmit } from '@/composables/useSubmit'
import { changesText } from '@/goods/bill'
import { toCartLine } from '@/goods/lines'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { formatFen } from '@/locales/money'
import { routes } from '@/platform/routes'
import { useCart } from '@/stores/cart'
import { useOrders } from '@/stores/orders'
import { useVisit } from '@/stores/visit'
import type { Failure } from '@/cloud/call'
import type { QuotedRow } from '@/composables/useQuote'
import type { Quote } from '@contracts/order.ts'

/** What was on the screen when the customer agreed to it. */
interface Sent { rows: QuotedRow[], bill: Quote | null }

/** From what is in the cart to a paid order: place it once, take it to the cashier, and say what stands in the way. */
export function useCheckout() {
  const { t, localized } = useI18n()
  const cart = useCart()
  const visit = useVisit()
  const orders = useOrders()
  /** The coupon that was picked; null is to do without, and until something is picked the best one is taken. */
  const picked = ref<string | null | 'Best'>('Best')
  let entered = Promise.resolve()
  onLoad(() => { entered = loginAhead() })

  const { state, failure, load, quote, available, unavailable } = useQuote(() => ({
    fulfilment: visit.fulfilment,
    ...picked.value === 'Best' ? { bestCoupon: true } : {},
    ...picked.value === 'Best' || picked.value === null ? {} : { couponId: picked.value },
  }), () => entered)
  const { question, ask, answer } = useQuestion()
  const { isBusy, submit } = useSubmit('checkout')
  const { phase, pay: payPlaced } = usePayment()

  /** Once placed, the lines leave the cart but stay on this screen until the cashier closes. */
  const placed = shallowRef<Sent | null>(null)
  const placedId = ref('')
  /** Lines of the cart that are left out because they cannot be bought now. */
  const leftOut = computed(() => placed.value ? 0 : unavailable.value.length)
  const obstacle = ref('')

  const rows = computed(() => placed.value?.rows ?? available.value)
  /** What was quoted, and is charged: nothing on this screen is added up by the phone. */
  const bill = computed(() => placed.value ? placed.value.bill : quote.value)
  const isUnderWay = computed(() => isBusy.value || phase.value !== null)
  const payText = computed(() => {
    if (isBusy.value) return t.value.checkout.placing
    if (phase.value === 'confirming') return t.value.checkout.confirming
    return phase.value === null ? t.value.checkout.pay : t.value.checkout.paying
  })

  /** Null is to do without. */
  function pick(couponId: string | null): void {
    picked.value = couponId
  }

  const wish = () => ({
    lines: available.value.map(toCartLine),
    fulfilment: visit.fulfilment,
    remark: visit.remark.trim(),
    expectedTotalFen: quote.value?.totalFen ?? 0,
    ...quote.value?.couponId ? { couponId: quote.value.couponId } : {},
    ...visit.linkId === undefined ? {} : { arrivedBy: visit.linkId },
  })

  async function pay(): Promise<void> {
    if (isUnderWay.value) return
    obstacle.value = ''
    // Whoever comes back to this screen after the order was made pays for that one.
    if (placedId.value) return payPlaced(placedId.value)
    const wanted = wish()
    const sent = { rows: available.value, bill: quote.value }
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
    cart.removeAll(sent.rows.map(row => row.index))
    visit.remark = ''
    await payPlaced(outcome.value.id)
  }

  /** Says what has changed, and charges the new total only once it was agreed to, and no other one. */
  async function askNewPrice(sent: Sent, now: Quote): Promise<void> {
    const { priceChangedTitle, priceChanged, useNewPrice, backToCart } = t.value.checkout
    const seenFen = sent.bill?.totalFen ?? 0
    const changes = sent.bill ? changesText({ ...sent.bill, lines: sent.rows }, now, t.value, localized) : []
    const body = [...changes, priceChanged({ before: formatFen(seenFen), now: formatFen(now.totalFen) })].join('\n')
    const agreed = await ask({ title: priceChangedTitle, body, yes: useNewPrice, no: backToCart })
    if (!agreed) return routes.backToCart()
    await load()
    if (quote.value?.totalFen === now.totalFen) return pay()
    obstacle.value = t.value.failures.PriceChanged({ total: formatFen(quote.value?.totalFen ?? now.totalFen) })
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
  async function explain(failed: Failure, sent: Sent): Promise<void> {
    const code = failed.code
    const detail = failed.kind === 'refused' ? failed.detail : undefined
    if (detail?.quote) return askNewPrice(sent, detail.quote)
    if (code === 'LinesUnavailable') {
      return askToRemove((detail?.problems ?? []).flatMap(problem => sent.rows[problem.line] ?? []))
    }
    obstacle.value = failureText(failed, t.value)
    if (code === 'TableUnknown') visit.leaveTable()
    if (code === 'TooManyUnpaid') await showUnpaid(obstacle.value)
  }

  return { state, failure, load, leftOut, rows, bill, pick, placedId, isUnderWay, payText, obstacle, pay, question, answer }
}
