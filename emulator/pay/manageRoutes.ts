import { readJsonObject } from '../http/body.ts'
import { Refusal } from '../http/refusal.ts'
import { sendJson } from '../http/router.ts'
import type { Exchange, Route } from '../http/router.ts'
import { readFaultPlan } from './faultPlans.ts'
import { gateways } from './ledger.ts'
import type { Gateway, Notice, Refund } from './ledger.ts'
import type { NoticeMode, Sender } from './notices.ts'
import type { Pay } from './pay.ts'

const modes: readonly NoticeMode[] = ['deliver', 'hold', 'lose']
const senders: readonly Sender[] = ['genuine', 'forged', 'signtest']
/** How a refund can end, under the names of both gateways. */
const outcomes: Record<string, Refund['outcome']> = {
  SUCCESS: 'SUCCESS', ABNORMAL: 'ABNORMAL', CLOSED: 'CLOSED', CHANGE: 'ABNORMAL', REFUNDCLOSE: 'CLOSED',
}

type Given = Record<string, unknown>

/** Commands for tests: pay without the sheet, disturb notices, provoke faults, look into the books. */
export function payManageRoutes(pay: Pay): Route[] {
  return [
    list('/manage/pay/trades', () => ({ trades: pay.ledger.trades() })),
    list('/manage/pay/refunds', () => ({ refunds: pay.ledger.refunds() })),
    list('/manage/pay/notices', () => ({ notices: pay.ledger.notices().map(readable), provocations: pay.notices.provocations })),
    list('/manage/pay/faults', () => ({ faults: pay.faults.list() })),
    list('/manage/pay/merchant', () => describeMerchant(pay)),
    command('/manage/pay/complete', given => complete(pay, given)),
    command('/manage/pay/refunds', given => decideRefund(pay, given)),
    command('/manage/pay/callbacks', given => setMode(pay, given)),
    command('/manage/pay/deliver', given => deliver(pay, given)),
    command('/manage/pay/faults', given => planFault(pay, given)),
    { method: 'DELETE', path: '/manage/pay/faults', loopbackOnly: true, handle: ({ response }) => clearFaults(pay, response) },
  ]
}

function list(path: string, read: () => object | Promise<object>): Route {
  return { method: 'GET', path, loopbackOnly: true, handle: async ({ response }) => sendJson(response, await read()) }
}

function command(path: string, run: (given: Given) => unknown): Route {
  const handle = async ({ request, response }: Exchange) => sendJson(response, await run(await readJsonObject(request)))
  return { method: 'POST', path, loopbackOnly: true, handle }
}

function readable(notice: Notice): object {
  return { ...notice, event: JSON.parse(notice.event) as unknown }
}

/** All that a merchant's own program has to know; for API v3 the keys are made now if nobody needed them before. */
async function describeMerchant(pay: Pay): Promise<object> {
  const { app } = pay.settings
  const keys = await pay.credentials()
  return {
    appid: app.appid,
    mchid: app.merchantId,
    merchantSerial: keys.merchantSerial,
    merchantPrivateKeyFile: keys.merchantPrivateKeyFile,
    apiV3Key: keys.apiV3Key,
    publicKeyId: keys.publicKey.serial,
    publicKeyFile: keys.publicKeyFile,
    platformSerial: keys.certificate.serial,
    platformCertificateFile: keys.certificateFile,
  }
}

/** Pays as the payer would, without the sheet, and at any moment of the past or the future. */
function complete(pay: Pay, given: Given): object {
  const { atMs = pay.settings.clock.nowMs() } = given
  if (!Number.isSafeInteger(atMs)) throw new Refusal(400, 'atMs must be a whole number of milliseconds.')
  const outTradeNo = text(given.outTradeNo, 'outTradeNo')
  const trade = theOne(pay.ledger.tradesNumbered(outTradeNo), readGateway(given), outTradeNo)
  const refusal = trade ? pay.trading.pay(trade, trade.openid, Number(atMs), trade.prepayAtMs) : 'UNKNOWN'
  return refusal === null ? { ok: true } : { ok: false, code: refusal }
}

