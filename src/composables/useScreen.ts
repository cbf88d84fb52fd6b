import { onPullDownRefresh } from '@dcloudio/uni-app'
import { onUnmounted, ref, shallowRef, watch } from 'vue'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { isOnline } from '@/platform/network'
import { keepValue, keptValue } from './keptScreens'
import type { Failure } from '@/cloud/call'
import type { Outcome } from '@contracts/outcome.ts'
import type { KeptName } from './keptScreens'

/** A screen is loading until the first answer; from then on it is failed or filled. */
export type ScreenState = 'loading' | 'failed' | 'filled'

/** How long to wait before each further look, once the network is back. */
const retryAfterMs = [0, 1_000, 2_000, 4_000, 8_000]

/** Nothing was heard: that is the network's fault, and may pass. */
const isLost = (failure: Failure | null) => failure?.code === 'Offline' || failure?.code === 'TimedOut'

/**
 * The life of a screen: one load, and pulling down loads again. What was shown stays while fresh content comes, so that
 * nothing jumps. An answer counts unless a later question was answered before it: on a slow network every answer is older
 * than the next question, and still news. With `kept` the last good answer is shown at once when the screen is opened again;
 * null where what is shown now is not worth keeping.
 */
export function useScreen<Value>(ask: () => Promise<Outcome<Value>>, kept: () => KeptName | null = () => null) {
  const { t } = useI18n()
  const known = kept()
  const value = shallowRef<Value | null>(known === null ? null : keptValue<Value>(known))
  const state = ref<ScreenState>(value.value === null ? 'loading' : 'filled')
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
    const name = kept()
    if (name !== null) keepValue(name, shown)
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

  let isGone = false
  onUnmounted(() => { isGone = true })

  /** The network is back: looks again, and a little later again while it is still shaky. */
  watch(isOnline, async (online) => {
    for (const waitMs of retryAfterMs) {
      if (!online || isGone || !isOnline.value || !isLost(failure.value)) return
      await new Promise(resolve => setTimeout(resolve, waitMs))
      if (!isGone) await poll()
    }
  })

  onPullDownRefresh(async () => {
    await load()
    uni.stopPullDownRefresh()
  })

  return { state, value, failure, load, poll, show, reset }
}
