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
 * nothing jumps; only the answer to the latest question counts.
 */
export function useScreen<Value>(ask: () => Promise<Outcome<Value>>) {
  const { t } = useI18n()
  const state = ref<ScreenState>('loading')
  const value = shallowRef<Value | null>(null)
  const failure = shallowRef<Failure | null>(null)
  let latest = 0

  function fail(outcome: Failure): void {
    failure.value = outcome
    if (value.value === null) state.value = 'failed'
    else uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
  }

  function show(shown: Value): void {
    value.value = shown
    failure.value = null
    state.value = 'filled'
  }

  async function load(): Promise<void> {
    const turn = ++latest
    if (state.value === 'failed') state.value = 'loading'
    const outcome = await ask()
    if (turn !== latest) return
    if (outcome.ok) show(outcome.value)
    else fail(outcome)
  }

  /** Forgets what was shown, because the next question is another one. */
  function reset(): void {
    value.value = null
    failure.value = null
    state.value = 'loading'
  }

  onPullDownRefresh(async () => {
    await load()
    uni.stopPullDownRefresh()
  })

  return { state, value, failure, load, show, reset }
}
