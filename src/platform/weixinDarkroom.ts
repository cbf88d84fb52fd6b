import type { Darkroom } from '@/photos/shrink'

const bytesOf = (filePath: string): Promise<number> => new Promise((resolve, reject) => {
  wx.getFileSystemManager().getFileInfo({
    filePath, success: ({ size }) => resolve(size), fail: ({ errMsg }) => reject(new Error(errMsg)),
  })
})

/** WeChat's own tools for pictures. Source: wx.getImageInfo, FileSystemManager.getFileInfo, wx.compressImage. */
export const weixinDarkroom: Darkroom = {
  look: async (path) => {
    const [{ width, height }, bytes] = await Promise.all([wx.getImageInfo({ src: path }), bytesOf(path)])
    return { width, height, bytes }
  },
  // The long side alone is named: a photo may lie on its side, and the other follows by itself.
  print: async (path, { width, height, quality }) => {
    const side = width >= height ? { compressedWidth: width } : { compressedHeight: height }
    return (await wx.compressImage({ src: path, quality, ...side })).tempFilePath
  },
}
