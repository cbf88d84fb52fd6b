import { computed, ref } from 'vue'
import { surroundings } from '@/platform/surroundings'
import { usePlace } from '@/stores/place'

/** Where the phone is, for who says so at a tap. It is known while the program runs, and kept nowhere. */
export function useHere() {
  const place = usePlace()
  /** Nobody is asked twice who has said no. */
  const wasRefused = ref(false)
  const isLocating = ref(false)
  const here = computed(() => place.here)

  async function locate(): Promise<void> {
    if (isLocating.value) return
    isLocating.value = true
    place.here = await surroundings.whereAmI()
    isLocating.value = false
    wasRefused.value = place.here === null
  }

  return { here, wasRefused, isLocating, locate }
}
