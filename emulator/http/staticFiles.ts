import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { contentTypeOf } from './contentTypes.ts'
import { Refusal } from './refusal.ts'
import type { Exchange, Route } from './router.ts'

/** Serves an H5 build at `/`. A path without an extension that is no file is a page of the app, and answers index.html. */
export function staticRoute(directory: string): Route {
  const root = resolve(directory)
  return {
    method: 'GET',
    path: '/*',
    handle: async (exchange) => {
      const found = await findFile(root, exchange.url.pathname)
      if (!found) throw new Refusal(404, `There is no file at ${exchange.url.pathname}.`)
      await sendFile(exchange, found)
    },
  }
}

interface FoundFile {
  path: string
  size: number
}

async function findFile(root: string, pathname: string): Promise<FoundFile | null> {
  const path = join(root, decode(pathname))
  const inside = path === root || path.startsWith(root + sep)
  const found = inside ? await fileAt(path) : null
  if (found || extname(path) !== '') return found
  return fileAt(join(root, 'index.html'))
}

async function fileAt(path: string): Promise<FoundFile | null> {
  const found = await stat(path).catch(() => null)
  return found?.isFile() ? { path, size: found.size } : null
}

function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch (error) {
    throw new Refusal(400, `The path cannot be decoded: ${(error as Error).message}.`)
  }
}

async function sendFile({ request, response }: Exchange, file: FoundFile): Promise<void> {
  response.writeHead(200, {
    'content-type': contentTypeOf(file.path),
    'content-length': file.size,
    'cache-control': cacheRule(file.path),
    'x-content-type-options': 'nosniff',
  })
  if (request.method === 'HEAD') response.end()
  else await pipeline(createReadStream(file.path), response).catch(unlessHungUp)
}

/** A browser that leaves a page hangs up in the middle of its files; that is no fault of anybody. */
function unlessHungUp(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
}

/** The build gives what lies under assets/ a hash in its name, so it never changes; everything else must be asked for again. */
function cacheRule(path: string): string {
  const hashed = path.split(sep).includes('assets') && /[-.][A-Za-z0-9_-]{8,}\.\w+$/.test(path)
  return hashed ? 'public, max-age=31536000, immutable' : 'no-cache'
}
