import type { ServerResponse } from 'node:http'
import { readBody } from '../http/body.ts'
import { contentTypeOf } from '../http/contentTypes.ts'
import { readForm } from '../http/multipart.ts'
import { Refusal } from '../http/refusal.ts'
import type { Exchange, Route } from '../http/router.ts'
import type { Files } from './files.ts'
import type { Permit, Storage } from './storage.ts'

const longestFileBytes = 100 * 1024 * 1024

/**
 * `/cos/<path>`: whoever holds a permit of the storage may write a file, as the body of a PUT or in a form, which older SDKs
 * and the mini program send; a private file opens with a signed link.
 */
export function cosRoutes(storage: Storage, files: Files): Route[] {
  return [
    { method: 'PUT', path: '/cos/*', handle: exchange => put(storage, exchange) },
    { method: 'POST', path: '/cos/*', handle: exchange => post(storage, exchange) },
    { method: 'GET', path: '/cos/*', handle: exchange => get(storage, files, exchange) },
  ]
}

async function put(storage: Storage, { request, response, rest }: Exchange): Promise<void> {
  const path = decode(rest)
  const permit = storage.takePermit(request.headers.authorization, path)
  if (!permit || !await storage.mayWrite(permit)) return refuseUpload(response, path)
  await write(storage, permit, await readBody(request, longestFileBytes), response)
}

/** The form of COS's POST Object: the permit is its field Signature. */
async function post(storage: Storage, { request, response, rest }: Exchange): Promise<void> {
  const path = decode(rest)
  if (!storage.expects(path)) return refuseUpload(response, path)
  const form = await readForm(request, longestFileBytes)
  const [signature, key] = ['Signature', 'key'].map(name => form.get(name)?.toString('utf8'))
  const permit = key === path ? storage.takePermit(signature, path) : undefined
  const content = form.get('file')
  if (!permit || !content) return refuseUpload(response, path)
  await write(storage, permit, content, response)
}

async function write(storage: Storage, permit: Permit, content: Buffer, response: ServerResponse): Promise<void> {
  if (await storage.write(permit, content)) response.writeHead(204).end()
  else refuseUpload(response, permit.path)
}

/** The body may be unread: whoever has no permit should not fill the memory either. */
function refuseUpload(response: ServerResponse, path: string): void {
  response.setHeader('connection', 'close')
  sendXml(response, 403, path, refusals.unsigned)
}

async function get(storage: Storage, files: Files, { request, response, url, rest }: Exchange): Promise<void> {
  const path = decode(rest)
  const state = storage.linkState(path, url.searchParams)
  if (state !== 'valid') return sendXml(response, 403, path, refusals[state])
  const content = await files.read(path)
  if (content === null) return sendXml(response, 404, path, missing)
  response.writeHead(200, {
    'content-type': contentTypeOf(path),
    'content-length': content.length,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    // An uploaded page or drawing must not run scripts beside the mini program, on the same address.
    'content-security-policy': 'sandbox',
    'access-control-allow-origin': '*',
  })
  response.end(request.method === 'HEAD' ? undefined : content)
}

function decode(rest: string): string {
  try {
    return decodeURIComponent(rest)
  } catch (error) {
    throw new Refusal(400, `The path cannot be decoded: ${(error as Error).message}.`)
  }
}

interface CosError {
  code: string
  message: string
}

/** COS's own words. Source: COS, 403 errors. */
const refusals: Record<'unsigned' | 'expired' | 'altered', CosError> = {
  unsigned: { code: 'AccessDenied', message: 'Access Denied.' },
  expired: { code: 'AccessDenied', message: 'Request has expired' },
  altered: { code: 'SignatureDoesNotMatch', message: 'The Signature you specified is invalid.' },
}

const missing: CosError = { code: 'NoSuchKey', message: 'The specified key does not exist.' }

/** The SDK reads all elements of a refused upload but the resource. */
function sendXml(response: ServerResponse, status: number, path: string, { code, message }: CosError): void {
  const resource = path.replace(/[<>&]/g, '')
  const xml = `<?xml version='1.0' encoding='utf-8' ?><Error><Code>${code}</Code><Message>${message}</Message>`
    + `<Resource>${resource}</Resource><RequestId>local</RequestId><TraceId>local</TraceId></Error>`
  response.writeHead(status, { 'content-type': 'application/xml', 'cache-control': 'no-store' }).end(xml)
}
