// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { useSectionScroll } from '@/composables/useSectionScroll'
import { tea } from './support/goods'
import type { Section } from '@/goods/sections'

vi.mock('@/platform', async () => ({ wechat: (await import('./support/phone')).plainWeChat }))

const section = (id: string, count: number): Section => ({
  id, name: { zh: id, en: id }, products: Array.from({ length: count }, (_, at) => ({ ...tea, id: `${id}${at}`, initials: '' })),
})
const long = () => [section('a', 30), section('b', 30), section('c', 30)]

beforeEach(() => { freshPhone() })

function scrollOver(sections: Section[]) {
  const shown = shallowRef(sections)
  const scroll = effectScope().run(() => useSectionScroll(() => shown.value))!
  return { ...scroll, shown, to: (scrollTop: number) => scroll.onScroll({ detail: { scrollTop } }) }
}

/** How many rows of all are drawn. */
const drawn = (windows: { from: number, until: number }[]) => windows.reduce((sum, { from, until }) => sum + until - from, 0)

describe('a long menu', () => {
  it('draws the rows in sight and some around them, and never all', () => {
    const { windows, to } = scrollOver(long())
    expect(windows.value[0]!.from).toBe(0)
    expect([drawn(windows.value) > 7, drawn(windows.value) < 45]).toEqual([true, true])
    to(30 * 112 + 15 * 112)
    expect(windows.value[1]!.from).toBeGreaterThan(0)
    expect([drawn(windows.value) > 7, drawn(windows.value) < 45]).toEqual([true, true])
  })

  it('keeps the height of every section, whatever is drawn of it', () => {
    const { heights, to } = scrollOver(long())
    const before = heights.value
    to(5_000)
    expect([heights.value, before[0]]).toEqual([before, (80 + 30 * 224) / 2])
  })

  it('gives the place of the head to the list once it is scrolled, and gives it back at the top', () => {
    const { isCollapsed, to } = scrollOver(long())
    to(40)
    expect(isCollapsed.value).toBe(false)
    to(60)
    expect(isCollapsed.value).toBe(true)
    to(20)
    expect(isCollapsed.value).toBe(true)
    to(0)
    expect(isCollapsed.value).toBe(false)
  })

  it('goes to the same section twice, although the list only moves for another target', async () => {
    const { goTo, target } = scrollOver(long())
    await goTo(1)
    expect(target.value).toBe('section-b')
    const again = goTo(1)
    expect(target.value).toBe('')
    await again
    expect(target.value).toBe('section-b')
  })

  it('that has become shorter marks a section that is still there', async () => {
    const { goTo, current, shown } = scrollOver(long())
    await goTo(2)
    shown.value = [section('a', 30)]
    await nextTick()
    expect(current.value).toBe(0)
  })
})

it('a short menu keeps its head: it would jump back and forth', () => {
  const { isCollapsed, to } = scrollOver([section('a', 2), section('b', 2)])
  to(100)
  expect(isCollapsed.value).toBe(false)
})
