import { computed, ref } from 'vue'
import { useScreen } from './useScreen'
import type { KeptName } from './keptScreens'
import type { Outcome } from '@contracts/outcome.ts'

/** One page of a list that the server hands out bit by bit. */
interface Page { nextCursor: string | null }

/**
 * A list that grows as it is scrolled. `ask` fetches a page, the first without a cursor; `join` puts a further page behind
 * what is shown. Loading again starts from the beginning, unless `refresh` says what a fresh first page makes of a list that has
 * grown. With `kept` the first page stays on the phone, as for `useScreen`; the pages behind it do not.
 */
export function usePages<P extends Page>(
  ask: (cursor?: string) => Promise<Outcome<P>>,
  join: (shown: P, further: P) => P,
  { kept = () => null, refresh = fresh => fresh }: { kept?: () => KeptName | null, refresh?: (fresh: P, shown: P) => P } = {},
) {
  let pages = 1
  const screen = useScreen<P>(askForFirst, () => pages === 1 ? kept() : null)
  const isGrowing = ref(false)

  async function askForFirst(): Promise<Outcome<P>> {
    const outcome = await ask()
    const shown = screen.value.value
    if (!outcome.ok) return outcome
    const value = shown === null ? outcome.value : refresh(outcome.value, shown)
    if (value === outcome.value) pages = 1
    return { ...outcome, value }
  }

  const hasMore = computed(() => screen.value.value !== null && screen.value.value.nextCursor !== null)

  /** Counted up when the list begins anew, for another question. */
  let question = 0

  function reset(): void {
    question += 1
    screen.reset()
  }

  async function more(): Promise<void> {
    const shown = screen.value.value
    const asked = question
    if (isGrowing.value || shown === null || shown.nextCursor === null) return
    isGrowing.value = true
    const outcome = await ask(shown.nextCursor)
    isGrowing.value = false
    const now = screen.value.value
    // What was refreshed meanwhile goes on here as well, unless it ends elsewhere by now.
    if (!outcome.ok || asked !== question || now?.nextCursor !== shown.nextCursor) return
    pages += 1
    screen.show(join(now, outcome.value))
  }

  return { ...screen, reset, isGrowing, hasMore, more }
}
