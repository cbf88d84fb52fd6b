import { onUnload } from '@dcloudio/uni-app'
// #ifdef H5
import { onBackPress } from '@dcloudio/uni-app'
// #endif
import { watch } from 'vue'
import { useI18n } from '@/locales'
import { leaving } from '@/platform/leaving'
import type { Question } from './useQuestion'

/**
 * Asks before a page is left on which something was not saved: in a mini program WeChat does, where its bar or the phone's own key
 * leads back; in the browser the page does about its own way back, and the browser about a reload. Nobody is asked about a swipe
 * or the browser's way back, so a page keeps what was typed until it is opened again.
 */
export function useUnsaved(isChanged: () => boolean, ask: (question: Question) => Promise<boolean>): void {
  const { t } = useI18n()

  watch(isChanged, changed => leaving.guard(changed ? `${t.value.unsaved.title}${t.value.unsaved.body}` : null))
  onUnload(() => leaving.guard(null))

  // #ifdef H5
  let mayGo = false
  onBackPress(() => {
    if (mayGo || !isChanged()) return false
    const { title, body, leave, stay } = t.value.unsaved
    void ask({ title, body, yes: leave, no: stay }).then((agreed) => {
      mayGo = agreed
      if (agreed) void uni.navigateBack()
    })
    return true
  })
  // #endif
}
