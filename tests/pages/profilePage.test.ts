// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Profile from '@/packages/member/profile/profile.vue'
import { cloud, inTurn, underWay } from './support/cloud'
import { done, offline, refused } from './support/goods'
import { openPage, tap, written } from './support/pages'
import { me, member } from './support/people'
import type { VueWrapper } from '@vue/test-utils'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
const { choosePictures, uploadPicture } = vi.hoisted(() => ({
  choosePictures: vi.fn<() => Promise<string[]>>(), uploadPicture: vi.fn<(file: string, path: string) => Promise<string>>(),
}))
vi.mock('@/platform', async () => ({ wechat: { ...(await import('./support/phone')).plainWeChat, choosePictures, uploadPicture } }))

let phone: ReturnType<typeof freshPhone>
const saved = () => cloud.inputs('saveProfile')
const send = async (page: VueWrapper, nickname: string) => {
  await page.find('form').trigger('submit', { detail: { value: { nickname } } })
  await flushPromises()
}

beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.me = () => done(me({ nickname: '小美', avatar: 'cloud://e.b/avatar/old.jpg' }))
  cloud.replies.saveProfile = () => done(member())
  choosePictures.mockReset().mockResolvedValue(['wxfile://face.png'])
  uploadPicture.mockReset().mockImplementation(async (_, path) => `cloud://e.b/${path}`)
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(() => { useI18n().setLocale('zh') })

describe('the own name and picture', () => {
  it('are shown by one call, with bones until they come', async () => {
    const { reply, come } = underWay()
    cloud.replies.me = reply
    const page = await openPage(Profile)
    expect(page.find('.state-loading').exists()).toBe(true)
    await come(done(me({ nickname: '小美' })))
    expect([written(page, '.nickname-input'), page.find('.remove-avatar').exists(), cloud.actions()]).toEqual(['小美', false, ['me']])
  })

  it('say that the network is gone, and come with a tap when it is back', async () => {
    cloud.replies.me = inTurn(offline, done(me()))
    const page = await openPage(Profile)
    expect(page.find('.state-failed').text()).toContain(zh.failures.Offline)
    await tap(page, '.blank__action')
    expect(page.find('form').exists()).toBe(true)
  })

  it('are saved with a picture in the place that the server knows, and the page closes', async () => {
    const page = await openPage(Profile)
    await tap(page, '.choose-avatar')
    const [file, path] = uploadPicture.mock.calls[0]!
    expect([file, path]).toEqual(['wxfile://face.png', expect.stringMatching(/^avatar\/m-1\/\w+\.png$/)])
    await send(page, ' 小丽 ')
    expect(saved()).toEqual([{ nickname: '小丽', avatar: `cloud://e.b/${path}` }])
    expect(phone.navigateBack).toHaveBeenCalledOnce()
    expect(phone.showToast.mock.calls).toEqual([[expect.objectContaining({ title: zh.profile.saved })]])
  })

  it('can be taken back', async () => {
    const page = await openPage(Profile)
    await tap(page, '.remove-avatar')
    await send(page, '')
    expect(saved()).toEqual([{ nickname: '', avatar: '' }])
  })

  it('are saved once by two taps', async () => {
    const saving = underWay()
    cloud.replies.saveProfile = saving.reply
    const page = await openPage(Profile)
    await send(page, '小丽')
    await send(page, '小丽')
    await saving.come(done(member()))
    expect([saved().length, phone.navigateBack.mock.calls.length]).toEqual([1, 1])
  })

  it.each([
    ['ContentRefused', refused('ContentRefused')], ['Offline', offline],
  ] as const)('stay to be mended when it was not saved (%s), with a word', async (code, answer) => {
    cloud.replies.saveProfile = () => answer
    const page = await openPage(Profile)
    await tap(page, '.choose-avatar')
    await send(page, '小丽')
    expect(phone.showToast).toHaveBeenLastCalledWith(expect.objectContaining({ title: zh.failures[code] }))
    expect([phone.navigateBack.mock.calls, page.find('.form__picture').attributes('src')]).toEqual([[], 'wxfile://face.png'])
    await send(page, '小丽')
    expect(saved()).toHaveLength(2)
  })

  it('are not saved while the picture is on its way, nor without one that did not arrive', async () => {
    let fail = (_: Error) => undefined as void
    uploadPicture.mockReturnValueOnce(new Promise((_, reject) => { fail = reject }))
    const page = await openPage(Profile)
    await tap(page, '.choose-avatar')
    await send(page, '小丽')
    expect(phone.showToast).toHaveBeenLastCalledWith(expect.objectContaining({ title: zh.photos.wait }))
    fail(new Error('no net'))
    await flushPromises()
    await send(page, '小丽')
    expect([page.find('.form__problem').text(), saved()]).toEqual([zh.photos.again, []])
    await tap(page, '.choose-avatar')
    await send(page, '小丽')
    expect(saved()).toHaveLength(1)
  })

  it('keep the picture of before when none is chosen, and say so where the album does not open', async () => {
    const page = await openPage(Profile)
    choosePictures.mockResolvedValueOnce([])
    await tap(page, '.choose-avatar')
    choosePictures.mockRejectedValueOnce(new Error('denied'))
    await tap(page, '.choose-avatar')
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.photos.notOpened }))
    await send(page, '小美')
    expect(saved()).toEqual([{ nickname: '小美', avatar: 'cloud://e.b/avatar/old.jpg' }])
  })

  it('are asked for in English of whom reads English', async () => {
    useI18n().setLocale('en')
    cloud.replies.me = () => done(me())
    expect((await openPage(Profile)).text()).not.toMatch(/\p{Script=Han}/u)
  })
})
