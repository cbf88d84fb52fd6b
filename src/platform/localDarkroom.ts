import type { Darkroom, Size } from '@/photos/shrink'

const read = async (path: string): Promise<Blob> => (await fetch(path)).blob()

async function draw(picture: ImageBitmap, { width, height }: Size, quality: number): Promise<Blob> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob => blob ? resolve(blob) : reject(new Error('The browser could not draw the picture')), 'image/jpeg', quality / 100)
  })
}

/** A browser's canvas. */
export const localDarkroom: Darkroom = {
  look: async (path) => {
    const blob = await read(path)
    const picture = await createImageBitmap(blob)
    const { width, height } = picture
    picture.close()
    return { width, height, bytes: blob.size }
  },
  print: async (path, { quality, ...size }) => {
    const picture = await createImageBitmap(await read(path))
    const blob = await draw(picture, size, quality)
    picture.close()
    return URL.createObjectURL(blob)
  },
}
