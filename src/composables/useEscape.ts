// #ifdef H5
import { onUnmounted, watch } from 'vue'

/** What can be left, the one in front last. */
const inFront: (() => void)[] = []

function leaveByKey(event: KeyboardEvent): void {
  const leave = inFront.at(-1)
  // A word that is still being put together keeps its Escape.
  if (event.key !== 'Escape' || event.isComposing || !leave) return
  event.preventDefault()
  leave()
}
// #endif

/** In the browser, Escape leaves whatever is in front: `leave` is called while it is this one. A phone has no such key. */
export function useEscape(isOpen: () => boolean, leave: () => void): void {
  // #ifdef H5
  // The same listener again is not added once more.
  window.addEventListener('keydown', leaveByKey)
  const forget = () => {
    const place = inFront.indexOf(leave)
    if (place >= 0) inFront.splice(place, 1)
  }
  watch(isOpen, (is) => {
    forget()
    if (is) inFront.push(leave)
  }, { immediate: true })
  onUnmounted(forget)
  // #endif
}
