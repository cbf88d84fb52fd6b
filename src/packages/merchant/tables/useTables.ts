import { computed, ref, shallowRef, watch } from 'vue'
import { merchant } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { useSubmit } from '@/composables/useSubmit'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { wechat } from '@/platform'
import type { SittingView } from '@contracts/dining.ts'
import type { KitchenTicket, TableRow } from '@contracts/tables.ts'
import type { Outcome } from '@contracts/outcome.ts'

export type TablesTab = 'Grid' | 'Kitchen' | 'Left'
type TicketTab = Extract<KitchenTicket['state'], 'New' | 'Doing' | 'Done'>

/** The tables of the store with all that waits for a person; a look every few seconds brings what is new to the eye. */
export function useTables() {
  const { t } = useI18n()
  const tab = ref<TablesTab>('Grid')
  const nowMs = ref(Date.now())
  const opened = shallowRef<TableRow | null>(null)
  const sitting = shallowRef<SittingView | null>(null)
  const isBusy = ref(false)
  const { submit: submitReturn } = useSubmit('returnDish')

  const { state, value, failure, load, poll } = useScreen(() => merchant.call('tables', {}))
  const ticketState = ref<TicketTab>('New')
  const tickets = useScreen(() => merchant.call('kitchenTickets', { state: ticketState.value }))
  const left = useScreen(() => merchant.call('leftUnpaid', {}))

  const isNotStaff = computed(() => failure.value?.code === 'NotAllowed')
  const calls = computed(() => value.value?.tables.flatMap(table => table.calls.map(call => ({ table, call }))) ?? [])

  watch(value, (now, before) => {
    nowMs.value = Date.now()
    if (before && now && (now.calls > before.calls || now.newTickets > before.newTickets)) wechat.tap()
    if (opened.value) opened.value = now?.tables.find(table => table.tableId === opened.value?.tableId) ?? null
  })

  async function readSitting(): Promise<void> {
    const sittingId = opened.value?.sittingId
    if (!sittingId) {
      sitting.value = null
      return
    }
    const outcome = await merchant.call('sitting', { sittingId })
    if (outcome.ok && opened.value?.sittingId === sittingId) sitting.value = outcome.value
  }

  async function look(): Promise<void> {
    await poll()
    if (isNotStaff.value) return
    if (tab.value === 'Kitchen') await tickets.poll()
    if (opened.value) await readSitting()
  }

  async function open(table: TableRow | null): Promise<void> {
    opened.value = table
    sitting.value = null
    if (table) await readSitting()
  }

  function show(next: TablesTab): void {
    tab.value = next
    if (next === 'Kitchen') void tickets.load()
    if (next === 'Left') void left.load()
  }

  function showTickets(next: TicketTab): void {
    ticketState.value = next
    tickets.reset()
    void tickets.load()
  }

  /** Does something at a table, says why not, and shows what came of it. Null while something else is being done. */
  async function act<Value>(send: () => Promise<Outcome<Value> | null>): Promise<Outcome<Value> | null> {
    if (isBusy.value) return null
    isBusy.value = true
    const outcome = await send()
    isBusy.value = false
    if (outcome === null) return null
    if (outcome.ok) wechat.tap()
    else uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
    await look()
    return outcome
  }

  const moveTicket = (ticket: KitchenTicket, to: TicketTab) => act(() => merchant.call('moveTicket', { ticketId: ticket.id, to }))

  /** A second try after a lost answer is the same wish: one dish goes back, not two. */
  const returnOne = (roundId: string, line: number, { note, isSellable }: { note: string, isSellable: boolean }) => {
    const wish = { sittingId: sitting.value?.id ?? '', roundId, line, quantity: 1, isSellable, note }
    return act(() => submitReturn(wish, requestId => merchant.call('returnDish', { requestId, ...wish })))
  }

  async function resolve(sittingId: string, note: string): Promise<Outcome<null> | null> {
    const outcome = await act(() => merchant.call('resolveLeft', { sittingId, note }))
    await left.load()
    return outcome
  }

  return {
    tab, nowMs, opened, sitting, isBusy, state, value, failure, load, look, isNotStaff, calls, tickets, ticketState, left,
    open, show, showTickets, act, moveTicket, returnOne, resolve,
  }
}
