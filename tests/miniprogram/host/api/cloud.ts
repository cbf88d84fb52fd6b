import type { Launch } from '../phone.ts'
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
  }
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
