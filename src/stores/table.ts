import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { shop } from '@/cloud/call'
import { makeRequestId } from '@/composables/requestId'
import { wishKey } from '@/goods/lines'
import { storage } from '@/platform/storage'
import { useVisit } from './visit'
import type { Failure } from '@/cloud/call'
import type { Stored } from '@/platform/storage'
import type { CartChange, SittingView } from '@contracts/dining.ts'
import type { CartLine } from '@contracts/order.ts'
import type { Outcome } from '@contracts/outcome.ts'

/** As long as a code is remembered. */
const seatKeptMs = 4 * 3_600_000

function keptSeat(): Stored['seat'] | null {
  const kept = storage.read('seat')
  return kept !== null && Date.now() - kept.atMs < seatKeptMs ? kept : null
}

/** These end a sitting for a phone: only a new scan begins another one. */
const over: readonly SittingView['state'][] = ['Cleared', 'LeftUnpaid']

/**
 * The table at which this phone sits, as everybody there sees it. A scanned code is used once, to enter; from then on the
 * phone knows its sitting, and asks for nothing else.
 */
export const useTable = defineStore('table', () => {
  const visit = useVisit()
  const seat = shallowRef(keptSeat())
  const sitting = shallowRef<SittingView | null>(null)
  /** Why the table cannot be entered. */
  const failure = shallowRef<Failure | null>(null)
  const isOver = ref(false)
  let looking: Promise<void> | null = null
  let changes: Promise<unknown> = Promise.resolve()

  /** Orders of this phone go to a table that shares a cart. */
  const isHere = computed(() => seat.value !== null && visit.way === 'DineIn')
  const isShared = computed(() => isHere.value && sitting.value !== null && !isOver.value)
  const mine = computed(() => sitting.value?.cart.lines.filter(line => line.guest === sitting.value?.me) ?? [])
  const count = computed(() => sitting.value?.cart.lines.reduce((sum, line) => sum + line.quantity, 0) ?? 0)
  const totalFen = computed(() => sitting.value?.cart.lines.reduce((sum, line) => sum + line.unitFen * line.quantity, 0) ?? 0)

  function keep(next: Stored['seat'] | null): void {
    seat.value = next
    if (next) storage.write('seat', next)
    else storage.remove('seat')
  }

  /** A table's code was scanned. */
  function sitDown(linkId: string): void {
    sitting.value = null
    failure.value = null
    isOver.value = false
    keep({ linkId, sittingId: null, atMs: Date.now() })
  }

  /** The sitting is over, or the table has none. */
  function leave(): void {
    keep(null)
    sitting.value = null
    failure.value = null
    isOver.value = false
  }

  /** Shows what the server says, unless something newer is shown. */
  function show(view: SittingView): void {
    const shown = sitting.value
    if (shown !== null && shown.id === view.id && shown.version > view.version) return
    sitting.value = view
    failure.value = null
    isOver.value = over.includes(view.state)
    if (seat.value && seat.value.sittingId !== view.id) keep({ ...seat.value, sittingId: view.id })
  }

  async function enter(linkId: string): Promise<void> {
    const outcome = await shop.call('enterTable', { linkId })
    if (outcome.ok) return show(outcome.value)
    if (outcome.kind === 'refused' && outcome.code === 'SittingsOff') return leave()
    failure.value = outcome
  }

  async function askForNews(sittingId: string): Promise<void> {
    const shown = sitting.value
    const known = shown?.id === sittingId && shown.version >= 0 ? { version: shown.version } : {}
    const outcome = await shop.call('tableNow', { sittingId, ...known })
    if (outcome.ok && outcome.value) show(outcome.value)
    if (outcome.ok) failure.value = null
    else if (outcome.code === 'NotSeated') isOver.value = true
    else failure.value = outcome
  }

  /** Looks what is new. One look at a time, which all wait for: on a slow network they would only queue up. */
  function look(): Promise<void> {
    const { linkId, sittingId } = seat.value ?? {}
    if (linkId === undefined || isOver.value) return Promise.resolve()
    looking ??= (sittingId ? askForNews(sittingId) : enter(linkId)).finally(() => { looking = null })
    return looking
  }

  /** Sends a wish about this sitting and shows what it came to. */
  async function ask<Value>(
    send: (sittingId: string) => Promise<Outcome<Value>>, viewOf: (value: Value) => SittingView,
  ): Promise<Outcome<Value>> {
    const outcome = await send(sitting.value?.id ?? '')
    if (outcome.ok) show(viewOf(outcome.value))
    else if (outcome.kind === 'refused') await look()
    return outcome
  }

  /** Changes of the cart go one after the other, and the finger sees each at once. */
  async function change(optimistic: SittingView['cart']['lines'], wish: () => CartChange | null): Promise<Failure | null> {
    const shown = sitting.value
    if (shown) sitting.value = { ...shown, cart: { ...shown.cart, lines: optimistic } }
    const turn = changes.then(async () => {
      const wanted = wish()
      if (!wanted) return null
      const requestId = makeRequestId()
      const outcome = await ask(sittingId => shop.call('changeTableCart', { sittingId, requestId, change: wanted }), view => view)
      if (outcome.ok) return null
      // What was shown ahead is taken back: the next look brings the cart as it is.
      if (sitting.value) sitting.value = { ...sitting.value, version: -1 }
      await look()
      return outcome
    })
    changes = turn
    return turn
  }

  function add(line: CartLine): Promise<Failure | null> {
    const lines = sitting.value?.cart.lines ?? []
    const guest = sitting.value?.me ?? 0
    const known = lines.find(one => one.guest === guest && wishKey(one) === wishKey(line))
    const ahead = known
      ? lines.map(one => one === known ? { ...one, quantity: one.quantity + line.quantity } : one)
      : [...lines, { ...line, id: '', guest, name: { zh: '', en: '' }, picture: '', choices: [], unitFen: 0 }]
    return change(ahead, () => ({ kind: 'Add', line }))
  }

  /** Only one's own lines; zero takes it out. The line is found by what it is: its id may not have come yet. */
  function setQuantity(line: CartLine, quantity: number): Promise<Failure | null> {
    const lines = sitting.value?.cart.lines ?? []
    const me = sitting.value?.me
    const isIt = (one: SittingView['cart']['lines'][number]) => one.guest === me && wishKey(one) === wishKey(line)
    const ahead = lines.map(one => isIt(one) ? { ...one, quantity } : one).filter(one => one.quantity > 0)
    const ids = new Map(lines.map(one => [wishKey(one) + one.guest, one.id]))
    return change(ahead, () => {
      const lineId = sitting.value?.cart.lines.find(isIt)?.id || ids.get(wishKey(line) + me)
      return lineId ? { kind: 'SetQuantity', lineId, quantity } : null
    })
  }

  return { seat, sitting, failure, isOver, isHere, isShared, mine, count, totalFen, sitDown, leave, show, look, ask, add, setQuantity }
})
