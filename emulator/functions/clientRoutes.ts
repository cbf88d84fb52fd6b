import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { parseJsonObject, readBody } from '../http/body.ts'
import { clientAddress, isLoopback } from '../http/origin.ts'
import { Refusal } from '../http/refusal.ts'
import { sendJson } from '../http/router.ts'
import type { Exchange, Route } from '../http/router.ts'
import { FunctionFailure } from './failure.ts'
import type { Functions } from './functions.ts'

const longestTextBytes = 100 * 1024

/** What WeChat does with a call before the function sees it. */
export interface Gatekeeper {
  /** The event that the function gets. */
  admit(event: Record<string, unknown>, openid: string | undefined): Record<string, unknown>
}

/** `POST /functions/<name>`: the call of a mini program, with the event as its body and the caller in a header. */
export function clientRoutes(functions: Functions, gatekeeper: Gatekeeper): Route[] {
  return [{ method: 'POST', path: '/functions/*', handle: exchange => callFromClient(functions, gatekeeper, exchange) }]
}

async function callFromClient(functions: Functions, gatekeeper: Gatekeeper, { request, response, rest }: Exchange): Promise<void> {
  const openid = openidOf(request)
  // Before the body is read: whoever mistakes a name should not fill the memory and the record with it.
  if (!functions.find(rest)) return sendClientFailure(response, randomUUID(), FunctionFailure.notFound(rest))
  const text = (await readBody(request, longestTextBytes + 1).catch(tooLarge)).toString('utf8')
  if (Buffer.byteLength(text) > longestTextBytes) return sendClientFailure(response, '', largeFailure())
  const event = gatekeeper.admit(parseJsonObject(text), openid)
  const outcome = await functions.call(rest, event, { source: 'wx_client', openid, clientIp: clientAddress(request) })
  if ('failure' in outcome) sendClientFailure(response, outcome.requestId, outcome.failure)
  else sendJson(response, { requestId: outcome.requestId, result: JSON.parse(outcome.result) as unknown })
}

/** Only this machine may say who it is: a page on the local network must log in like everyone else. */
function openidOf(request: IncomingMessage): string | undefined {
  const openid = request.headers['x-wx-openid']
  if (openid === undefined) return undefined
  if (!isLoopback(request)) throw new Refusal(401, 'Only the machine that the emulator runs on may set x-wx-openid.')
  if (typeof openid !== 'string' || !/^[\w-]{1,64}$/.test(openid)) throw new Refusal(400, 'x-wx-openid must be 1 to 64 letters, digits, _ or -.')
  return openid
}

function tooLarge(error: unknown): Buffer {
  if (error instanceof Refusal && error.status === 413) return Buffer.alloc(longestTextBytes + 1)
  throw error
}

function largeFailure(): FunctionFailure {
  return new FunctionFailure('EXCEED_MAX_PAYLOAD_SIZE', 'EXCEED_MAX_PAYLOAD_SIZE: a text request may have 100 KB')
}

const statuses = { FUNCTION_NOT_FOUND: 404, EXCEED_MAX_PAYLOAD_SIZE: 413, FUNCTIONS_EXECUTE_FAIL: 200, FUNCTIONS_TIME_LIMIT_EXCEEDED: 200 }

function sendClientFailure(response: Exchange['response'], requestId: string, failure: FunctionFailure): void {
  const status = statuses[failure.code]
  if (status === 413) response.setHeader('connection', 'close')
  const errMsg = `cloud.callFunction:fail Error: errCode: ${failure.errCode} ${failure.code} | errMsg: ${failure.message}`
  sendJson(response, { requestId, errCode: failure.errCode, errMsg }, status)
}
