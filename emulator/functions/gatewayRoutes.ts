import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { readBody } from '../http/body.ts'
import { clientAddress } from '../http/origin.ts'
import { Refusal } from '../http/refusal.ts'
import { sendJson } from '../http/router.ts'
import type { Exchange, Route } from '../http/router.ts'
import type { FailureCode } from './failure.ts'
import type { Functions } from './functions.ts'

const longestTextBytes = 100 * 1024
const longestBodyBytes = 6 * 1024 * 1024

/** `/http/<name>/<path>`: the HTTP access service. Whoever calls has no identity that WeChat vouches for. */
export function gatewayRoutes(functions: Functions, envId: string): Route[] {
  return [{ method: 'ANY', path: '/http/*', handle: exchange => callOverHttp(functions, envId, exchange) }]
}

async function callOverHttp(functions: Functions, envId: string, exchange: Exchange): Promise<void> {
  const { request, response, rest } = exchange
  const [name = ''] = rest.split('/')
  // Before the body is read, as in clientRoutes.
  if (!functions.find(name)) throw new Refusal(404, `There is no function ${name}.`)
  const event = await gatewayEvent(exchange, rest.slice(name.length) || '/', envId)
  const outcome = await functions.call(name, event, { source: 'wx_http', clientIp: clientAddress(request) })
  response.setHeader('x-request-id', outcome.requestId)
  if ('failure' in outcome) sendGatewayFailure(response, outcome.requestId, outcome.failure.code)
  else sendReply(response, JSON.parse(outcome.result) as unknown)
}

/** The integrated request. Source: 使用 HTTP 访问云函数. */
async function gatewayEvent({ request, url }: Exchange, path: string, envId: string): Promise<Record<string, unknown>> {
  const body = await readBody(request, longestBodyBytes)
  const isText = isTextType(request.headers['content-type'])
  if (isText && body.length > longestTextBytes) throw new Refusal(413, 'EXCEED_MAX_PAYLOAD_SIZE: a text request may have 100 KB.')
  return {
    path,
    httpMethod: request.method,
    headers: outsideHeaders(request.headers),
    multiValueHeaders: outsideHeaderLists(request.headersDistinct),
    queryStringParameters: Object.fromEntries(url.searchParams),
    body: body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
    requestContext: { requestId: randomUUID(), envId, httpMethod: request.method, path: url.pathname, sourceIp: clientAddress(request) },
  }
}

function isTextType(contentType = 'text/plain'): boolean {
  return /^text\/|[/+](json|xml)\b|x-www-form-urlencoded/.test(contentType)
}

/** Nobody outside may pose as WeChat's own gateway, which vouches for callers in x-wx-* headers. */
function outsideHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = Object.entries(headers).filter(isFromOutside)
  return Object.fromEntries(kept.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? '']))
}

function outsideHeaderLists(headers: NodeJS.Dict<string[]>): NodeJS.Dict<string[]> {
  return Object.fromEntries(Object.entries(headers).filter(isFromOutside))
}

function isFromOutside([name]: [string, unknown]): boolean {
  return !name.startsWith('x-wx-')
}

interface IntegratedReply {
  statusCode: number
  headers?: Record<string, string | number | string[]>
  body?: unknown
  isBase64Encoded?: boolean
}

/** What a function returns becomes the answer: as it says where it gives a statusCode, else a text as it is and an object as JSON. */
function sendReply(response: ServerResponse, returned: unknown): void {
  if (typeof returned === 'string' || typeof returned === 'number') return sendText(response, String(returned))
  if (!isIntegrated(returned)) return sendJson(response, returned)
  const isText = typeof returned.body === 'string' || returned.body === undefined || returned.body === null
  const text = isText ? (returned.body as string | undefined) ?? '' : JSON.stringify(returned.body)
  const textOf = (value: string | number | string[]) => Array.isArray(value) ? value.map(String) : String(value)
  const headers = Object.fromEntries(Object.entries(returned.headers ?? {}).map(([name, value]) => [name.toLowerCase(), textOf(value)]))
  // The length is the emulator's to say: a wrong one would hang the client.
  delete headers['content-length']
  response.writeHead(returned.statusCode, { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8', ...headers })
  response.end(Buffer.from(text, returned.isBase64Encoded ? 'base64' : 'utf8'))
}

function sendText(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(text)
}

function isIntegrated(returned: unknown): returned is IntegratedReply {
  const statusCode = (returned as Partial<IntegratedReply> | null)?.statusCode
  return typeof statusCode === 'number' && Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599
}

const statuses: Partial<Record<FailureCode, number>> = {
  FUNCTION_NOT_FOUND: 404, EXCEED_MAX_PAYLOAD_SIZE: 413, EXCEED_MAX_RESPONSE_SIZE: 502, FUNCTIONS_TIME_LIMIT_EXCEEDED: 504,
}

/** The reason stays in functions.log: a stack is nothing for whoever is on the internet. */
function sendGatewayFailure(response: ServerResponse, requestId: string, code: FailureCode): void {
  sendJson(response, { requestId, code, message: 'The function gave no answer; functions.log says why.' }, statuses[code] ?? 500)
}
