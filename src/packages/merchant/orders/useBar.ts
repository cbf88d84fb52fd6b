import { computed, ref, shallowRef, watch } from 'vue'
import { merchant } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { wechat } from '@/platform'
import { storage } from '@/platform/storage'
import { arrivals, countsAfter, stillHere } from './bar'
import type { BarCounts, BarTab, Mark, Move } from './bar'
import type { Failure } from '@/cloud/call'
import type { KitchenView } from '@contracts/kitchen.ts'
import type { AttentionCounts } from '@contracts/attention.ts'
import type { BarOrder, BarOrders, Workplace } from '@contracts/merchant.ts'
import type { Outcome } from '@contracts/outcome.ts'

/** Nobody has to run for what stands beside the orders: it is heard with them when the bar is opened, and each minute. */
const besideEveryMs = 60_000

/**
 * The orders at the bar, and what stands beside them: `heard` is told how the kitchen is doing. A tap moves an order at once; if
 * the server says no, it comes back.
 */
export function useBar(heard: (kitchen: KitchenView) => void) {
  const { t } = useI18n()
  const tab = ref<BarTab>('ToMake')
  const heardCounts = shallowRef<BarCounts>({ toMake: 0, toCollect: 0 })
  /** The time of the last answer: waiting times move with it, not every second. */
  const nowMs = ref(Date.now())
  const newIds = shallowRef<string[]>([])
  /** Every tap that was not refused, and those among them that the server has not answered yet. */
  const moves = shallowRef<Move[]>([])
  const pending = shallowRef<Move[]>([])
  const seen = new Map<BarTab, Set<string>>()

  const attention = shallowRef<AttentionCounts>({ afterSales: 0, refunds: 0, incidents: 0, deadLetters: 0, mayDecide: false })
  const workplace = shallowRef<Workplace | null>(null)
  const attentionTotal = computed(() =>
    attention.value.afterSales + attention.value.refunds + attention.value.incidents + attention.value.deadLetters)
  let besideAtMs = 0

  async function ask(): Promise<Outcome<BarOrders>> {
    if (Date.now() - besideAtMs < besideEveryMs) return merchant.call('orders', { tab: tab.value })
    const outcome = await merchant.call('bar', { tab: tab.value })
    if (!outcome.ok) return outcome
    besideAtMs = Date.now()
    attention.value = outcome.value.attention
    workplace.value = outcome.value.workplace
    heard(outcome.value.kitchen)
    return outcome
  }

  const { state, value: answer, failure, load, poll, reset } = useScreen(ask)

  /** The whole screen, anew. Another page may have led to another store. */
  function open(): void {
    const chosen = storage.read('workStoreId')
    if (chosen !== null && workplace.value !== null && chosen !== workplace.value.storeId) leave()
    besideAtMs = 0
    void load()
  }

  /** What was seen in one store is not new in another. */
  function leave(): void {
    seen.clear()
    newIds.value = []
    moves.value = []
    pending.value = []
    reset()
  }

  const orders = computed(() => stillHere(tab.value, answer.value?.orders ?? [], moves.value))
  const counts = computed(() => pending.value.reduce((known, move) => countsAfter(known, move.mark), heardCounts.value))
  const hasMore = computed(() => answer.value !== null && answer.value.nextCursor !== null)
  const isNotStaff = computed(() => failure.value?.code === 'NotAllowed')
  /** What is shown is the last that was heard. */
  const isCutOff = computed(() => state.value === 'filled' && failure.value !== null && !isNotStaff.value)

  watch(answer, (now) => {
    if (now === null) return
    // What comes in while another tab is open is felt too; the first answer is no news.
    const isNews = seen.size > 0 && tab.value !== 'ToMake' && now.counts.toMake > heardCounts.value.toMake
    heardCounts.value = now.counts
    nowMs.value = Date.now()
    newIds.value = arrivals(seen.get(tab.value), now.orders)
    if (isNews || newIds.value.length > 0) wechat.tap()
    seen.set(tab.value, new Set([...seen.get(tab.value) ?? [], ...now.orders.map(order => order.id)]))
  })

  function choose(next: BarTab): void {
    if (next === tab.value) return
    tab.value = next
    newIds.value = []
    reset()
    void load()
  }

  /** Goes to another store of theirs, and stays there. */
  function workIn(storeId: string): void {
    if (storeId === workplace.value?.storeId) return
    storage.write('workStoreId', storeId)
    open()
  }

  function takeBack(move: Move, failed: Failure): void {
    moves.value = moves.value.filter(one => one !== move)
    uni.showToast({ title: failureText(failed, t.value), icon: 'none' })
  }

  async function mark(order: BarOrder, done: Mark): Promise<void> {
    const move: Move = { orderId: order.id, mark: done }
    moves.value = [...moves.value, move]
    pending.value = [...pending.value, move]
    wechat.tap()
    const outcome = await merchant.call(done, { orderId: order.id })
    pending.value = pending.value.filter(one => one !== move)
    if (outcome.ok) heardCounts.value = countsAfter(heardCounts.value, done)
    else takeBack(move, outcome)
    await poll()
  }

  return {
    tab, orders, counts, workplace, attention, attentionTotal, nowMs, newIds, hasMore, isNotStaff, isCutOff, state, failure,
    open, load, poll, choose, workIn, mark,
  }
}
