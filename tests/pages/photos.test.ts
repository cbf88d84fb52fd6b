// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { usePhotos } from '@/composables/usePhotos'
import { zh } from '@/locales/zh'
import { PHOTO_MAX_BYTES } from '@contracts/photo.ts'
import type { Darkroom } from '@/photos/shrink'

const { choosePictures, uploadPicture, look, print } = vi.hoisted(() => ({
  choosePictures: vi.fn<() => Promise<string[]>>(), uploadPicture: vi.fn<(file: string, path: string) => Promise<string>>(),
  look: vi.fn<Darkroom['look']>(), print: vi.fn<Darkroom['print']>(),
}))
vi.mock('@/platform', async () => ({
  wechat: { ...(await import('./support/phone')).plainWeChat, choosePictures, uploadPicture, darkroom: { look, print } },
}))

const small = { width: 800, height: 600, bytes: 1000 }
const photos = (most = 3, before: string[] = []) => usePhotos(() => 'review/m-1', { most, before })

beforeEach(() => {
  freshPhone()
  choosePictures.mockReset().mockResolvedValue(['wxfile://a.PNG', 'blob:http://localhost/1'])
  uploadPicture.mockReset().mockImplementation(async (_, path) => `cloud://e.b/${path}`)
  look.mockReset().mockResolvedValue(small)
  print.mockReset().mockResolvedValue('wxfile://smaller.jpg')
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})

describe('photos of a form', () => {
  it('are sent as soon as they are chosen, each under a name of its own with its own ending', async () => {
    const { choose, fileIds, obstacle } = photos()
    await choose()
    const [first, second] = uploadPicture.mock.calls.map(([, path]) => path)
    expect([first, second]).toEqual([expect.stringMatching(/^review\/m-1\/\w+\.png$/), expect.stringMatching(/^review\/m-1\/\w+\.jpg$/)])
    expect(first!.slice(0, -4)).not.toBe(second!.slice(0, -4))
    expect([fileIds.value, obstacle.value]).toEqual([[`cloud://e.b/${first}`, `cloud://e.b/${second}`], ''])
  })

  it('are no more than there is room for, those of before counted in', async () => {
    const { choose, photos: shown, room } = photos(2, ['cloud://e.b/old.jpg'])
    await choose()
    expect(choosePictures).toHaveBeenCalledWith(1)
    expect([shown.value.map(photo => photo.path), room.value]).toEqual([['cloud://e.b/old.jpg', 'wxfile://a.PNG'], 0])
  })

  it('that are large are made smaller before they are sent', async () => {
    choosePictures.mockResolvedValue(['wxfile://large.png'])
    look.mockResolvedValueOnce({ width: 4000, height: 3000, bytes: 5 * PHOTO_MAX_BYTES })
    await photos().choose()
    expect(print).toHaveBeenCalledWith('wxfile://large.png', { width: 1280, height: 960, quality: 80 })
    expect(uploadPicture).toHaveBeenCalledWith('wxfile://smaller.jpg', expect.stringMatching(/\.jpg$/))
  })

  it('that cannot be made smaller are sent as they are: the server decides', async () => {
    choosePictures.mockResolvedValue(['wxfile://large.png'])
    look.mockRejectedValue(new Error('no darkroom'))
    const { choose, obstacle } = photos()
    await choose()
    expect(uploadPicture).toHaveBeenCalledWith('wxfile://large.png', expect.stringMatching(/\.png$/))
    expect(obstacle.value).toBe('')
  })

  it('keep the form waiting while they are on their way, and can be sent again where that failed', async () => {
    let fail = (_: Error) => undefined as void
    uploadPicture.mockReturnValueOnce(new Promise((_, reject) => { fail = reject }))
    choosePictures.mockResolvedValue(['wxfile://a.png'])
    const { choose, send, photos: shown, obstacle, fileIds } = photos()
    const choosing = choose()
    await flushPromises()
    expect(obstacle.value).toBe(zh.photos.wait)
    fail(new Error('no net'))
    await choosing
    expect([obstacle.value, fileIds.value]).toEqual([zh.photos.again, ['']])
    await send(shown.value[0]!)
    expect([obstacle.value, fileIds.value]).toEqual(['', [expect.stringContaining('review/m-1/')]])
  })

  it('that were taken out while they were on their way do not come back', async () => {
    let arrive = (_: string) => undefined as void
    uploadPicture.mockReturnValueOnce(new Promise((resolve) => { arrive = resolve }))
    choosePictures.mockResolvedValue(['wxfile://a.png'])
    const { choose, remove, photos: shown } = photos()
    const choosing = choose()
    await flushPromises()
    remove(shown.value[0]!.key)
    arrive('cloud://e.b/a.png')
    await choosing
    expect(shown.value).toEqual([])
  })
})
