import { onShow } from '@dcloudio/uni-app'
import { ref } from 'vue'
import { useTicker } from './useTicker'

/** A clock for countdowns; it stands still while the page is behind another. */
export function useNow() {
  const nowMs = ref(Date.now())
  const look = () => { nowMs.value = Date.now() }
  onShow(look)
  useTicker(1000, look)
  return nowMs
}
