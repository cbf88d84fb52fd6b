import { computed, ref } from 'vue'
import { useScreen } from './useScreen'
import type { Outcome } from '@contracts/outcome.ts'

/** One page of a list that the server hands out bit by bit. */
interface Page { nextCursor: string | null }

/**
 * A list that grows as it is scrolled. `ask` fetches a page, the first without a cursor; `join` puts a further page behind
 * what is shown. Loading again starts from the beginning.
 */
export function usePages<P extends Page>(ask: (cursor?: string) => Promise<Outcome<P>>, join: (shown: P, further: P) => P) {
  const screen = useScreen<P>(() => ask())
  const isGrowing = ref(false)
  const hasMore = computed(() => screen.value.value !== null && screen.value.value.nextCursor !== null)

  async function more(): Promise<void> {
    const shown = screen.value.value
    if (isGrowing.value || shown === null || shown.nextCursor === null) return
    isGrowing.value = true
    const outcome = await ask(shown.nextCursor)
    isGrowing.value = false
    // A refresh has taken the list's place meanwhile.
    if (!outcome.ok || screen.value.value !== shown) return
    screen.show(join(shown, outcome.value))
  }

  return { ...screen, isGrowing, hasMore, more }
}
