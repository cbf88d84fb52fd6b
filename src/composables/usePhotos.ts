import { computed, ref } from 'vue'
import { useI18n } from '@/locales'
import { shrink } from '@/photos/shrink'
import { wechat } from '@/platform'

/** A picture on its way to the cloud, or there. */
export interface Photo {
  key: string
  /** Where it lies on the phone. */
  path: string
  state: 'sending' | 'sent' | 'failed'
  /** Empty until it is there. */
  fileId: string
}

/** The ending that WeChat's own pictures have; a browser's own files have none in their address. */
const endingOf = (path: string): string => /\.(jpg|jpeg|png|webp|heic)$/i.exec(path)?.[1]?.toLowerCase() ?? 'jpg'

const newName = (): string => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 12)}`

/** As the server takes it; a picture that cannot be made smaller is sent as it is, and the server decides. */
async function small(path: string): Promise<string> {
  try {
    return await shrink(path, wechat.darkroom)
  } catch (error) {
    console.warn('A photo was not made smaller:', error)
    return path
  }
}

/**
 * Pictures that go with a form: each is made small and sent as soon as it is chosen, under a name of its own, so that sending the
 * form later takes one call. `folder` is the place that the server named; it is asked when a picture is chosen. `before` are the
 * file ids of pictures that are there already.
 */
export function usePhotos(folder: () => string, { most, before = [] }: { most: number, before?: readonly string[] }) {
  const { t } = useI18n()
  const photos = ref<Photo[]>(before.map(fileId => ({ key: fileId, path: wechat.pictureUrl(fileId), state: 'sent', fileId })))
  const fileIds = computed(() => photos.value.map(photo => photo.fileId))
  const isSending = computed(() => photos.value.some(photo => photo.state === 'sending'))
  const hasFailed = computed(() => photos.value.some(photo => photo.state === 'failed'))
  const room = computed(() => most - photos.value.length)

  function put(key: string, change: Partial<Photo>): void {
    photos.value = photos.value.map(photo => photo.key === key ? { ...photo, ...change } : photo)
  }

  async function send({ key, path }: Photo): Promise<void> {
    put(key, { state: 'sending' })
    try {
      const file = await small(path)
      put(key, { state: 'sent', fileId: await wechat.uploadPicture(file, `${folder()}/${key}.${endingOf(file)}`) })
    } catch (error) {
      console.warn('A photo was not uploaded:', error)
      put(key, { state: 'failed' })
    }
  }

  /** Pictures of the phone that the person picks; none when they think better of it, or when the album does not open. */
  async function pick(max: number): Promise<string[]> {
    return wechat.choosePictures(max).catch((error: unknown) => {
      console.warn('No photos could be chosen:', error)
      uni.showToast({ title: t.value.photos.notOpened, icon: 'none' })
      return []
    })
  }

  /** Sends as many of these pictures of the phone as there is room for. */
  async function take(paths: readonly string[]): Promise<void> {
    const added = paths.slice(0, room.value).map((path): Photo => ({ path, key: newName(), state: 'sending', fileId: '' }))
    photos.value = [...photos.value, ...added]
    await Promise.all(added.map(send))
  }

  const choose = async (): Promise<void> => take(await pick(room.value))

  /** Puts one picture in the place of all that were there; nothing changes when none is given. */
  async function replace(paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return
    photos.value = []
    await take(paths)
  }

  function remove(key: string): void {
    photos.value = photos.value.filter(photo => photo.key !== key)
  }

  /** What keeps the form from being sent, in words; empty when nothing does. */
  const obstacle = computed(() => isSending.value ? t.value.photos.wait : hasFailed.value ? t.value.photos.again : '')

  return { photos, fileIds, room, obstacle, pick, choose, replace, send, remove }
}
