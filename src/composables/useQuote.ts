import { onHide, onShow } from '@dcloudio/uni-app'
import { computed, shallowRef, watch } from 'vue'
import { shop } from '@/cloud/call'
import { chosenAnew, wishKey } from '@/goods/lines'
import { useCart } from '@/stores/cart'
import { useScreen } from './useScreen'
import type { InputOf } from '@contracts/action.ts'
import type { Product } from '@contracts/catalog.ts'
import type { CartLine, Quote, QuotedLine, Way } from '@contracts/order.ts'
import type { Outcome } from '@contracts/outcome.ts'
import type { ShopActions } from '@contracts/shop.ts'

/** A line of the cart with the server's price; `index` is its place in the cart. */
export interface QuotedRow extends QuotedLine {
  index: number
  /** How it can go. */
  ways: Way[]
  /** It was chosen anew, and the server has not said its price yet: the one that stands here is another's. */
  isAwaited?: boolean
}

/** What a price depends on beside the cart. */
export type QuoteWish = Omit<InputOf<ShopActions['quote']>, 'lines'>

/** A finger on a stepper makes several changes; the server is asked once it rests. */
const restMs = 400

const nothing: Outcome<Quote> = {
  ok: true,
  value: {
    lines: [], count: 0, goodsFen: 0, discounts: [], fees: [], totalFen: 0, coupons: [], bestCouponId: null, couponId: null,
    ways: [], obstacle: null,
  },
}

function toRow(line: CartLine, index: number, { line: quoted, ways }: { line: QuotedLine, ways: Way[] }): QuotedRow {
  const { problem, ...rest } = quoted
  const isEnough = (problem === 'NotEnough' || problem === 'OverLimit') && line.quantity <= (quoted.left ?? 0)
  const row = { ...rest, ways, index, quantity: line.quantity, totalFen: quoted.unitFen * line.quantity }
  return problem === undefined || isEnough ? row : { ...row, problem }
}

interface Quoting {
  /** What the price depends on beside the goods. */
  wish?: () => QuoteWish
  /** Waited for before anything is asked: who the customer is may change the price. */
  ready?: () => Promise<void>
  /** The call that answers the price. */
  price?: (input: InputOf<ShopActions['quote']>) => Promise<Outcome<Quote>>
  /** What is priced: the cart, unless told otherwise. */
  lines?: () => CartLine[]
}

/** A cart as the server prices it. Quantities follow the finger at once, the server's word follows after. */
export function useQuote({
  wish = () => ({}), ready = () => Promise.resolve(), price = input => shop.call('quote', input), lines = () => useCart().lines,
}: Quoting = {}) {
  const wishText = () => JSON.stringify(wish())
  /** What was asked about last. */
  let asked = { wish: '', lines: lines() }

  async function ask(): Promise<Outcome<Quote>> {
    asked = { wish: wishText(), lines: lines() }
    if (lines().length === 0) return nothing
    await ready()
    return price({ lines: lines(), ...wish() })
  }

  const { state, value, failure, load } = useScreen<Quote>(ask)

  /** Lines that were chosen anew, as they will read: they stay in sight until the server has priced them. */
  const foreseen = shallowRef<ReadonlyMap<string, { line: QuotedLine, ways: Way[] }>>(new Map())
  /** To be told before the cart changes. */
  function foresee(row: QuotedRow, line: CartLine, product: Product): void {
    foreseen.value = new Map(foreseen.value).set(wishKey(line), { line: chosenAnew(row, line, product), ways: row.ways })
  }

  const rows = computed((): QuotedRow[] => {
    const quoted = new Map(value.value?.lines.map((line, place) => [wishKey(line), { line, ways: value.value?.ways[place] ?? [] }]))
    return lines().flatMap((line, index) => {
      const key = wishKey(line)
      const known = quoted.get(key)
      if (known) return [toRow(line, index, known)]
      const expected = foreseen.value.get(key)
      return expected ? [{ ...toRow(line, index, expected), isAwaited: true }] : []
    })
  })
  const available = computed(() => rows.value.filter(row => row.problem === undefined))
  const unavailable = computed(() => rows.value.filter(row => row.problem !== undefined))
  /** The goods alone, as far as they can be bought. */
  const goodsFen = computed(() => available.value.reduce((sum, row) => sum + row.totalFen, 0))
  /** Some price is still to come, so no sum can be told. */
  const isAwaited = computed(() => available.value.some(row => row.isAwaited))
  const count = computed(() => available.value.reduce((sum, row) => sum + row.quantity, 0))

  let isShown = false
  let rest: ReturnType<typeof setTimeout> | undefined
  onShow(() => {
    isShown = true
    void load()
  })
  onHide(() => {
    isShown = false
    clearTimeout(rest)
  })
  // A page is opened and shown at once: what is asked about then must not be asked about again because it was just chosen.
  watch(lines, (now) => {
    clearTimeout(rest)
    if (isShown && now !== asked.lines) rest = setTimeout(() => void load(), restMs)
  })
  watch(wishText, (now) => {
    if (isShown && now !== asked.wish) void load()
  })

  return { state, failure, load, quote: value, rows, available, unavailable, goodsFen, isAwaited, count, foresee }
}
