import { computed, ref, watch } from 'vue'
import { merchant } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { wishOf } from '@/orders/refundWish'
import type { AfterSaleForStaff } from '@contracts/merchant.ts'
import type { RefundWish } from '@contracts/afterSale.ts'
import type { Approval } from './useAttention'

/** A finger on a stepper makes several changes; the server is asked once it rests. */
const restMs = 300

/** How much of a request goes back, what it comes to, and which goods are on the counter again. */
export function useApproval(request: () => AfterSaleForStaff | null) {
  const pieces = ref<number[]>([])
  const returned = ref<number[]>([])

  const asked = computed(() => request()?.lines.map(line => line.quantity) ?? [])
  const wish = computed<RefundWish | null>(() => {
    const now = request()
    if (now === null) return null
    const chosen = wishOf(pieces.value, asked.value)
    // Everything that a customer asked for is everything of the order only if that was asked for.
    if (chosen?.kind === 'Whole' && now.kind === 'Whole') return chosen
    const lines = now.lines.flatMap(({ line }, place) => (pieces.value[place] ?? 0) > 0 ? [{ line, quantity: pieces.value[place]! }] : [])
    return lines.length > 0 ? { kind: 'Lines', lines } : null
  })

  const quote = useScreen(async () =>
    merchant.call('refundQuote', { orderId: request()?.orderId ?? '', wish: wish.value ?? { kind: 'Whole' } }))
  const amountFen = computed(() => wish.value === null ? null : quote.value.value?.amountFen ?? null)

  watch(request, (now) => {
    if (now === null) return
    pieces.value = now.lines.map(line => line.quantity)
    returned.value = []
  }, { immediate: true })

  let rest: ReturnType<typeof setTimeout> | undefined
  watch(wish, (now) => {
    clearTimeout(rest)
    quote.reset()
    if (now !== null) rest = setTimeout(() => void quote.load(), restMs)
  }, { immediate: true })

  function change(place: number, by: number): void {
    const next = Math.min(asked.value[place] ?? 0, Math.max(0, (pieces.value[place] ?? 0) + by))
    pieces.value = pieces.value.map((count, one) => one === place ? next : count)
    if (next === 0) returned.value = returned.value.filter(one => one !== place)
  }

  function toggleReturned(place: number): void {
    returned.value = returned.value.includes(place) ? returned.value.filter(one => one !== place) : [...returned.value, place]
  }

  /** What the owner says yes to; null while the amount is not known. */
  const approval = computed<Approval | null>(() => {
    const now = request()
    if (now === null || wish.value === null || amountFen.value === null) return null
    const goodsReturned = returned.value.map(place => now.lines[place]!.line)
    return { wish: wish.value, goodsReturned, expectedFen: amountFen.value }
  })

  return { pieces, returned, asked, amountFen, failure: quote.failure, approval, change, toggleReturned }
}
