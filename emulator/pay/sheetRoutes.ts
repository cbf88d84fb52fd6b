import { readFile } from 'node:fs/promises'
import { readJsonObject } from '../http/body.ts'
import { contentTypeOf } from '../http/contentTypes.ts'
import { Refusal } from '../http/refusal.ts'
import { sendJson } from '../http/router.ts'
import type { Exchange, Route } from '../http/router.ts'
import { isPerson, openidOf } from '../wechat/identity.ts'
import type { AppIdentity } from '../emulator.ts'
import type { Pay, PaymentRefusal } from './pay.ts'

/** Every person's payment password. */
const password = '123456'

const refusalTexts: Record<PaymentRefusal | 'PASSWORD_WRONG', string> = {
  PASSWORD_WRONG: '支付密码错误，请重试',
  PAYER_MISMATCH: '该订单只能由下单的人支付',
  CLOSED: '订单已关闭',
  EXPIRED: '订单已过期，请重新下单',
  PAID: '订单已支付，请勿重复支付',
  UNKNOWN: '订单不存在',
}

/** The payment sheet of browsers: what `wx.requestPayment` shows in WeChat. */
export function sheetRoutes(pay: Pay, app: AppIdentity, nowMs: () => number): Route[] {
  return [
    asset('/wechat/pay', 'sheet.html'),
    asset('/wechat/pay.css', 'sheet.css'),
    asset('/wechat/pay.js', 'sheet.js'),
    { method: 'GET', path: '/wechat/pay/trade', handle: exchange => showTrade(pay, app, nowMs, exchange) },
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
function showTrade(pay: Pay, app: AppIdentity, nowMs: () => number, { response, url }: Exchange): void {
  const openid = openidFrom(url.searchParams.get('person'))
  const trade = pay.ledger.tradeOfPrepay(url.searchParams.get('prepay_id') ?? '')
  const code = trade ? pay.findRefusal(trade, openid, nowMs()) : 'UNKNOWN'
  if (!trade || code !== null) sendJson(response, { ok: false, code, message: refusalTexts[code ?? 'UNKNOWN'] })
  else sendJson(response, { ok: true, payee: app.merchantName ?? trade.body, totalFee: trade.totalFee })
}

async function payWithPassword(pay: Pay, { request, response }: Exchange): Promise<void> {
  const given = await readJsonObject(request)
  const trade = pay.ledger.tradeOfPrepay(typeof given.prepayId === 'string' ? given.prepayId : '')
  const openid = openidFrom(given.person)
  const code = given.password === password ? pay.pay(trade, openid) : 'PASSWORD_WRONG'
  sendJson(response, code === null ? { ok: true } : { ok: false, code, message: refusalTexts[code] })
}

function openidFrom(person: unknown): string {
  if (!isPerson(person)) throw new Refusal(400, 'person must be 1 to 32 letters, digits, _ or -.')
  return openidOf(person)
}
