import { drawPicture, fileAt, keepFile } from '../files.ts'
import type { Person } from '../person.ts'
import type { Shell } from '../shell/shell.ts'
import { pictureUrl } from '../elements/image.ts'
import { asyncApi } from './asyncApi.ts'

interface CompressOptions { src: string, quality?: number, compressedWidth?: number, compressedHeight?: number }

interface ChooseOptions { count?: number, mediaType?: string[], sourceType?: string[] }

/** The side that is not named follows the other. What comes out is a JPEG. */
async function compress({ src, quality = 80, compressedWidth, compressedHeight }: CompressOptions) {
  const picture = await createImageBitmap(fileAt(src))
  const width = compressedWidth ?? (compressedHeight ? picture.width * compressedHeight / picture.height : picture.width)
  const height = compressedHeight ?? picture.height * width / picture.width
  const canvas = new OffscreenCanvas(Math.round(width), Math.round(height))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return { tempFilePath: keepFile(await canvas.convertToBlob({ type: 'image/jpeg', quality: quality / 100 })) }
}

const pictureBytes = (file: Blob) => ({ size: file.size })

/** Pictures of the person's own. Without a word from the test they take one, which the phone draws. */
export function mediaApi(shell: Shell, person: Person) {
  const choose = async (name: string, { count = 9 }: ChooseOptions) => {
    const wanted = Math.min(count, person.answer<number>(name, () => 1))
    return await Promise.all(Array.from({ length: wanted }, async (_, index) => {
      const file = await drawPicture(index, person.answer('camera', () => 64))
      return { path: keepFile(file), ...pictureBytes(file) }
    }))
  }
  return {
    chooseMedia: asyncApi('chooseMedia', async (options: ChooseOptions) => ({
      type: 'image',
      tempFiles: (await choose('chooseMedia', options)).map(({ path, size }) =>
        ({ tempFilePath: path, size, fileType: 'image', duration: 0, width: 64, height: 64, thumbTempFilePath: '' })),
    })),
    chooseImage: asyncApi('chooseImage', async (options: ChooseOptions) => {
      const files = await choose('chooseImage', options)
      return { tempFilePaths: files.map(({ path }) => path), tempFiles: files }
    }),
    getImageInfo: asyncApi('getImageInfo', async ({ src }: { src: string }) => {
      const { width, height } = await createImageBitmap(fileAt(src))
      return { width, height, path: src, orientation: 'up', type: fileAt(src).type.split('/')[1] }
    }),
    getFileSystemManager: () => ({
      getFileInfo: asyncApi('getFileInfo', ({ filePath }: { filePath: string }) => pictureBytes(fileAt(filePath))),
    }),
    compressImage: asyncApi('compressImage', compress),
    previewImage: asyncApi('previewImage', ({ urls, current }: { urls: string[], current?: string }) => {
      if (!Array.isArray(urls) || urls.length === 0) throw new Error('parameter error: parameter.urls should be Array')
      person.did('previewImage', { urls, current })
      const shade = shell.make('div', { className: 'shade', title: 'previewImage', onclick: () => shade.remove() })
      shade.append(shell.make('img', { src: pictureUrl(current ?? urls[0] ?? ''), alt: '' }))
      shell.over.append(shade)
    }),
    saveImageToPhotosAlbum: asyncApi('saveImageToPhotosAlbum', (options: { filePath: string }) => person.did('saveImageToPhotosAlbum', options)),
  }
}
