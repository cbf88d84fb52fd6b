// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import List from '@/packages/address/list/list.vue'
import { useAddresses } from '@/stores/addresses'
import { useDraft } from '@/stores/draft'
import { cloud, inTurn, underWay } from './support/cloud'
import { done, offline } from './support/goods'
import { leaveAndReturn, openPage, pullDown, tap } from './support/pages'
import { address } from './support/people'
import type { VueWrapper } from '@vue/test-utils'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', async () => ({ wechat: (await import('./support/phone')).plainWeChat }))
const { chooseAddress } = vi.hoisted(() => ({ chooseAddress: vi.fn() }))
vi.mock('@/platform/surroundings', () => ({ surroundings: { chooseAddress } }))

let phone: ReturnType<typeof freshPhone>
const lines = (page: VueWrapper) => page.findAll('.address__text').map(text => text.text().split(' ').slice(-2).join(' '))

beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.addresses = () => done([address('1', { isDefault: true, label: 'Home' }), address('2', { place: undefined })])
  chooseAddress.mockReset()
})
afterEach(() => { useI18n().setLocale('zh') })

describe('the address book', () => {
  it('is shown by one call, with bones until it comes', async () => {
    const { reply, come } = underWay()
    cloud.replies.addresses = reply
    const page = await openPage(List)
    expect(page.find('.state-loading').exists()).toBe(true)
    await come(done([address('1', { isDefault: true }), address('2', { place: undefined })]))
    expect([page.findAll('.address-row').length, cloud.actions()]).toEqual([2, ['addresses']])
    expect(page.findAll('.address-row')[1]!.text()).toContain(zh.address.noPlace)
  })

  it('that is empty says so, beside the two ways to fill it', async () => {
    cloud.replies.addresses = () => done([])
    const page = await openPage(List)
    expect(page.find('.state-empty').text()).toContain(zh.address.empty)
    await tap(page, '.add-address-button')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/packages/address/edit/edit' })
  })

  it('says that the network is gone, and comes with a tap when it is back', async () => {
    cloud.replies.addresses = inTurn(offline, done([address('1')]))
    const page = await openPage(List)
    expect(page.find('.state-failed').text()).toContain(zh.failures.Offline)
    await tap(page, '.blank__action')
    expect(page.findAll('.address-row')).toHaveLength(1)
  })

  it('shows at once what the form has just saved, and keeps it when looking again fails', async () => {
    const page = await openPage(List)
    useAddresses().book = [address('3')]
    cloud.replies.addresses = () => offline
    await leaveAndReturn()
    await pullDown()
    expect(lines(page)).toEqual(['3 号'])
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.failures.Offline }))
  })

  it('leads to the form of an address', async () => {
    const page = await openPage(List)
    await tap(page, '.address-row')
    await tap(page, '.address__edit')
    expect(phone.navigateTo.mock.calls).toEqual([[{ url: '/packages/address/edit/edit?addressId=1' }], [{ url: '/packages/address/edit/edit?addressId=1' }]])
  })

  it('takes what WeChat has, and takes a no for an answer', async () => {
    chooseAddress.mockResolvedValueOnce(null)
    const page = await openPage(List)
    await tap(page, '.from-wechat-button')
    expect(phone.navigateTo).not.toHaveBeenCalled()
    chooseAddress.mockResolvedValueOnce({ name: '李雷', phone: '13800138000', province: '浙江省', city: '杭州市', district: '西湖区', detail: '桥弄街' })
    await tap(page, '.from-wechat-button')
    expect(useAddresses().given).toMatchObject({ name: '李雷', province: '33', detail: '桥弄街' })
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/packages/address/edit/edit' })
  })

  it('speaks English to whom reads English', async () => {
    useI18n().setLocale('en')
    const page = await openPage(List)
    expect(page.find('.address__head').text()).toMatch(/Default\s*Home/)
    expect(page.find('.addresses__bar').text()).not.toMatch(/\p{Script=Han}/u)
  })
})

describe('an address that is chosen for an order', () => {
  it('is the one that the order goes to, and the page closes; the default is marked until then', async () => {
    const page = await openPage(List, { choose: '1' })
    expect(phone.setNavigationBarTitle).toHaveBeenLastCalledWith(expect.objectContaining({ title: zh.address.chooseTitle }))
    expect(page.findAll('.address-row').map(row => row.classes('address--chosen'))).toEqual([true, false])
    await page.findAll('.address-row')[1]!.trigger('click')
    expect([useDraft().draft.addressId, phone.navigateBack.mock.calls.length, phone.navigateTo.mock.calls]).toEqual(['2', 1, []])
  })

  it('can be changed before it is chosen', async () => {
    const page = await openPage(List, { choose: '1' })
    await tap(page, '.address__edit')
    expect([phone.navigateTo.mock.calls, phone.navigateBack.mock.calls]).toEqual([[[{ url: '/packages/address/edit/edit?addressId=1' }]], []])
  })
})
