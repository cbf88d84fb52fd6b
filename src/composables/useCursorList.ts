import { computed, ref } from 'vue'
import { useScreen } from './useScreen'
import type { Outcome } from '@contracts/outcome.ts'

/** A page of a list, and where the next one begins. */
export interface Page<Item> { items: Item[], nextCursor: string | null }

/**
 * A list that grows as it is scrolled. `ask` answers one page from a cursor on. What comes late for another question — a
 * filter was changed meanwhile — is dropped.
 */
export function useCursorList<Item>(ask: (cursor?: string) => Promise<Outcome<Page<Item>>>) {
  const isGrowing = ref(false)
  const { state, value: page, failure, load, show, reset } = useScreen(() => ask())
  const items = computed(() => page.value?.items ?? [])
  const hasMore = computed(() => page.value !== null && page.value.nextCursor !== null)

  async function more(): Promise<void> {
    const known = page.value
    if (isGrowing.value || known === null || known.nextCursor === null) return
    isGrowing.value = true
    const outcome = await ask(known.nextCursor)
    isGrowing.value = false
    if (!outcome.ok || page.value !== known) return
    show({ items: [...known.items, ...outcome.value.items], nextCursor: outcome.value.nextCursor })
  }

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
