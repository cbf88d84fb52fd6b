import type { Files } from '../ports.ts'
import { tempFileUrls } from './cloud.ts'

/** The storage port on wx-server-sdk. */
export const openFiles = (): Files => ({
  links: async (fileIds) => {
    if (fileIds.length === 0) return new Map()
    const found = await tempFileUrls(fileIds)
    return new Map(found.filter(({ status }) => status === 0).map(({ fileID, tempFileURL }) => [fileID, tempFileURL]))
  },
})
