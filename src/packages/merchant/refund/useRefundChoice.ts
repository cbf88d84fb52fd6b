import { computed, ref, watch } from 'vue'
import { merchant } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { wishOf } from '@/orders/refundWish'
import type { RefundWish } from '@contracts/afterSale.ts'
import type { InputOf } from '@contracts/action.ts'
import type { MerchantActions } from '@contracts/merchant.ts'

/** A finger on a stepper makes several changes; the server is asked once it rests. */
const restMs = 300

/** Of which order, and of which lines at most so many pieces. */
export interface RefundSubject {
  orderId: string
  lines: { line: number, quantity: number }[]
  /** These lines are all that is left of the order, and all of them together take its fees along. */
  isWhole: boolean
  /** How many pieces are chosen when the question is put: all, as a customer asked for them, or none yet. */
  starts: 'Full' | 'Empty'
}

/** What the owner says yes to. `expectedFen` is the amount that was seen. */
export type RefundChoice = Pick<InputOf<MerchantActions['refundOrder']>, 'wish' | 'goodsReturned' | 'expectedFen'>

/** How much goes back, what it comes to by the server's word, and which goods are on the counter again. */
export function useRefundChoice(subject: () => RefundSubject | null) {
  const pieces = ref<number[]>([])
  const returned = ref<number[]>([])

  const most = computed(() => subject()?.lines.map(line => line.quantity) ?? [])
  const wish = computed<RefundWish | null>(() => {
    const now = subject()
    if (now === null) return null
    const chosen = wishOf(pieces.value, most.value)
    // Everything that a customer asked for is everything of the order only if that was asked for.
    if (chosen?.kind === 'Whole' && now.isWhole) return chosen
    const lines = now.lines.flatMap(({ line }, place) => (pieces.value[place] ?? 0) > 0 ? [{ line, quantity: pieces.value[place]! }] : [])
    return lines.length > 0 ? { kind: 'Lines', lines } : null
  })

  const quote = useScreen(async () =>
    merchant.call('refundQuote', { orderId: subject()?.orderId ?? '', wish: wish.value ?? { kind: 'Whole' } }))
  const answer = computed(() => wish.value === null ? null : quote.value.value)
  const amountFen = computed(() => answer.value?.amountFen ?? null)
  const feesFen = computed(() => answer.value?.feesFen ?? 0)
  const count = computed(() => pieces.value.reduce((sum, one) => sum + one, 0))

  watch(subject, (now) => {
    if (now === null) return
    pieces.value = now.lines.map(line => now.starts === 'Full' ? line.quantity : 0)
    returned.value = []
  }, { immediate: true })

  let rest: ReturnType<typeof setTimeout> | undefined
  watch(wish, (now) => {
    clearTimeout(rest)
    quote.reset()
    if (now !== null) rest = setTimeout(() => void quote.load(), restMs)
  }, { immediate: true })

  function change(place: number, by: number): void {
    const next = Math.min(most.value[place] ?? 0, Math.max(0, (pieces.value[place] ?? 0) + by))
    pieces.value = pieces.value.map((one, at) => at === place ? next : one)
    if (next === 0) returned.value = returned.value.filter(one => one !== place)
  }

  function takeAll(): void {
    pieces.value = [...most.value]
  }

  function toggleReturned(place: number): void {
    returned.value = returned.value.includes(place) ? returned.value.filter(one => one !== place) : [...returned.value, place]
  }

  /** Null while the amount is not known. */
  const choice = computed<RefundChoice | null>(() => {
    const now = subject()
    if (now === null || wish.value === null || amountFen.value === null) return null
    const goodsReturned = returned.value.map(place => now.lines[place]!.line)
    return { wish: wish.value, goodsReturned, expectedFen: amountFen.value }
  })

  return { pieces, returned, most, count, amountFen, feesFen, failure: quote.failure, choice, change, takeAll, toggleReturned }
}
