import { onLoad } from '@dcloudio/uni-app'
import { computed, ref, watch } from 'vue'
import { shop } from '@/cloud/call'
import { usePhotos } from '@/composables/usePhotos'
import { useQuestion } from '@/composables/useQuestion'
import { useScreen } from '@/composables/useScreen'
import { useSubmit } from '@/composables/useSubmit'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { formatFen } from '@/locales/money'
import { leftPieces, wishOf } from '@/orders/refundWish'
import { wechat } from '@/platform'
import { routes } from '@/platform/routes'
import type { AfterSaleReason } from '@contracts/afterSale.ts'

/** A finger on a stepper makes several changes; the server is asked once it rests. */
const restMs = 300

/** As many as the server takes. */
export const photosMax = 3

/** What a customer wants back, what it comes to, and the sending of it. */
export function useAfterSale() {
  const { t } = useI18n()
  const orderId = ref('')
  const pieces = ref<number[]>([])
  const reason = ref<AfterSaleReason | null>(null)
  const text = ref('')
  const { question, ask, answer } = useQuestion()
  const { isBusy, submit } = useSubmit('afterSale')

  const { state, value: form, failure, load } = useScreen(() => shop.call('afterSaleForm', { orderId: orderId.value }))
  const order = computed(() => form.value?.order ?? null)
  const left = computed(() => order.value ? leftPieces(order.value) : [])
  const wish = computed(() => order.value ? wishOf(pieces.value, left.value) : null)
  const quote = useScreen(async () => shop.call('afterSaleQuote', { orderId: orderId.value, wish: wish.value ?? { kind: 'Whole' } }))
  /** The server names the folder with each sum. */
  const folder = ref('')
  watch(quote.value, (now) => { if (now) folder.value = now.photosInto })
  const photos = usePhotos(() => folder.value, { most: photosMax })
  /** Null while the sum of the present choice is not known. */
  const amountFen = computed(() => wish.value === null ? null : quote.value.value?.amountFen ?? null)
  const feesFen = computed(() => wish.value === null ? 0 : quote.value.value?.feesFen ?? 0)

  onLoad((query) => {
    orderId.value = query?.orderId ?? ''
    void load()
  })

  watch(left, (now) => { if (pieces.value.length === 0) pieces.value = [...now] })

  let rest: ReturnType<typeof setTimeout> | undefined
  watch(wish, (now) => {
    clearTimeout(rest)
    quote.reset()
    if (now === null) return
    // What everything comes to has come with the form.
    if (now.kind === 'Whole' && form.value !== null && form.value.quote !== null) quote.show(form.value.quote)
    else rest = setTimeout(() => void quote.load(), restMs)
  })

  function change(line: number, by: number): void {
    const next = Math.min(left.value[line] ?? 0, Math.max(0, (pieces.value[line] ?? 0) + by))
    pieces.value = pieces.value.map((count, place) => place === line ? next : count)
  }

  function toggleAll(): void {
    pieces.value = wish.value?.kind === 'Whole' ? pieces.value.map(() => 0) : [...left.value]
  }

  async function sendFor(expectedFen: number): Promise<void> {
    const wanted = wish.value
    const because = reason.value
    if (wanted === null || because === null) return
    const said = { reason: because, text: text.value.trim(), photos: photos.fileIds.value }
    const form = { orderId: orderId.value, wish: wanted, ...said, expectedFen }
    const outcome = await submit(form, requestId => shop.call('requestAfterSale', { requestId, ...form }))
    if (outcome === null) return
    if (outcome.ok) {
      uni.showToast({ title: t.value.afterSale.sent, icon: 'none' })
      await routes.backToOrder(orderId.value)
    } else if (outcome.kind === 'refused' && outcome.code === 'AmountChanged') {
      await askAnew(expectedFen, outcome.detail?.totalFen ?? 0)
    } else {
      uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
      void load()
    }
  }

  /** Money never changes behind somebody's back. */
  async function askAnew(beforeFen: number, nowFen: number): Promise<void> {
    const { amountChangedTitle: title, amountChanged, sendAnyway: yes, notNow: no } = t.value.afterSale
    const body = amountChanged({ before: formatFen(beforeFen), now: formatFen(nowFen) })
    void quote.load()
    if (await ask({ title, body, yes, no })) await sendFor(nowFen)
  }

  /** While WeChat's own question is open, a second tap does nothing. */
  let isAsking = false

  async function send(): Promise<void> {
    const expectedFen = amountFen.value
    if (expectedFen === null || wish.value === null || reason.value === null) return
    if (photos.obstacle.value !== '' || isAsking) return
    isAsking = true
    await wechat.askToTell(quote.value.value?.askFor ?? [])
    isAsking = false
    await sendFor(expectedFen)
  }

  return {
    state, failure, load, order, pieces, left, wish, reason, text, amountFen, feesFen, quoteFailure: quote.failure, isBusy, photos,
    change, toggleAll, send, question, answer,
  }
}
