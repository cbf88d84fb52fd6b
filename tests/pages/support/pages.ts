import { flushPromises, mount } from '@vue/test-utils'
import { fire } from './phone'
import type { VueWrapper } from '@vue/test-utils'
import type { Component } from 'vue'

let opened: VueWrapper | null = null

/** Opens a page as the platform does, in the place of the one before it. The phone has to be a fresh one. */
export async function openPage(page: Component, query: Record<string, string> = {}): Promise<VueWrapper> {
  opened?.unmount()
  opened = mount(page)
  await fire('onLoad', query)
  await fire('onShow')
  await flushPromises()
  return opened
}

/** The page lies behind another, and comes back. */
export async function leaveAndReturn(): Promise<void> {
  await fire('onHide')
  await fire('onShow')
  await flushPromises()
}

/** A finger pulls the page down. */
export async function pullDown(): Promise<void> {
  await fire('onPullDownRefresh')
  await flushPromises()
}

/** The list is scrolled to its end. */
export async function reachBottom(): Promise<void> {
  await fire('onReachBottom')
  await flushPromises()
}

/** Taps what the selector finds, and lets everything happen that follows from it. */
export async function tap(page: VueWrapper, selector: string): Promise<void> {
  await page.find(selector).trigger('click')
  await flushPromises()
}

/** Two taps of one impatient finger. */
export async function tapTwice(page: VueWrapper, selector: string): Promise<void> {
  const found = page.find(selector)
  await found.trigger('click')
  if (page.find(selector).exists()) await found.trigger('click')
  await flushPromises()
}

/** The foot of a list: `more` while it goes on, `noMore` at its end, null where there is none. */
export const footOf = (page: VueWrapper): string | null => {
  const foot = page.find('uni-load-more')
  return foot.exists() ? foot.attributes('status') ?? '' : null
}

/** What stands in a field. */
export const written = (page: VueWrapper, selector: string): string =>
  (page.find(selector).element as HTMLInputElement | HTMLTextAreaElement).value
