import { computed, ref } from 'vue'
import { sectionAt, sectionTops } from '@/goods/sections'
import type { Section } from '@/goods/sections'

/** After a tap on the rail the list moves by itself; its scroll events then say nothing about a finger. */
const settleMs = 300

/** Ties the category rail to the list: scrolling moves the mark, tapping moves the list. */
export function useSectionScroll(sections: () => Section[]) {
  const current = ref(0)
  const target = ref('')
  const tops = computed(() => sectionTops(sections()).map(top => uni.upx2px(top)))
  let settledAtMs = 0

  const railTarget = computed(() => `rail-${sections()[current.value]?.category.id ?? ''}`)

  function onScroll(event: { detail: { scrollTop: number } }): void {
    if (Date.now() < settledAtMs) return
    // The same target twice would not move the list, so a finger on it forgets the last one.
    target.value = ''
    // Half a pixel of rounding must not leave the mark one section behind.
    current.value = sectionAt(tops.value, event.detail.scrollTop + 1)
  }

  function goTo(index: number): void {
    settledAtMs = Date.now() + settleMs
    current.value = index
    target.value = `section-${sections()[index]?.category.id ?? ''}`
  }

  return { current, target, railTarget, onScroll, goTo }
}
