import { onPullDownRefresh } from '@dcloudio/uni-app'
import { ref, shallowRef } from 'vue'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import type { Failure } from '@/cloud/call'
import type { Outcome } from '@contracts/outcome.ts'

/** A screen is loading until the first answer; from then on it is failed or filled. */
export type ScreenState = 'loading' | 'failed' | 'filled'

/**
 * The life of a screen: one load, and pulling down loads again. What was shown stays while fresh content comes, so that
 * nothing jumps. An answer counts unless a later question was answered before it: on a slow network every answer is older
 * than the next question, and still news.
 */
export function useScreen<Value>(ask: () => Promise<Outcome<Value>>) {
  const { t } = useI18n()
  const state = ref<ScreenState>('loading')
  const value = shallowRef<Value | null>(null)
  const failure = shallowRef<Failure | null>(null)
  let asked = 0
  let heard = 0

  function fail(outcome: Failure, isAskedFor: boolean): void {
    failure.value = outcome
    if (value.value === null) state.value = 'failed'
    else if (isAskedFor) uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
  }

  /** Shows what came another way; an answer that is still under way is older and no longer counts. */
  function show(shown: Value): void {
    heard = asked
    take(shown)
  }

  function take(shown: Value): void {
    value.value = shown
    failure.value = null
    state.value = 'filled'
  }

  async function askFor(isAskedFor: boolean): Promise<void> {
    const turn = ++asked
    if (isAskedFor && state.value === 'failed') state.value = 'loading'
    const outcome = await ask()
    if (turn <= heard) return
    heard = turn
    if (outcome.ok) take(outcome.value)
    else fail(outcome, isAskedFor)
  }

  const load = () => askFor(true)

  /** Looks again by itself. A failure is kept but not announced: the next look may succeed. */
  const poll = () => askFor(false)

  /** Forgets what was shown, because the next question is another one. */
  function reset(): void {
    heard = asked
    value.value = null
    failure.value = null
    state.value = 'loading'
  }

  onPullDownRefresh(async () => {
    await load()
    uni.stopPullDownRefresh()
  })

  return { state, value, failure, load, poll, show, reset }
}
