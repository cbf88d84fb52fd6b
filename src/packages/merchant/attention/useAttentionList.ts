import { computed, ref, shallowRef } from 'vue'
import { merchant } from '@/cloud/call'
import { usePages } from '@/composables/usePages'
import { storage } from '@/platform/storage'
import { attentionPage, attentionPagesMax } from '@contracts/attention.ts'
import { done } from '@contracts/outcome.ts'
import type { AttentionCounts, AttentionList, AttentionTab, ShopCheck } from '@contracts/attention.ts'
import type { Workplace } from '@contracts/merchant.ts'
import type { Outcome } from '@contracts/outcome.ts'

/** So many are had at once; whoever has more before them has enough, and sees the others as these are dealt with. */
const itemsMax = attentionPage * attentionPagesMax

/**
 * What waits behind one tab in the store that staff work at. It grows as it is scrolled, and a look refreshes all that is shown,
 * with one call.
 */
export function useAttentionList() {
  const tab = ref<AttentionTab>('afterSales')
  const counts = shallowRef<AttentionCounts>({ afterSales: 0, refunds: 0, incidents: 0, deadLetters: 0, mayDecide: false })
  /** How the shop is set up, while there is something to mend. Clerks are not told: they can change nothing of it. */
  const check = shallowRef<ShopCheck | null>(null)
  const workplace = shallowRef<Workplace | null>(null)
  /** Set-up and place are asked for when the page is opened, and not with every look. */
  let isOpening = true

  const { state, value: shown, failure, isGrowing, hasMore: isLonger, load, poll, more, reset } = usePages<AttentionList>(
    cursor => cursor === undefined ? askFromStart() : askFurther(tab.value, cursor),
    (known, further) => ({ ...further, items: [...known.items, ...further.items] }) as AttentionList,
  )

  const isFull = computed(() => shown.value !== null && shown.value.items.length >= itemsMax)
  const hasMore = computed(() => isLonger.value && !isFull.value)
  /** There is more than can be shown. */
  const isCut = computed(() => isLonger.value && isFull.value)

  async function askFromStart(): Promise<Outcome<AttentionList>> {
    const opens = isOpening
    const pages = pagesIn(shown.value?.items.length ?? 0)
    const outcome = await merchant.call('attention', { tab: tab.value, pages, check: opens, place: opens })
    if (!outcome.ok) return outcome
    const { shown: list, check: found, workplace: place, ...counted } = outcome.value
    counts.value = counted
    if (opens) {
      isOpening = false
      check.value = found !== null && found.findings.length > 0 ? found : null
      workplace.value = place
    }
    return done(list)
  }

  /** The page comes to the front. */
  function open(): void {
    isOpening = true
    void load()
  }

  function choose(next: AttentionTab): void {
    if (next === tab.value) return
    tab.value = next
    reset()
    void load()
  }

  /** Goes to another store of theirs, and stays there. */
  function workIn(storeId: string): void {
    if (storeId === workplace.value?.storeId) return
    storage.write('workStoreId', storeId)
    reset()
    open()
  }

  async function grow(): Promise<void> {
    if (hasMore.value) await more()
  }

  return { tab, counts, check, workplace, shown, state, failure, isGrowing, hasMore, isCut, open, load, poll, choose, workIn, grow }
}

const pagesIn = (items: number): number => Math.min(attentionPagesMax, Math.max(1, Math.ceil(items / attentionPage)))

async function askFurther(tab: AttentionTab, cursor: string): Promise<Outcome<AttentionList>> {
  switch (tab) {
    case 'afterSales': return behind(tab, await merchant.call('afterSales', { cursor }))
    case 'refunds': return behind(tab, await merchant.call('refundsInTrouble', { cursor }))
    case 'incidents': return behind(tab, await merchant.call('incidents', { cursor }))
    case 'deadLetters': return behind(tab, await merchant.call('deadLetters', { cursor }))
  }
}

const behind = <Tab extends AttentionTab, Page extends object>(tab: Tab, outcome: Outcome<Page>) =>
  outcome.ok ? done({ ...outcome.value, tab }) : outcome
