import { readFile } from 'node:fs/promises'
import { readJsonObject } from '../http/body.ts'
import { contentTypeOf } from '../http/contentTypes.ts'
import { Refusal } from '../http/refusal.ts'
import { sendJson } from '../http/router.ts'
import type { Exchange, Route } from '../http/router.ts'
import { isPerson, openidOf } from '../wechat/identity.ts'
import type { Trade } from './ledger.ts'
import { findPaymentRefusal } from './moneyRules.ts'
import type { PaymentRefusal } from './moneyRules.ts'
import type { Pay } from './pay.ts'
import { isRightlySigned } from './sheetSignature.ts'
import type { PaymentSignature } from './sheetSignature.ts'

/** Every person's payment password. */
const password = '123456'

const refusalTexts: Record<PaymentRefusal | 'PASSWORD_WRONG' | 'SIGNATURE_WRONG', string> = {
  PASSWORD_WRONG: '支付密码错误，请重试',
  SIGNATURE_WRONG: '支付验证签名失败',
  PAYER_MISMATCH: '该订单只能由下单的人支付',
  CLOSED: '订单已关闭',
  EXPIRED: '订单已过期，请重新下单',
  PAID: '订单已支付，请勿重复支付',
  UNKNOWN: '订单不存在',
}

/** What a page asks the sheet to do. */
interface SheetRequest extends PaymentSignature {
  prepayId: string
  openid: string
}

/** The payment sheet of browsers: what `wx.requestPayment` shows in WeChat. */
export function sheetRoutes(pay: Pay): Route[] {
  return [
    asset('/wechat/pay', 'sheet.html'),
    asset('/wechat/pay.css', 'sheet.css'),
    asset('/wechat/pay.js', 'sheet.js'),
    { method: 'GET', path: '/wechat/pay/trade', handle: exchange => showTrade(pay, exchange) },
    { method: 'POST', path: '/wechat/pay', handle: exchange => payWithPassword(pay, exchange) },
  ]
}

function asset(path: string, name: string): Route {
  const file = new URL(`sheet/${name}`, import.meta.url)
  return {
    method: 'GET',
    path,
    handle: async ({ response }) => {
      response.writeHead(200, { 'content-type': contentTypeOf(name), 'cache-control': 'no-cache' }).end(await readFile(file))
    },
  }
}

/** What the sheet shows. Only the payer may see it: a trade is nobody else's business. */
async function showTrade(pay: Pay, { response, url }: Exchange): Promise<void> {
  const { app, clock } = pay.settings
  const asked = readRequest(Object.fromEntries(url.searchParams), url.searchParams.get('prepay_id'))
  const found = await findPayable(pay, asked, clock.nowMs())
  if (typeof found === 'string') refuse(response, found)
  else sendJson(response, { ok: true, payee: app.merchantName ?? found.trade.body, totalFee: found.trade.totalFee })
}

async function payWithPassword(pay: Pay, { request, response }: Exchange): Promise<void> {
  const given = await readJsonObject(request)
  const asked = readRequest(given, given.prepayId)
  if (given.password !== password) return refuse(response, 'PASSWORD_WRONG')
  const nowMs = pay.settings.clock.nowMs()
  const found = await findPayable(pay, asked, nowMs)
  // Whether it can still be paid is asked once more, in the same breath as the payment.
  const refusal = typeof found === 'string' ? found : payNow(pay, asked, nowMs)
  if (refusal === null) sendJson(response, { ok: true })
  else refuse(response, refusal)
}

function payNow(pay: Pay, { prepayId, openid }: SheetRequest, nowMs: number): PaymentRefusal | null {
  const found = pay.ledger.prepay(prepayId)
  return found ? pay.trading.pay(found.trade, openid, nowMs, found.atMs) : 'UNKNOWN'
}

async function findPayable(pay: Pay, asked: SheetRequest, nowMs: number): Promise<{ trade: Trade } | PaymentRefusal | 'SIGNATURE_WRONG'> {
  const found = pay.ledger.prepay(asked.prepayId)
  if (!found) return 'UNKNOWN'
  if (!await isRightlySigned(pay, found.trade, asked.prepayId, asked)) return 'SIGNATURE_WRONG'
  return findPaymentRefusal(found.trade, asked.openid, nowMs, found.atMs) ?? found
}

function refuse(response: Exchange['response'], code: keyof typeof refusalTexts): void {
  sendJson(response, { ok: false, code, message: refusalTexts[code] })
}

function readRequest(given: Record<string, unknown>, prepayId: unknown): SheetRequest {
  const text = (value: unknown) => typeof value === 'string' ? value : ''
  return {
    prepayId: text(prepayId),
    openid: openidFrom(given.person),
    timeStamp: text(given.timeStamp),
    nonceStr: text(given.nonceStr),
    signType: text(given.signType),
    paySign: text(given.paySign),
  }
}

function openidFrom(person: unknown): string {
  if (!isPerson(person)) throw new Refusal(400, 'person must be 1 to 32 letters, digits, _ or -.')
  return openidOf(person)
}
