import type { Actions } from '../../contracts/action.ts'
import { wxContext } from '../wechat/cloud.ts'
import { openWorld } from '../wechat/world.ts'
import { answer, MAX_REQUEST } from './door.ts'
import type { Handlers } from './door.ts'

/** What the HTTP access service hands to a function. Source: 云开发 HTTP 访问服务. */
interface GatewayEvent { httpMethod?: string, body?: string, isBase64Encoded?: boolean }

interface GatewayReply { statusCode: number, headers: Record<string, string>, body: string }

/** The platform's own context argument. */
interface FunctionContext { request_id?: string, requestId?: string }

/**
 * Hangs a set of actions behind a cloud function. The mini program's calls carry the event itself; calls over HTTP carry
 * it as the body. Which of the two it is, is decided by the platform's SOURCE, never by the shape of the event.
 */
export function hostDoor<A extends Actions>(actions: A, handlers: Handlers<A>) {
  return async (event: Record<string, unknown>, context: FunctionContext = {}) => {
    const { SOURCE, OPENID, CLIENTIP } = wxContext()
    const world = openWorld()
    const requestId = context.request_id ?? context.requestId ?? world.random.hex(8)
    const call = { openid: OPENID ?? null, clientIp: CLIENTIP ?? '127.0.0.1', overHttp: false }
    if (SOURCE === 'wx_http') return overHttp(event)
    return answer(actions, handlers, world, call, withoutPlatformKeys(event), requestId)

    async function overHttp(gateway: GatewayEvent): Promise<GatewayReply> {
      if (gateway.httpMethod !== 'POST') return reply(405, { message: 'Send the request as POST with a JSON body.' })
      const request = parseBody(gateway)
      if (request === undefined) return reply(400, { message: 'The body is not JSON.' })
      return reply(200, await answer(actions, handlers, world, { ...call, openid: null, overHttp: true }, request, requestId))
    }
  }
}

/** The platform adds these to the event of every client call; they are not the client's words and not ours to read. */
function withoutPlatformKeys({ userInfo: _userInfo, tcbContext: _tcbContext, ...event }: Record<string, unknown>) {
  return event
}

/** Undefined for what is no JSON. The length is looked at before anything is parsed: base64 is a third longer than its text. */
function parseBody({ body = '', isBase64Encoded = false }: GatewayEvent): unknown {
  if (body.length > MAX_REQUEST * 4) return undefined
  try {
    return JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body) as unknown
  } catch (error) {
    console.warn('A request over HTTP was not JSON:', String(error))
    return undefined
  }
}

const reply = (statusCode: number, body: unknown): GatewayReply =>
  ({ statusCode, headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }, body: JSON.stringify(body) })
