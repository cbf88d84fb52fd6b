// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Edit from '@/packages/address/edit/edit.vue'
import { useAddresses } from '@/stores/addresses'
import { useDraft } from '@/stores/draft'
import { cloud, inTurn, underWay } from './support/cloud'
import { done, offline, refused } from './support/goods'
import { openPage, tap, tapTwice, written } from './support/pages'
import { address } from './support/people'
import type { VueWrapper } from '@vue/test-utils'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', async () => ({ wechat: (await import('./support/phone')).plainWeChat }))
const { choosePlace } = vi.hoisted(() => ({ choosePlace: vi.fn() }))
vi.mock('@/platform/surroundings', () => ({ surroundings: { choosePlace } }))

let phone: ReturnType<typeof freshPhone>
const sent = () => cloud.inputs('saveAddress') as ({ requestId: string })[]
const toast = (title: string) => expect.objectContaining({ title }) as unknown

/** Everything of an address but its region. */
async function write(page: VueWrapper): Promise<void> {
  await page.find('.name-input').setValue(' 韩梅梅 ')
  await page.find('.phone-input').setValue('13900139000')
  await page.find('.detail-input').setValue('文三路 1 号')
}

async function pick(page: VueWrapper, name: string): Promise<void> {
  await page.findAll('.region-name').find(one => one.text() === name)!.trigger('click')
}

async function pickRegion(page: VueWrapper): Promise<void> {
  await tap(page, '.region-row')
  for (const name of ['浙江省', '杭州市', '西湖区']) await pick(page, name)
}

beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  choosePlace.mockReset()
  cloud.replies.saveAddress = () => done([address('old'), address('new')])
})
afterEach(() => { useI18n().setLocale('zh') })

describe('a new address', () => {
  it('asks nobody before it is written, and says of each field what is missing only then', async () => {
    const page = await openPage(Edit)
    expect([page.findAll('.field__problem'), cloud.actions(), page.find('.delete-button').exists()]).toEqual([[], [], false])
    await tap(page, '.save-button')
    const { name, phone: number, region, detail } = zh.address.problems
    expect(page.findAll('.field__problem').map(problem => problem.text())).toEqual([name, number, region, detail])
    await page.find('.phone-input').setValue('12345')
    expect(page.findAll('.field__problem')).toHaveLength(4)
    await write(page)
    expect(page.findAll('.field__problem')).toHaveLength(1)
    expect(sent()).toEqual([])
  })

  it('is saved once by two taps, and is the one that the checkout sends to', async () => {
    useAddresses().book = [address('old')]
    const saving = underWay()
    cloud.replies.saveAddress = saving.reply
    const page = await openPage(Edit)
    await write(page)
    await pickRegion(page)
    await tapTwice(page, '.save-button')
    await saving.come(done([address('old'), address('new')]))
    expect(sent()).toEqual([{
      requestId: expect.any(String), name: '韩梅梅', phone: '13900139000', province: '33', city: '杭州市', district: '西湖区', detail: '文三路 1 号', isDefault: false,
    }])
    expect([useDraft().draft.addressId, useAddresses().book?.length, phone.navigateBack.mock.calls.length]).toEqual(['new', 2, 1])
  })

  it.each([['TooManyAddresses', refused('TooManyAddresses')], ['Offline', offline]] as const)('that was not saved (%s) stays as it was written, with a word', async (code, answer) => {
    cloud.replies.saveAddress = () => answer
    const page = await openPage(Edit)
    await write(page)
    await pickRegion(page)
    await tap(page, '.save-button')
    expect([phone.showToast.mock.calls, phone.navigateBack.mock.calls]).toEqual([[[toast(zh.failures[code])]], []])
    expect(written(page, '.detail-input')).toBe('文三路 1 号')
    await tap(page, '.save-button')
    expect(sent()[1]!.requestId === sent()[0]!.requestId).toBe(code === 'Offline')
  })

  it('is filled in from the map where it is still empty, and nowhere else', async () => {
    choosePlace.mockResolvedValue({ latitude: 30.28, longitude: 120.13, name: '西溪首座', address: '浙江省杭州市西湖区文二西路' })
    const page = await openPage(Edit)
    await page.find('.name-input').setValue('韩梅梅')
    await page.find('.phone-input').setValue('13900139000')
    await tap(page, '.place-row')
    expect([page.find('.region-row').text(), written(page, '.detail-input')]).toEqual([expect.stringContaining('西湖区'), '文二西路西溪首座'])
    choosePlace.mockResolvedValue({ latitude: 31, longitude: 121, name: '外滩', address: '上海市黄浦区中山东一路' })
    await tap(page, '.place-row')
    expect([page.find('.region-row').text(), written(page, '.detail-input')]).toEqual([expect.stringContaining('西湖区'), '文二西路西溪首座'])
    await tap(page, '.save-button')
    expect(sent()).toMatchObject([{ place: { latitude: 31, longitude: 121, name: '外滩' } }])
  })

  it('stays as it is when nobody is found on the map, or nothing is chosen', async () => {
    choosePlace.mockResolvedValue(null)
    const page = await openPage(Edit)
    await write(page)
    await tap(page, '.place-row')
    expect([page.find('.place-row').text(), written(page, '.detail-input')]).toEqual([zh.address.placeHint, '文三路 1 号'])
  })

  it('begins with what WeChat has given, once', async () => {
    useAddresses().given = { name: '李雷', phone: '13800138000', province: '33', city: '杭州市', district: '西湖区', detail: '桥弄街' }
    expect(written(await openPage(Edit), '.name-input')).toBe('李雷')
    expect(written(await openPage(Edit), '.name-input')).toBe('')
  })

  it('is asked for in English of whom reads English', async () => {
    useI18n().setLocale('en')
    const page = await openPage(Edit)
    await tap(page, '.save-button')
    expect(page.text()).not.toMatch(/\p{Script=Han}/u)
    expect(phone.setNavigationBarTitle).toHaveBeenLastCalledWith(expect.objectContaining({ title: 'New address' }))
  })
})

