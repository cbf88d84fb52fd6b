import { followNotice } from '../payment/receiveNotice.ts'
import { readPayV3Account } from '../wechat/payV3/account.ts'
import { readNotice } from '../wechat/payV3/notice.ts'
import type { GatewayEvent } from '../wechat/payV3/notice.ts'
import { wxContext } from '../wechat/cloud.ts'
import { openWorld } from '../wechat/world.ts'

interface Reply { statusCode: number, headers: Record<string, string>, body: string }

const received: Reply = { statusCode: 204, headers: {}, body: '' }
const refused = (statusCode: number, message: string): Reply =>
  ({ statusCode, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify({ code: 'FAIL', message }) })

/** Longer than any notice of WeChat Pay; who sends more is somebody else. */
const LONGEST_BODY = 64 * 1024

/**
 * Receives the notices of API v3 over HTTP. Whoever cannot sign as WeChat Pay is turned away without a word about why; what
 * is true but not settled yet is refused too, so that WeChat sends it again. Source: API v3 回调通知.
 */
export async function receivePayNotify(event: GatewayEvent): Promise<Reply> {
  const world = openWorld()
  if (wxContext().SOURCE !== 'wx_http' || event.httpMethod !== 'POST') return refused(405, 'POST is needed')
  if ((event.body ?? '').length > LONGEST_BODY) return refused(413, 'too long')
  const account = readPayV3Account(process.env)
  if (typeof account === 'string') {
    world.log.error('A notice of WeChat Pay cannot be read', account, {})
    return refused(500, 'not configured')
  }
  const notice = readNotice(account, event, world.clock.nowMs())
  if (notice.kind === 'Refused') {
    world.log.warn('A notice that claims to be WeChat Pay\'s was refused', { because: notice.because })
    return refused(401, 'signature')
  }
  const objection = await followNotice(world, notice.hint)
  return objection === null ? received : refused(500, objection)
}
