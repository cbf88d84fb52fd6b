import { computed, ref, shallowRef, watch } from 'vue'
import { merchant } from '@/cloud/call'
import { makeRequestId } from '@/composables/requestId'
import { useScreen } from '@/composables/useScreen'
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

  /** Does something at a table, says why not, and shows what came of it. */
  async function act(send: () => Promise<Outcome<unknown>>): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    const outcome = await send()
    isBusy.value = false
    if (outcome.ok) wechat.tap()
    else uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
    await look()
    return outcome.ok
  }

  const moveTicket = (ticket: KitchenTicket, to: TicketTab) => act(() => merchant.call('moveTicket', { ticketId: ticket.id, to }))

  const returnOne = (roundId: string, line: number, { note, isSellable }: { note: string, isSellable: boolean }) => {
    const sittingId = sitting.value?.id ?? ''
    const requestId = makeRequestId()
    return act(() => merchant.call('returnDish', { requestId, sittingId, roundId, line, quantity: 1, isSellable, note }))
  }

  async function resolve(sittingId: string, note: string): Promise<void> {
    await act(() => merchant.call('resolveLeft', { sittingId, note }))
    await left.load()
  }

  return {
    tab, nowMs, opened, sitting, isBusy, state, value, failure, load, look, isNotStaff, calls, tickets, ticketState, left,
    open, show, showTickets, act, moveTicket, returnOne, resolve,
  }
}
