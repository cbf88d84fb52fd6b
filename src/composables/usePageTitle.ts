import { onHide, onShow } from '@dcloudio/uni-app'
import { watch } from 'vue'
import { setTitle } from '@/platform/bars'

/** Keeps the navigation bar in the language of the moment. The platform can only title the page that is in front. */
export function usePageTitle(title: () => string): void {
  let isShown = false
  const apply = () => { if (isShown) setTitle(title()) }

  onShow(() => {
    isShown = true
    apply()
  })
  onHide(() => { isShown = false })
  watch(title, apply)
}
