import { onHide, onShow, onUnload } from '@dcloudio/uni-app'

/** Calls back at an even pace while the page is in front, and never behind it. */
export function useTicker(everyMs: number, tick: () => void): void {
  let timer: ReturnType<typeof setInterval> | undefined
  const stop = () => clearInterval(timer)

  onShow(() => {
    stop()
    timer = setInterval(tick, everyMs)
  })
  onHide(stop)
  onUnload(stop)
}
