import { computed, ref, shallowRef } from 'vue'
import { merchant } from '@/cloud/call'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { EXTRA_MINUTES_MAX } from '@contracts/kitchen.ts'
import type { KitchenView } from '@contracts/kitchen.ts'
import type { Outcome } from '@contracts/outcome.ts'

/** The kitchen beside the orders: what customers are told, and staff's hand on it. It is heard with the orders. */
export function useKitchen() {
  const { t } = useI18n()
  const kitchen = shallowRef<KitchenView | null>(null)
  const isBusy = ref(false)
  const isPaused = computed(() => kitchen.value !== null && kitchen.value.pausedUntilMs !== null)

  function show(now: KitchenView): void {
    if (!isBusy.value) kitchen.value = now
  }

  async function change(ask: () => Promise<Outcome<KitchenView>>): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    const outcome = await ask()
    isBusy.value = false
    if (outcome.ok) kitchen.value = outcome.value
    else uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
  }

  /** 0 takes back what was added. */
  function add(minutes: number): Promise<void> {
    const before = kitchen.value?.extraMinutes ?? 0
    const wanted = minutes === 0 ? 0 : Math.min(EXTRA_MINUTES_MAX, before + minutes)
    return change(() => merchant.call('setExtraWait', { minutes: wanted }))
  }

  const pause = (minutes: number): Promise<void> => change(() => merchant.call('pauseOrders', { minutes }))

  return { kitchen, isBusy, isPaused, show, add, pause }
}
