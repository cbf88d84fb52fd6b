import { readFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { readBuild } from './compile/readBuild.ts'

const here = path.dirname(fileURLToPath(import.meta.url))
const webview = '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/webview.css"><body><script type="module" src="/host.js"></script>'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json',
  '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.svg': 'image/svg+xml', '.gif': 'image/gif',
}

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void

/** Serves the phone, the build that it runs, and on the same origin the local cloud. */
export async function servePhone(options: { buildDir: string, cloudUrl: string }) {
  const routes = await routesOf(options)
  const server = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://phone')
    const [, handle] = routes.find(([prefix]) => leadsTo(prefix, url.pathname)) ?? []
    const answered = handle ? handle(incoming, response, url) : answer(response, 404, '.html', '')
    Promise.resolve(answered).catch((error: Error) => answer(response, 500, '.html', error.message))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

async function routesOf({ buildDir, cloudUrl }: { buildDir: string, cloudUrl: string }): Promise<[prefix: string, handle: Handler][]> {
  const program = programs.get(buildDir) ?? JSON.stringify(readBuild(buildDir))
  programs.set(buildDir, program)
  hostBundle ??= bundleHost()
  const host = await hostBundle
  const toCloud: Handler = (incoming, response) => forward(cloudUrl, incoming, response)
  const routes: Record<string, Handler> = {
    '/': (_, response) => file(response, path.join(here, 'host/shell/shell.html')),
    '/webview': (_, response) => answer(response, 200, '.html', webview),
    '/webview.css': (_, response) => file(response, path.join(here, 'host/webview.css')),
    '/host.js': (_, response) => answer(response, 200, '.js', host),
    '/program': (_, response) => answer(response, 200, '.json', program),
    '/favicon.ico': (_, response) => answer(response, 204, '.html', ''),
    '/build/': (_, response, url) => file(response, path.join(buildDir, decodeURIComponent(url.pathname.slice('/build/'.length)))),
    '/functions/': toCloud,
    '/wechat/': toCloud,
    '/cos/': toCloud,
    '/storage/': toCloud,
  }
  return Object.entries(routes)
}

/** A prefix that names a folder leads to everything in it; `/` is the phone itself. */
function leadsTo(prefix: string, pathname: string): boolean {
  return pathname === prefix || (prefix !== '/' && prefix.endsWith('/') && pathname.startsWith(prefix))
}

// The same for every phone of a run.
const programs = new Map<string, string>()
let hostBundle: Promise<string> | undefined

async function bundleHost(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(here, 'host/main.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

async function file(response: ServerResponse, name: string): Promise<void> {
  const content = await readFile(name).catch(() => null)
  if (content === null) answer(response, 404, '.html', `There is no ${name}`)
  else answer(response, 200, path.extname(name), content)
}

function answer(response: ServerResponse, status: number, extension: string, content: string | Buffer): void {
  response.writeHead(status, { 'content-type': types[extension] ?? 'application/octet-stream' }).end(content)
}

/** The local cloud takes a caller's openid only from its own machine, which this server is. */
function forward(cloudUrl: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const { host: _, ...headers } = incoming.headers
    const onward = request(new URL(incoming.url ?? '/', cloudUrl), { method: incoming.method, headers }, (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers)
      answered.pipe(response).on('finish', resolve)
    })
    onward.on('error', reject)
    incoming.pipe(onward)
  })
}
