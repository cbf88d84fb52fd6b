// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { newsText, useTableNews } from '@/composables/useTableNews'
import { en } from '@/locales/en'
import { zh } from '@/locales/zh'
import { useTable } from '@/stores/table'
import { sitting } from './support/dining'
import type { TableNews } from '@contracts/dining.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', async () => ({ wechat: (await import('./support/phone')).plainWeChat }))

let phone: ReturnType<typeof freshPhone>
let isInFront = true
let id = 0
const news = (number: number, over: Partial<TableNews> = {}): TableNews => ({ number, kind: 'RoundSent', guest: 2, atMs: 0, ...over })
const told = () => phone.showToast.mock.calls.map(([toast]: unknown[]) => (toast as { title: string }).title)

beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  isInFront = true
  id += 1
})

/** The table as a look brings it. */
async function look(version: number, ...fresh: TableNews[]): Promise<void> {
  useTable().show(sitting({ id: `s${id}`, version, news: fresh }))
  await nextTick()
}

const listen = () => mount(defineComponent({ setup() { useTableNews(() => isInFront); return () => h('div') } }))

describe('what others do at the table', () => {
  it('is told once, and what was there before is no news', async () => {
    listen()
    await look(1, news(1))
    expect(told()).toEqual([])
    await look(2, news(1), news(2))
    await look(3, news(1), news(2))
    expect(told()).toEqual(['客人 2 下单了'])
  })

  it('is not told to who has done it', async () => {
    listen()
    await look(1)
    await look(2, news(1, { guest: 1 }))
    expect(told()).toEqual([])
  })

  it('is told by the page in front alone, and only the last of it', async () => {
    const behind = listen()
    await look(1)
    isInFront = false
    await look(2, news(1))
    expect(told()).toEqual([])
    isInFront = true
    await look(3, news(1), news(2, { kind: 'DishReturned', name: { zh: '拌面', en: 'Noodles' } }))
    expect(told()).toEqual(['店员退了 拌面'])
    behind.unmount()
  })
})

it.each([['zh', zh], ['en', en]] as const)('every kind of news has words (%s)', (language, t) => {
  const words = (Object.keys(zh.dining.news) as TableNews['kind'][]).map(kind =>
    newsText(news(1, { kind, name: { zh: '拌面', en: 'Noodles' }, tableName: 'A1' }), t, text => text[language]))
  expect(words.filter(word => word === '' || (language === 'en' && /\p{Script=Han}/u.test(word)))).toEqual([])
  expect(new Set(words).size).toBe(words.length)
})
