import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from './refusal.ts'
import { isLoopback, isOwnAddress, isOwnPage } from './origin.ts'

/** One request on its way through the emulator. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  url: URL
  /** What follows the route's path, still percent-encoded and without a leading slash; '' for an exact route. */
  rest: string
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'ANY'
  /** `/exact`, or `/prefix/*` for everything below. */
  path: string
  /** Refuses every address but this machine's own. */
  loopbackOnly?: true
  handle(exchange: Exchange): Promise<void> | void
}

/**
 * Finds the route of each request and turns what it throws into a JSON sentence. `ownName` is the host that the emulator
 * listens on: the only name, besides localhost, by which it may be addressed.
 */
export function createRouter(routes: Route[], ownName: string): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const answered = isOwnAddress(request, ownName)
      ? answer(routes, request, response)
      : Promise.reject(new Refusal(403, 'Open the local WeChat by its address, not by a name.'))
    answered.catch(error => sendFailure(response, error))
  }
}

async function answer(routes: Route[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = parseUrl(request)
  const route = routes.find(candidate => accepts(candidate, request.method ?? 'GET', url.pathname))
  if (!route) throw new Refusal(404, `There is nothing at ${request.method} ${url.pathname}.`)
  if (route.loopbackOnly && !isLoopback(request)) throw new Refusal(401, 'This address answers only to the machine that the emulator runs on.')
  if (request.method !== 'GET' && !isOwnPage(request)) throw new Refusal(403, 'A page of another site may not use the local WeChat.')
  await route.handle({ request, response, url, rest: restOf(route, url.pathname) })
}

function parseUrl(request: IncomingMessage): URL {
  // The parser resolves dot segments, so that no route ever sees `..` in a path.
  if (!URL.canParse(request.url ?? '', 'http://emulator')) throw new Refusal(400, 'The address of the request cannot be read.')
  return new URL(request.url ?? '', 'http://emulator')
}

function accepts(route: Route, method: string, pathname: string): boolean {
  if (route.method !== 'ANY' && route.method !== method && !(route.method === 'GET' && method === 'HEAD')) return false
  if (!route.path.endsWith('/*')) return route.path === pathname
  return pathname === route.path.slice(0, -2) || pathname.startsWith(route.path.slice(0, -1))
}

function restOf(route: Route, pathname: string): string {
  return route.path.endsWith('/*') ? pathname.slice(route.path.length - 1) : ''
}

/** Sends a JSON answer. */
export function sendJson(response: ServerResponse, body: unknown, status = 200, contentType = 'application/json; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(JSON.stringify(body))
}

function sendFailure(response: ServerResponse, error: unknown): void {
  if (!(error instanceof Refusal)) console.error(error)
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  // What is left of a refused body is not read, so the connection cannot be used again.
  if (error instanceof Refusal && [403, 413].includes(error.status)) response.setHeader('connection', 'close')
  const known = error instanceof Refusal ? error : new Refusal(500, 'The emulator failed; its own output says why.')
  sendJson(response, { message: known.message }, known.status)
}
