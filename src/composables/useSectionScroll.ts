import { computed, nextTick, ref, shallowRef, watch } from 'vue'
import { textScale } from '@/appearance/looks'
import { headingHeight, rowHeight, rowsBetween, sectionAt, sectionTops } from '@/goods/sections'
import type { RowWindow, Section } from '@/goods/sections'

/** After a tap on the rail the list moves by itself; its scroll events then say nothing about a finger. */
const settleMs = 300
/** The head gives its place to the list once this much was scrolled, and takes it back at the top. */
const collapsePx = 48
const expandPx = 8
/** A list that hardly scrolls would jump back and forth when the head changes its height. */
const longEnoughRpx = 1600

/**
 * `uni.upx2px` cuts off what is less than a pixel; over two hundred rows that adds up. Rows and headings grow with the size of
 * letters that the person has chosen: for this list that is as if every rpx were larger.
 */
const pxPerRpx = (): number => uni.upx2px(7_500_000) / 7_500_000 * textScale.value

/**
 * Ties the category rail to the list: scrolling moves the mark, tapping moves the list. And draws of a long list only the
 * rows in sight, with a screen of room above and more below for a fast finger.
 */
export function useSectionScroll(sections: () => Section[]) {
  const current = ref(0)
  const target = ref('')
  const isCollapsed = ref(false)
  const windows = shallowRef<RowWindow[]>([])
  const tops = computed(() => sectionTops(sections()))
  const screenRpx = uni.getWindowInfo().windowHeight / pxPerRpx()
  let scrolledRpx = 0
  let settledAtMs = 0

  const railTarget = computed(() => `rail-${sections()[current.value]?.id ?? ''}`)
  /** What a section measures, so that it keeps its place without its rows. */
  const heights = computed(() => sections().map(({ products }) => (headingHeight + products.length * rowHeight) * pxPerRpx()))
  const rowPx = computed(() => rowHeight * pxPerRpx())

  function draw(): void {
    const next = rowsBetween(sections(), scrolledRpx - screenRpx, scrolledRpx + 2.5 * screenRpx)
    if (JSON.stringify(next) !== JSON.stringify(windows.value)) windows.value = next
  }

  watch(sections, () => {
    draw()
    current.value = Math.min(current.value, Math.max(0, sections().length - 1))
  }, { immediate: true })

  function onScroll(event: { detail: { scrollTop: number } }): void {
    const { scrollTop } = event.detail
    scrolledRpx = scrollTop / pxPerRpx()
    draw()
    fold(scrollTop)
    if (Date.now() < settledAtMs) return
    // The same target twice would not move the list, so a finger on it forgets the last one.
    target.value = ''
    // Half a pixel of rounding must not leave the mark one section behind.
    current.value = sectionAt(tops.value, scrolledRpx + 2)
  }

  function fold(scrollTop: number): void {
    if (scrollTop < expandPx) isCollapsed.value = false
    else if (scrollTop > collapsePx && (tops.value.at(-1) ?? 0) > longEnoughRpx) isCollapsed.value = true
  }

  async function goTo(index: number): Promise<void> {
    settledAtMs = Date.now() + settleMs
    current.value = index
    scrolledRpx = tops.value[index] ?? 0
    draw()
    target.value = ''
    await nextTick()
    target.value = `section-${sections()[index]?.id ?? ''}`
  }

  return { current, target, railTarget, windows, heights, rowPx, isCollapsed, onScroll, goTo }
}
