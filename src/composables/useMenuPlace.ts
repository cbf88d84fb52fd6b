import { nextTick, watch } from 'vue'
import { storage } from '@/platform/storage'
import type { Section } from '@/goods/sections'
import type { Ref } from 'vue'

/** Who comes back later than this begins at the top again. */
const keptMs = 30 * 60_000

/** Brings a customer who left the menu, or the whole program, back to the section that was in sight. */
export function useMenuPlace(sections: () => Section[], current: Ref<number>, goTo: (index: number) => Promise<void>): void {
  let isBack = false

  async function comeBack(): Promise<void> {
    const kept = storage.read('menuPlace')
    if (kept === null || Date.now() - kept.atMs > keptMs) return
    const index = sections().findIndex(section => section.id === kept.sectionId)
    // The list must stand before it can be scrolled.
    await nextTick()
    if (index > 0) await goTo(index)
  }

  watch(() => sections().length > 0, async (isFilled) => {
    if (!isFilled || isBack) return
    isBack = true
    await comeBack()
  }, { immediate: true })

  watch(current, (index) => {
    const section = sections()[index]
    if (isBack && section) storage.write('menuPlace', { sectionId: section.id, atMs: Date.now() })
  })
}
