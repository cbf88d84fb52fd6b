import { computed, ref, shallowRef } from 'vue'
import { merchant } from '@/cloud/call'
import { useSubmit } from '@/composables/useSubmit'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { changeOf, problemsOf } from './shelf'
import type { Draft } from './shelf'
import type { Failure } from '@/cloud/call'
import type { ScreenState } from '@/composables/useScreen'
import type { StockMoveView, StockView } from '@contracts/stock.ts'

/** A shelf: that of goods, or of one of their SKUs. */
export interface ShelfOf { productId: string, skuId: string | null, name: string }

const wanted = ({ productId, skuId }: ShelfOf) => ({ productId, ...skuId === null ? {} : { skuId } })

/** One shelf with its ledger, while it is open, and the change that staff are about to make. `changed` hears what is there then. */
export function useShelf(changed: (shelf: ShelfOf, available: number) => void) {
  const { t } = useI18n()
  const shelf = shallowRef<ShelfOf | null>(null)
  const state = ref<ScreenState>('loading')
  const failure = shallowRef<Failure | null>(null)
  const stock = shallowRef<StockView | null>(null)
  const moves = shallowRef<StockMoveView[]>([])
  const nextCursor = ref<string | null>(null)
  const isGrowing = ref(false)
  const draft = ref<Draft>({ kind: 'Supplied', pieces: '', note: '' })
  /** Nobody is told what is wrong before they think they are done. */
  const hasTried = ref(false)
  const problems = computed(() => hasTried.value && stock.value ? problemsOf(draft.value, stock.value.available) : {})
  const { isBusy, submit } = useSubmit('stock')

  function begin(kind: Draft['kind']): void {
    draft.value = { kind, pieces: '', note: t.value.shelf.notes[kind] }
    hasTried.value = false
  }

  function open(opened: ShelfOf): void {
    shelf.value = opened
    stock.value = null
    moves.value = []
    begin('Supplied')
    void load()
  }

  /** What comes late for another shelf is dropped. */
  async function load(): Promise<void> {
    const asked = shelf.value
    if (asked === null) return
    if (stock.value === null) state.value = 'loading'
    const outcome = await merchant.call('stock', wanted(asked))
    if (shelf.value !== asked) return
    failure.value = outcome.ok ? null : outcome
    if (!outcome.ok) {
      state.value = stock.value === null ? 'failed' : 'filled'
      return
    }
    stock.value = outcome.value.stock
    moves.value = outcome.value.moves
    nextCursor.value = outcome.value.nextCursor
    state.value = 'filled'
    changed(asked, outcome.value.stock.available)
  }

  async function more(): Promise<void> {
    const asked = shelf.value
    const cursor = nextCursor.value
    if (asked === null || cursor === null || isGrowing.value) return
    isGrowing.value = true
    const outcome = await merchant.call('stock', { ...wanted(asked), cursor })
    isGrowing.value = false
    if (!outcome.ok || shelf.value !== asked || nextCursor.value !== cursor) return
    moves.value = [...moves.value, ...outcome.value.moves]
    nextCursor.value = outcome.value.nextCursor
  }

  /** One wish moves once, however often it is sent. Whatever the answer is, the shelf is looked at anew. */
  async function send(): Promise<void> {
    const asked = shelf.value
    hasTried.value = true
    if (asked === null || stock.value === null) return
    const change = changeOf(draft.value, stock.value.available)
    if (change === null) return
    const wish = { ...wanted(asked), kind: draft.value.kind, change, note: draft.value.note.trim() }
    const outcome = await submit(wish, requestId => merchant.call('changeStock', { requestId, ...wish }))
    if (!outcome) return
    uni.showToast({ title: outcome.ok ? t.value.shelf.saved : failureText(outcome, t.value), icon: 'none' })
    if (outcome.ok && shelf.value === asked) begin(draft.value.kind)
    await load()
  }

  const change = (fields: Partial<Draft>) => { draft.value = { ...draft.value, ...fields } }
  const close = () => { shelf.value = null }

  return {
    shelf, state, failure, stock, moves, hasMore: computed(() => nextCursor.value !== null), isGrowing, draft, problems, isBusy,
    open, load, more, begin, change, send, close,
  }
}
