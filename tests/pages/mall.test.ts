// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import Mall from '@/pages/mall/mall.vue'
import { useMallView } from '@/stores/mallView'
import { cloud } from './support/cloud'
import { done } from './support/goods'
import type { MallPage } from '@/goods/mallPages'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({ wechat: { pictureUrl: (id: string) => id, tap: () => undefined } }))

const same = (text: string) => ({ zh: text, en: text })
const page = (names: string[], nextCursor: string | null = null): MallPage => ({
  categories: [{ id: 'gifts', kind: 'Mall', name: same('Gifts') }],
  goods: names.map(name => ({
    id: name, kind: 'Mall', name: same(name), summary: same(''), picture: 'x', priceFen: 100, hasRange: false, soldCount: 0, isSoldOut: false,
  })),
  nextCursor,
})

let held: ReturnType<typeof mount> | null = null
beforeEach(() => {
  held?.unmount()
  freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})

async function open() {
  held = mount(Mall)
  await fire('onShow')
  await flushPromises()
  return held
}

const shown = () => held!.findAll('.goods__name').map(name => name.text())
const categories = () => held!.text().includes('Gifts')
const lost = () => { throw new Error('no net') }

/** The same phone, on which the app was closed and opened again. */
async function reopen() {
  held?.unmount()
  setActivePinia(createPinia())
  return open()
}

describe('the mall', () => {
  it('opens without a network with the goods and categories that it showed last', async () => {
    cloud.replies.mall = () => done(page(['cup', 'plate']))
    await open()
    cloud.replies.mall = lost
    await reopen()
    expect(shown()).toEqual(['cup', 'plate'])
    expect(categories()).toBe(true)
    cloud.replies.mall = () => done(page(['cup', 'bowl']))
    await fire('onShow')
    await flushPromises()
    expect(shown()).toEqual(['cup', 'bowl'])
  })

  it('keeps its first page alone, and neither a category nor another order', async () => {
    cloud.replies.mall = input => done((input as { cursor?: string }).cursor === undefined ? page(['cup'], 'c') : page(['plate']))
    await open()
    await fire('onReachBottom')
    await flushPromises()
    expect(shown()).toEqual(['cup', 'plate'])
    cloud.replies.mall = () => done(page(['soap']))
    useMallView().categoryId = 'gifts'
    await fire('onShow')
    await flushPromises()
    expect(shown()).toEqual(['soap'])
    cloud.replies.mall = lost
    await reopen()
    expect(shown()).toEqual(['cup'])
  })

  it('stays where it was scrolled to when somebody comes back to it, with fresh goods at its start', async () => {
    cloud.replies.mall = input => done((input as { cursor?: string }).cursor === undefined ? page(['cup'], 'c') : page(['plate']))
    await open()
    await fire('onReachBottom')
    await flushPromises()
    await fire('onShow')
    await flushPromises()
    expect(shown()).toEqual(['cup', 'plate'])
    cloud.replies.mall = () => done(page(['bowl'], 'b'))
    await fire('onShow')
    await flushPromises()
    expect(shown()).toEqual(['bowl'])
  })
})
