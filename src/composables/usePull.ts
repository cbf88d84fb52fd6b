import { ref } from 'vue'

/** The refresher of a `scroll-view`, for a page that does not scroll itself: it stays until what was asked for has come. */
export function usePull(load: () => Promise<void>) {
  const isPulled = ref(false)

  async function pull(): Promise<void> {
    if (isPulled.value) return
    isPulled.value = true
    await load()
    isPulled.value = false
  }

  return { isPulled, pull }
}
