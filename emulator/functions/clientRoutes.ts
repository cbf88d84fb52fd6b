import { randomUUID } from 'node:crypto'
import type { FunctionRules } from '../emulator.ts'
import { parseJsonObject, readBody } from '../http/body.ts'
import { openidOf } from '../http/clientIdentity.ts'
import { clientAddress } from '../http/origin.ts'
import { Refusal } from '../http/refusal.ts'
import { sendJson } from '../http/router.ts'
import type { Exchange, Route } from '../http/router.ts'
import { FunctionFailure } from './failure.ts'
import type { FailureCode } from './failure.ts'
import type { Functions } from './functions.ts'
import { mayInvoke } from './rules.ts'

const longestTextBytes = 100 * 1024

/** What WeChat does with a call before the function sees it. */
export interface Gatekeeper {
  /** The event that the function gets. */
  admit(event: Record<string, unknown>, openid: string | undefined): Record<string, unknown>
}

interface ClientCalls {
  functions: Functions
  rules: FunctionRules
  gatekeeper: Gatekeeper
}

/** `POST /functions/<name>`: the call of a mini program, with the event as its body and the caller in a header. */
export function clientRoutes(calls: ClientCalls): Route[] {
  return [{ method: 'POST', path: '/functions/*', handle: exchange => callFromClient(calls, exchange) }]
}

async function callFromClient({ functions, rules, gatekeeper }: ClientCalls, { request, response, rest }: Exchange): Promise<void> {
  const openid = openidOf(request)
  // Before anything else, so that nobody learns which functions there are.
  if (!mayInvoke(rules, rest, openid)) return sendClientFailure(response, randomUUID(), FunctionFailure.forbidden(rest))
  // Before the body is read: whoever mistakes a name should not fill the memory and the record with it.
  if (!functions.find(rest)) return sendClientFailure(response, randomUUID(), FunctionFailure.notFound(rest))
  const text = (await readBody(request, longestTextBytes + 1).catch(tooLarge)).toString('utf8')
  if (Buffer.byteLength(text) > longestTextBytes) return sendClientFailure(response, '', largeFailure())
  const event = gatekeeper.admit(parseJsonObject(text), openid)
  const outcome = await functions.call(rest, event, { source: 'wx_client', openid, clientIp: clientAddress(request) })
  if ('failure' in outcome) sendClientFailure(response, outcome.requestId, outcome.failure)
  else sendJson(response, { requestId: outcome.requestId, result: JSON.parse(outcome.result) as unknown })
}

function tooLarge(error: unknown): Buffer {
  if (error instanceof Refusal && error.status === 413) return Buffer.alloc(longestTextBytes + 1)
  throw error
}

function largeFailure(): FunctionFailure {
  return new FunctionFailure('EXCEED_MAX_PAYLOAD_SIZE', 'EXCEED_MAX_PAYLOAD_SIZE: a text request may have 100 KB')
}

/** A function that ran and failed is no failure of the request. */
const statuses: Partial<Record<FailureCode, number>> = { FUNCTION_NOT_FOUND: 404, EXCEED_MAX_PAYLOAD_SIZE: 413, EXCEED_AUTHORITY: 403 }

function sendClientFailure(response: Exchange['response'], requestId: string, failure: FunctionFailure): void {
  const status = statuses[failure.code] ?? 200
  // The body was not read.
  if (status !== 200) response.setHeader('connection', 'close')
  const errMsg = `cloud.callFunction:fail Error: errCode: ${failure.errCode} ${failure.code} | errMsg: ${failure.message}`
  sendJson(response, { requestId, errCode: failure.errCode, errMsg }, status)
}
