import { readJsonObject } from '../http/body.ts'
import { Refusal } from '../http/refusal.ts'
import { sendJson } from '../http/router.ts'
import type { Exchange, Route } from '../http/router.ts'
import { isPayFault } from './faults.ts'
import type { NoticeMode } from './notices.ts'
import type { Pay } from './pay.ts'

const payApis = ['unifiedOrder', 'queryOrder', 'closeOrder', 'refund', 'queryRefund']
const modes: NoticeMode[] = ['deliver', 'hold', 'lose']

type Given = Record<string, unknown>

/** Commands for tests: pay without the sheet, disturb notices, provoke faults, look into the books. */
export function payManageRoutes(pay: Pay): Route[] {
  return [
    list('/manage/pay/trades', () => ({ trades: pay.ledger.trades() })),
    list('/manage/pay/refunds', () => ({ refunds: pay.ledger.refunds() })),
    list('/manage/pay/notices', () => ({ notices: pay.ledger.notices().map(notice => ({ ...notice, event: JSON.parse(notice.event) as unknown })) })),
    command('/manage/pay/complete', given => complete(pay, given)),
    command('/manage/pay/callbacks', given => setMode(pay, given)),
    command('/manage/pay/deliver', given => deliver(pay, given)),
    command('/manage/pay/faults', given => planFault(pay, given)),
  ]
}

function list(path: string, read: () => object): Route {
  return { method: 'GET', path, loopbackOnly: true, handle: ({ response }) => sendJson(response, read()) }
}

function command(path: string, run: (given: Given) => unknown): Route {
  const handle = async ({ request, response }: Exchange) => sendJson(response, await run(await readJsonObject(request)))
  return { method: 'POST', path, loopbackOnly: true, handle }
}

/** Pays as the payer would, without the sheet, and at any moment of the past or the future. */
function complete(pay: Pay, { outTradeNo, atMs }: Given): object {
  if (atMs !== undefined && !Number.isSafeInteger(atMs)) throw new Refusal(400, 'atMs must be a whole number of milliseconds.')
  const trade = pay.ledger.trade(text(outTradeNo, 'outTradeNo'))
  const refusal = pay.pay(trade, trade?.openid ?? '', atMs as number | undefined)
  return refusal === null ? { ok: true } : { ok: false, code: refusal }
}

function setMode(pay: Pay, { callbacks, outTradeNo, outRefundNo }: Given): object {
  if (!modes.includes(callbacks as NoticeMode)) throw new Refusal(400, `callbacks must be one of ${modes.join(', ')}.`)
  const subject = outTradeNo ?? outRefundNo
  pay.notices.setMode(callbacks as NoticeMode, subject === undefined ? undefined : text(subject, 'outTradeNo'))
  return { ok: true }
}

/** `alter` replaces fields of the event, so that a forged or damaged notice can be tried. */
async function deliver(pay: Pay, { outTradeNo, outRefundNo, alter = {} }: Given): Promise<object> {
  if (typeof alter !== 'object' || alter === null) throw new Refusal(400, 'alter must be an object of fields to replace.')
  const subject = text(outTradeNo ?? outRefundNo, 'outTradeNo or outRefundNo')
  const delivered = await pay.notices.deliverNow(subject, alter as Given)
  if (!delivered) throw new Refusal(404, `There is no notice about ${subject}.`)
  return { ok: true, ...delivered }
}

function planFault(pay: Pay, { api, fault = 'SYSTEMERROR', times = 1 }: Given): object {
  if (!payApis.includes(String(api))) throw new Refusal(400, `api must be one of ${payApis.join(', ')}.`)
  if (!isPayFault(fault)) throw new Refusal(400, 'fault must be LOST_REPLY, SYSTEMERROR, NOTENOUGH, FREQUENCY_LIMITED or BIZERR_NEED_RETRY.')
  if (!Number.isInteger(times) || Number(times) < 1 || Number(times) > 1000) throw new Refusal(400, 'times must be a whole number from 1 to 1000.')
  pay.faults.plan(String(api), fault, Number(times))
  return { ok: true }
}

function text(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw new Refusal(400, `${name} must be given.`)
  return value
}
