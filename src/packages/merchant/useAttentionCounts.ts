import { computed, ref } from 'vue'
import { merchant } from '@/cloud/call'
import type { OutputOf } from '@contracts/action.ts'
import type { MerchantActions } from '@contracts/merchant.ts'

/** How much needs a person, and whether this one may decide about money. */
export type AttentionCounts = OutputOf<MerchantActions['attention']>

/** Counts that are no part of a screen's own answer. A failure keeps the last that was heard: the screen itself tells of it. */
export function useAttentionCounts() {
  const counts = ref<AttentionCounts>({ afterSales: 0, refunds: 0, incidents: 0, deadLetters: 0, mayDecide: false })
  const total = computed(() => counts.value.afterSales + counts.value.refunds + counts.value.incidents + counts.value.deadLetters)

  async function count(): Promise<void> {
    const outcome = await merchant.call('attention', {})
    if (outcome.ok) counts.value = outcome.value
  }

  return { counts, total, count }
}
