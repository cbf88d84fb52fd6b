import { onLoad } from '@dcloudio/uni-app'
import { computed, ref, shallowRef } from 'vue'
import { shop } from '@/cloud/call'
import { loginAhead } from '@/cloud/login'
import { usePayment } from '@/composables/usePayment'
import { useQuestion } from '@/composables/useQuestion'
import { useQuote } from '@/composables/useQuote'
import { useSubmit } from '@/composables/useSubmit'
import { toCartLine } from '@/goods/lines'
import { useI18n } from '@/locales'
import { obstacleText } from '@/locales/obstacle'
import { routes } from '@/platform/routes'
import { useDraft } from '@/stores/draft'
import { useUnpaid } from '@/stores/unpaid'
import { useVisit } from '@/stores/visit'
import { useBasket } from './useBasket'
import { useSetbacks } from './useSetbacks'
import { useTill } from './useTill'
import type { Sent } from './useSetbacks'

/** From what is in the cart to a paid order: choose how it goes, place it once, take it to the cashier. */
export function useCheckout() {
  const { t, localized } = useI18n()
  const basket = useBasket()
  const visit = useVisit()
  const drafts = useDraft()
  const unpaid = useUnpaid()
  const till = useTill()
  /** The coupon that was picked; null is to do without, and until something is picked the best one is taken. */
  const picked = ref<string | null | 'Best'>('Best')
  let entered = Promise.resolve()
  onLoad((query) => {
    const asked = query?.group
    basket.open(asked === 'Bar' || asked === 'Mall' ? asked : drafts.draft.group, query?.alone === '1')
    entered = loginAhead()
  })

  const { state, failure, load, quote, available, unavailable } = useQuote({
    wish: () => ({
      ...till.wish.value,
      ...picked.value === 'Best' ? { bestCoupon: true } : {},
      ...picked.value === 'Best' || picked.value === null ? {} : { couponId: picked.value },
    }),
    ready: () => entered,
    price: till.price,
    lines: basket.lines,
  })
  const { question, ask, answer } = useQuestion()
  const { isBusy, submit } = useSubmit('checkout')
  const { phase, pay: payPlaced } = usePayment()

  /** Once placed, the lines leave the cart but stay on this screen until the cashier closes. */
  const placed = shallowRef<Sent | null>(null)
  const placedId = ref('')
  /** Lines of the cart that cannot be bought now, and those that are ordered apart. */
  const leftOut = computed(() => placed.value ? 0 : unavailable.value.filter(row => row.problem !== 'OtherWay').length)
  const apart = computed(() => placed.value ? 0 : unavailable.value.length - leftOut.value)
  const trouble = ref('')
  const standing = computed(() => placed.value ? null : quote.value?.obstacle ?? null)
  const obstacle = computed(() => trouble.value || (standing.value ? obstacleText(standing.value, t.value, localized) : ''))
  /** The sheet that helps with what stands in the way. */
  const isChoosingSlot = ref(false)

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
    fulfilment: till.fulfilment.value,
    remark: visit.remark.trim(),
    expectedTotalFen: quote.value?.totalFen ?? 0,
    ...drafts.draft.utensils === null ? {} : { utensils: drafts.draft.utensils },
    ...drafts.draft.invoice ? { invoice: drafts.draft.invoice } : {},
    ...quote.value?.couponId ? { couponId: quote.value.couponId } : {},
    ...visit.linkId === undefined ? {} : { arrivedBy: visit.linkId },
  })

  async function pay(): Promise<void> {
    if (isUnderWay.value) return
    trouble.value = ''
    // Whoever comes back to this screen after the order was made pays for that one.
    if (placedId.value) return payPlaced(placedId.value)
    if (standing.value) return help()
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
    basket.remove(sent.rows.map(row => row.index))
    visit.remark = ''
    drafts.close()
    unpaid.keep(outcome.value)
    await payPlaced(outcome.value.id)
  }

  /** Leads to the one thing that helps. */
  async function help(): Promise<void> {
    switch (standing.value?.kind) {
      case 'AddressNeeded': case 'NotDeliverable': case 'OutOfRange': return void routes.addresses(true)
      case 'PlaceNeeded': return void routes.editAddress(till.address.value?.id)
      case 'SlotGone': case 'SlotFull': case 'StoreClosed': case 'StorePaused':
        if (till.screen.value?.slots.length) isChoosingSlot.value = true
        return
      case 'BelowMinimum': return void routes.menu()
      default: return
    }
  }

  const { explain } = useSetbacks({ basket, ask, load, pay, quote, say: (text) => { trouble.value = text } })

  return {
    ...till, state, failure, load, leftOut, apart, rows, bill, pick, placedId, isUnderWay, payText, standing, obstacle, isChoosingSlot,
    help, pay,
    question, answer,
  }
}