describe('an address that is changed', () => {
  const open = () => openPage(Edit, { addressId: 'old' })

  it('is known from the book, without a call', async () => {
    useAddresses().book = [address('old')]
    const page = await open()
    expect([written(page, '.detail-input'), page.find('.place-row').text(), cloud.actions()]).toEqual(['桥弄街 old 号', '桥弄街', []])
    await tap(page, '.save-button')
    expect(sent()).toMatchObject([{ addressId: 'old', province: '33', district: '西湖区' }])
    expect(useDraft().draft.addressId).toBe('old')
  })

  it('is asked for by one call where the page is opened by itself, with bones until it comes', async () => {
    const { reply, come } = underWay()
    cloud.replies.addresses = reply
    const page = await open()
    expect([page.find('.state-loading').exists(), page.find('.save-button').exists()]).toEqual([true, false])
    await come(done([address('old')]))
    expect([written(page, '.detail-input'), cloud.actions()]).toEqual(['桥弄街 old 号', ['addresses']])
  })

  it('that did not come is no empty form: it is asked for again by one tap', async () => {
    cloud.replies.addresses = inTurn(offline, done([address('old')]))
    const page = await open()
    expect([page.find('.state-failed').text(), page.find('.save-button').exists()]).toEqual([expect.stringContaining(zh.failures.Offline), false])
    await tap(page, '.blank__action')
    expect(written(page, '.detail-input')).toBe('桥弄街 old 号')
  })

  it('is deleted after a question, and stays when that fails', async () => {
    useAddresses().book = [address('old')]
    cloud.replies.deleteAddress = inTurn(offline, done([]))
    const page = await open()
    await tap(page, '.delete-button')
    await tap(page, '.question-no')
    expect(cloud.actions()).toEqual([])
    await tap(page, '.delete-button')
    await tap(page, '.question-yes')
    expect([phone.showToast.mock.calls, phone.navigateBack.mock.calls]).toEqual([[[toast(zh.failures.Offline)]], []])
    await tap(page, '.delete-button')
    await tap(page, '.question-yes')
    expect([useAddresses().book, phone.navigateBack.mock.calls.length]).toEqual([[], 1])
  })
})

describe('the region', () => {
  it('is picked from province to district, a city that is a province being asked for once', async () => {
    const page = await openPage(Edit)
    await tap(page, '.region-row')
    await pick(page, '上海市')
    expect(page.findAll('.region__tab')).toHaveLength(3)
    await pick(page, '黄浦区')
    expect(page.find('.region-row').text()).toContain('黄浦区')
  })
})
