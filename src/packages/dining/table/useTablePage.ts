import { onHide, onShow } from '@dcloudio/uni-app'
import { computed, ref, shallowRef } from 'vue'
import { shop } from '@/cloud/call'
import { loginAhead } from '@/cloud/login'
import { tablePollMs } from '@/composables/useTableAtMenu'
import { useQuestion } from '@/composables/useQuestion'
import { useSubmit } from '@/composables/useSubmit'
import { useTableNews } from '@/composables/useTableNews'
import { useTicker } from '@/composables/useTicker'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { formatFen } from '@/locales/money'
import { obstacleText } from '@/locales/obstacle'
import { payOrder } from '@/orders/payOrder'
import { wechat } from '@/platform'
import { useTable } from '@/stores/table'
import type { Failure } from '@/cloud/call'
import type { CallKind, SharedLine, SittingView, Split } from '@contracts/dining.ts'

/** What the page of a table does; what it shows is the sitting. */
export function useTablePage() {
  const { t, localized, listed } = useI18n()
  const table = useTable()
  const { question, ask, answer } = useQuestion()
  const { isBusy: isSending, submit } = useSubmit('round')
  const remark = ref('')
  /** What is being done about money, and which button said so. */
  const paying = ref('')
  /** A line that was taken out a moment ago, to be put back. */
  const removed = shallowRef<SharedLine | null>(null)
  let undoTimer: ReturnType<typeof setTimeout> | undefined
  let isInFront = false
  let isCalling = false

  const screen = computed(() => {
    if (table.seat === null && !table.isOver) return 'unseated' as const
    if (table.isOver) return 'over' as const
    if (table.sitting) return table.sitting.state === 'Waiting' ? 'waiting' as const : table.sitting.people === null ? 'begin' as const : 'seated' as const
    return table.failure ? 'failed' as const : 'loading' as const
  })

  onShow(() => {
    isInFront = true
    void table.look()
  })
  onHide(() => { isInFront = false })
  useTicker(tablePollMs, () => void table.look())
  useTableNews(() => isInFront)

  function tell(failed: Failure): void {
    uni.showToast({ title: failureText(failed, t.value), icon: 'none' })
  }

  const view = (now: SittingView) => now

  async function begin(people: number): Promise<boolean> {
    const { terms } = table.sitting!
    const outcome = await table.ask(sittingId => shop.call('beginMeal', { sittingId, people, terms }), view)
    if (!outcome.ok) tell(outcome)
    return outcome.ok
  }

  async function setQuantity(line: SharedLine, quantity: number): Promise<void> {
    if (quantity < 1) offerUndo(line)
    const failed = await table.setQuantity(line, quantity)
    if (!failed) return
    // It is in the cart again: there is nothing to put back.
    if (removed.value === line) removed.value = null
    tell(failed)
  }

  function offerUndo(line: SharedLine): void {
    clearTimeout(undoTimer)
    removed.value = line
    undoTimer = setTimeout(() => { removed.value = null }, 5000)
  }

  async function undo(): Promise<void> {
    const line = removed.value
    removed.value = null
    if (!line) return
    const { productId, skuId, choiceIds, quantity } = line
    const failed = await table.add({ productId, ...skuId === undefined ? {} : { skuId }, choiceIds, quantity })
    if (failed) tell(failed)
  }

  /** Sends the cart as it is on the screen; a new price is asked about, never charged by itself. */
  async function send(expectedTotalFen = table.totalFen): Promise<void> {
    const { cart, id, pay } = table.sitting!
    const wish = { sittingId: id, cartVersion: cart.version, expectedTotalFen, remark: remark.value.trim() }
    const outcome = await submit(wish, async (requestId) => {
      // Who pays is known to the shop by then: refused for want of it, the dishes come back as another cart than was seen.
      if (pay === 'First') await loginAhead()
      return table.ask(() => shop.call('sendRound', { ...wish, requestId }), sent => sent.sitting)
    })
    if (!outcome) return
    if (!outcome.ok) return explain(outcome, expectedTotalFen)
    wechat.tap()
    remark.value = ''
    if (outcome.value.orderId) return payFor('round', outcome.value.orderId)
    uni.showToast({ title: t.value.dining.sent, icon: 'none' })
  }

  async function explain(failed: Failure, seenFen: number): Promise<void> {
    const detail = failed.kind === 'refused' ? failed.detail : undefined
    const words = t.value.dining
    if (failed.code === 'PriceChanged' && detail?.totalFen !== undefined) {
      const body = words.priceChangedBody({ before: formatFen(seenFen), now: formatFen(detail.totalFen) })
      const agreed = await ask({ title: words.priceChangedTitle, body, yes: words.useNew, no: words.lookAgain })
      return agreed ? send(detail.totalFen) : undefined
    }
    if (failed.code === 'LinesUnavailable' && detail?.problems) {
      const names = detail.problems.flatMap(({ line }) => table.sitting?.cart.lines[line]?.name ?? []).map(localized)
      await ask({ title: words.goneTitle, body: listed([...new Set(names)]), yes: words.goneYes, no: words.lookAgain })
      return
    }
    if (detail?.obstacle) return void uni.showToast({ title: obstacleText(detail.obstacle, t.value, localized), icon: 'none' })
    tell(failed)
  }

  /** One thing about money at a time, from the first question on: a second tap does nothing. `act` says whether the till was reached. */
  async function atTheTill(what: string, act: () => Promise<boolean>): Promise<void> {
    if (paying.value) return
    paying.value = what
    const wasThere = await act().finally(() => { paying.value = '' })
    if (wasThere) await table.look()
  }

  async function settle(orderId: string): Promise<true> {
    const end = await payOrder(orderId, () => undefined)
    if (end.kind === 'NotOpened') tell(end.failure)
    if (end.kind === 'Paid') wechat.tap()
    return true
  }

  const payFor = (what: string, orderId: string) => atTheTill(what, () => settle(orderId))

  async function makeBill(split: Split): Promise<boolean> {
    const expectedTotalFen = table.sitting!.running.totalFen
    const outcome = await table.ask(sittingId => shop.call('makeBill', { sittingId, split, expectedTotalFen }), view)
    if (!outcome.ok) tell(outcome)
    return outcome.ok
  }

  async function takeOn(part: number): Promise<boolean> {
    const bill = table.sitting?.bill
    if (!bill) return false
    const expectedFen = bill.parts[part]!.amountFen
    const outcome = await table.ask(sittingId => shop.call('payPart', { sittingId, bill: bill.number, part, expectedFen }), taken => taken.sitting)
    if (outcome.ok) return settle(outcome.value.orderId)
    tell(outcome)
    return false
  }

  const payPart = (part: number) => atTheTill(`part-${part}`, () => takeOn(part))

  const payWhole = () => atTheTill('part-0', async () => await makeBill({ kind: 'Whole' }) && takeOn(0))

  async function cancelBill(): Promise<void> {
    const { backTitle, backBody, backYes, backNo } = t.value.dining
    if (!await ask({ title: backTitle, body: backBody, yes: backYes, no: backNo })) return
    const outcome = await table.ask(sittingId => shop.call('cancelBill', { sittingId }), view)
    if (!outcome.ok) tell(outcome)
  }

  async function call(kind: CallKind, roundId?: string): Promise<void> {
    if (isCalling) return
    isCalling = true
    const which = roundId === undefined ? {} : { roundId }
    const outcome = await table.ask(sittingId => shop.call('callWaiter', { sittingId, kind, ...which }), view)
    isCalling = false
    if (!outcome.ok) return tell(outcome)
    wechat.tap()
    uni.showToast({ title: kind === 'Urge' ? t.value.dining.urged : t.value.dining.called, icon: 'none' })
  }

  return {
    table, screen, question, answer, isSending, remark, paying, removed,
    begin, setQuantity, undo, send, payFor, makeBill, payPart, payWhole, cancelBill, call,
  }
}
