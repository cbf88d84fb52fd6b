import type { Launch } from '../phone.ts'
import { fileAt, keepFile } from '../files.ts'
import { pictureUrl } from '../elements/image.ts'
import { asyncApi } from './asyncApi.ts'

interface CallAnswer { requestId?: string, result?: unknown, errCode?: number, errMsg?: string }

/** `wx.cloud`: cloud functions of the local cloud, called as this phone's person. */
export function cloudApi({ person }: Launch) {
  let isReady = false
  return {
    init: () => { isReady = true },
    callFunction: asyncApi('cloud.callFunction', async ({ name, data }: { name: string, data?: unknown }) => {
      if (!isReady) throw new Error('Cloud API isn\'t enabled, please call wx.cloud.init first')
      const { requestId, result, errCode, errMsg } = await post(`/functions/${name}`, data ?? {}, { 'x-wx-openid': `o-${person}` }) as CallAnswer
      if (errMsg !== undefined) throw Object.assign(new Error(errMsg), { errCode, errMsg })
      return { requestId, result }
    }),
    uploadFile: asyncApi('cloud.uploadFile', ({ cloudPath, filePath }: { cloudPath: string, filePath: string }) => upload(person, cloudPath, fileAt(filePath))),
    downloadFile: asyncApi('cloud.downloadFile', async ({ fileID }: { fileID: string }) => {
      const response = await fetch(pictureUrl(fileID))
      if (!response.ok) throw new Error('STORAGE_FILE_NONEXIST')
      return { tempFilePath: keepFile(await response.blob()), statusCode: response.status }
    }),
  }
}

/** Both halves of an upload: leave to write, then the bytes, on this page's own origin. */
async function upload(person: string, cloudPath: string, file: Blob) {
  const permit = await post(`/storage/upload?path=${encodeURIComponent(cloudPath)}`, {}, { 'x-wx-openid': `o-${person}` }) as
    { fileID: string, url: string, authorization: string, errCode?: number, errMsg: string }
  if (permit.errCode !== undefined) throw Object.assign(new Error(permit.errMsg), { errCode: permit.errCode, errMsg: permit.errMsg })
  const { status } = await fetch(new URL(permit.url).pathname, { method: 'PUT', headers: { authorization: permit.authorization }, body: file })
  if (status >= 300) throw new Error(`the storage answered ${status}`)
  return { fileID: permit.fileID, statusCode: status }
}

/** `wx.login`: a code of the local WeChat. */
export function loginApi({ person }: Launch) {
  return {
    login: asyncApi('login', async () => {
      const { code } = await post('/wechat/login', { person }) as { code?: string }
      if (code === undefined) throw new Error('the local WeChat gave no code')
      return { code }
    }),
  }
}

export async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  return await response.json()
}
