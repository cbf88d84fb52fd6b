import { randomUUID } from 'node:crypto'
import { openidOf } from '../http/clientIdentity.ts'
import { sendJson } from '../http/router.ts'
import type { Exchange, Route } from '../http/router.ts'
import { isCloudPath } from './files.ts'
import type { Storage } from './storage.ts'

/** `POST /storage/upload?path=`: the first half of `wx.cloud.uploadFile`. The second is a PUT to the address in the answer. */
export function storageClientRoutes(storage: Storage): Route[] {
  return [{ method: 'POST', path: '/storage/upload', handle: exchange => permitUpload(storage, exchange) }]
}

async function permitUpload(storage: Storage, { request, response, url }: Exchange): Promise<void> {
  const openid = openidOf(request)
  const path = url.searchParams.get('path')
  const fail = (status: number, errCode: number, reason: string) =>
    sendJson(response, { requestId: randomUUID(), errCode, errMsg: `cloud.uploadFile:fail Error: errCode: ${errCode} | errMsg: ${reason}` }, status)
  if (!isCloudPath(path)) return fail(400, -503004, 'storage invalid sign parameter')
  if (openid === undefined || !await storage.mayWrite({ path, openid })) return fail(403, -503002, 'storage permission denied')
  // The address that the caller used, so that a browser finds the upload on its own page's origin.
  const { fileId: fileID, ...upload } = storage.permit({ path, openid }, `http://${request.headers.host}`)
  sendJson(response, { requestId: randomUUID(), ...upload, fileID, errMsg: 'uploadFile:ok' })
}
