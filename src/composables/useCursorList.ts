import { computed } from 'vue'
import { usePages } from './usePages'
import type { Outcome } from '@contracts/outcome.ts'

/** A page of a list, and where the next one begins. */
export interface Page<Item> { items: Item[], nextCursor: string | null }

/**
 * A list of nothing but items that grows as it is scrolled. `ask` answers one page from a cursor on. What comes late for another
 * question — a filter was changed meanwhile — is dropped.
 */
export function useCursorList<Item>(ask: (cursor?: string) => Promise<Outcome<Page<Item>>>) {
  const { state, value: page, failure, hasMore, isGrowing, load, more, show, reset } = usePages<Page<Item>>(
    ask, (shown, further) => ({ ...further, items: [...shown.items, ...further.items] }),
  )
  const items = computed(() => page.value?.items ?? [])

  /** Puts other items in their place, as after one was removed. */
  function put(next: Item[]): void {
    if (page.value) show({ ...page.value, items: next })
  }

  /** Begins anew, for another question. */
  function restart(): Promise<void> {
    reset()
    return load()
  }

  return { state, failure, items, hasMore, isGrowing, load, restart, more, put }
}