/** Ends a refund that is under way or abnormal, or says how one that is still to come will end. */
function decideRefund(pay: Pay, given: Given): object {
  const state = outcomes[String(given.state)]
  if (!state) throw new Refusal(400, `state must be one of ${Object.keys(outcomes).join(', ')}.`)
  const outRefundNo = text(given.outRefundNo, 'outRefundNo')
  const gateway = readGateway(given) ?? theOne(pay.ledger.refundsNumbered(outRefundNo), undefined, outRefundNo)?.gateway
  if (!gateway) throw new Refusal(400, `There is no refund ${outRefundNo} yet: say with gateway whose it will be, ${gateways.join(' or ')}.`)
  if (!pay.trading.decideRefund(gateway, outRefundNo, state)) throw new Refusal(409, `The refund ${outRefundNo} has ended and cannot be changed any more.`)
  return { ok: true }
}

function setMode(pay: Pay, { callbacks, outTradeNo, outRefundNo }: Given): object {
  if (!modes.includes(callbacks as NoticeMode)) throw new Refusal(400, `callbacks must be one of ${modes.join(', ')}.`)
  const subject = outTradeNo ?? outRefundNo
  pay.notices.setMode(callbacks as NoticeMode, subject === undefined ? undefined : text(subject, 'outTradeNo'))
  return { ok: true }
}

/** `alter` replaces fields of what is told, and `sender` its signature, so that a forged or damaged notice can be tried. */
async function deliver(pay: Pay, given: Given): Promise<object> {
  const { alter = {}, sender = 'genuine' } = given
  if (typeof alter !== 'object' || alter === null) throw new Refusal(400, 'alter must be an object of fields to replace.')
  if (!senders.includes(sender as Sender)) throw new Refusal(400, `sender must be one of ${senders.join(', ')}.`)
  const subject = text(given.outTradeNo ?? given.outRefundNo, 'outTradeNo or outRefundNo')
  const notice = latestNotice(pay, subject, readGateway(given))
  if (!notice) throw new Refusal(404, `There is no notice about ${subject}.`)
  if (sender === 'signtest' && notice.gateway !== 'v3') throw new Refusal(400, 'signtest exists only in v3: functions are called without a signature.')
  return { ok: true, ...await pay.notices.deliverNow(notice, alter, sender as Sender) }
}

function latestNotice(pay: Pay, subject: string, gateway: Gateway | undefined): Notice | undefined {
  const latest = new Map(pay.ledger.noticesOf(subject).map(notice => [notice.gateway, notice]))
  return theOne([...latest.values()], gateway, subject)
}

function planFault(pay: Pay, given: Given): object {
  pay.faults.plan(readFaultPlan(given))
  return { ok: true }
}

function clearFaults(pay: Pay, response: Exchange['response']): void {
  pay.faults.clear()
  sendJson(response, { ok: true })
}

function readGateway({ gateway }: Given): Gateway | undefined {
  if (gateway === undefined) return undefined
  const known = gateways.find(name => name === gateway)
  if (!known) throw new Refusal(400, `gateway must be one of ${gateways.join(', ')}.`)
  return known
}

/** Both gateways may know a number; then the command has to say which one is meant. */
function theOne<Found extends { gateway: Gateway }>(found: Found[], gateway: Gateway | undefined, number: string): Found | undefined {
  const meant = gateway === undefined ? found : found.filter(one => one.gateway === gateway)
  if (meant.length > 1) throw new Refusal(400, `Both gateways know ${number}: say with gateway which one is meant, ${gateways.join(' or ')}.`)
  return meant[0]
}

function text(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw new Refusal(400, `${name} must be given.`)
  return value
}
