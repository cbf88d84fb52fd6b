import { readBody } from '../http/body.ts'
import { contentTypeOf } from '../http/contentTypes.ts'
import { Refusal } from '../http/refusal.ts'
import type { Exchange, Route } from '../http/router.ts'
import type { Files } from './files.ts'
import type { Storage } from './storage.ts'

const longestFileBytes = 100 * 1024 * 1024

/** `/cos/<path>`: everybody may read a file, and whoever holds a permit of the storage may write one. */
export function cosRoutes(storage: Storage, files: Files): Route[] {
  return [
    { method: 'PUT', path: '/cos/*', handle: exchange => put(storage, files, exchange) },
    { method: 'GET', path: '/cos/*', handle: exchange => get(files, exchange) },
  ]
}

async function put(storage: Storage, files: Files, { request, response, rest }: Exchange): Promise<void> {
  const path = decode(rest)
  if (!storage.takePermit(request.headers.authorization, path)) {
    // The body is not read: whoever has no permit should not fill the memory either.
    response.writeHead(403, { 'content-type': 'application/xml', 'connection': 'close' }).end(refusalXml(path))
    return
  }
  await files.write(path, await readBody(request, longestFileBytes))
  response.writeHead(204).end()
}

async function get(files: Files, { request, response, rest }: Exchange): Promise<void> {
  const path = decode(rest)
  const content = await files.read(path)
  if (content === null) throw new Refusal(404, `The storage has no file ${path}.`)
  const type = contentTypeOf(path)
  response.writeHead(200, {
    'content-type': type,
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

/** The SDK reads all four elements of a refusal. */
function refusalXml(path: string): string {
  const resource = path.replace(/[<>&]/g, '')
  return '<?xml version=\'1.0\' encoding=\'utf-8\' ?><Error><Code>AccessDenied</Code><Message>Access Denied.</Message>'
    + `<Resource>${resource}</Resource><RequestId>local</RequestId><TraceId>local</TraceId></Error>`
}
