import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { Route } from '../../emulator/http/router.ts'
import type { Pay } from '../../emulator/pay/pay.ts'
import { v3Routes } from '../../emulator/pay/v3/routes.ts'
import { signatureHeaders } from '../../emulator/pay/v3/signature.ts'
import type { WebReply, WebRequest } from '../engine/web.ts'
import type { Excuse, Question, Told } from './question.ts'
import type { UnreliablePay } from './unreliablePay.ts'

/** API v3, as the functions reach it over HTTPS: the emulator checks every signature of the shop and signs every answer. */
export class V3Desk {
  private readonly route: Route

  constructor(private readonly pay: Pay, private readonly unreliable: UnreliablePay) {
    const [route] = v3Routes({ books: pay.v3, faults: pay.faults, mode: 'publicKey' })
    this.route = route as Route
  }

  async answer(request: WebRequest): Promise<WebReply> {
    const question = questionOf(request)
    const { publicKey } = await this.pay.credentials()
    const signed = (body: object): WebReply => {
      const text = JSON.stringify(body)
      const headers = headersOf(signatureHeaders(text, publicKey, this.pay.settings.clock.nowMs()))
      return { status: 200, headers, body: Buffer.from(text) }
    }
    return this.unreliable.meet<WebReply>(question, {
      carryOut: () => this.carryOut(request),
      excuse: excuse => this.excuse(excuse, question, signed),
      tell: reply => told(question.api, reply),
    })
  }

  private carryOut({ method, url, headers, body }: WebRequest): Promise<WebReply> {
    const received = { method, url: url.pathname + url.search, headers: { ...headers, host: url.host } }
    const request = Object.assign(Readable.from(body.length === 0 ? [] : [body]), received)
    return new Promise((resolve, reject) => {
      const head = { status: 200, headers: {} as Record<string, string> }
      const response = {
        writeHead(status: number, given: Record<string, unknown>) {
          Object.assign(head, { status, headers: headersOf(given) })
          return this
        },
        end: (content: string | Buffer = '') => resolve({ ...head, body: Buffer.from(content) }),
        destroy: () => reject(new Error('API v3 cut the connection.')),
      }
      const exchange = { request: request as unknown as IncomingMessage, response: response as unknown as ServerResponse, url, rest: '' }
      Promise.resolve(this.route.handle(exchange)).catch(reject)
    })
  }

  private excuse(excuse: Excuse, { api, outTradeNo, gateway }: Question, signed: (body: object) => WebReply): WebReply {
    const trade = this.pay.ledger.trade(gateway, outTradeNo)
    const seen = { out_trade_no: outTradeNo, amount: { total: trade?.totalFee } }
    switch (excuse) {
      case 'Busy': return refusal(500, 'SYSTEM_ERROR')
      case 'NotEnough': return refusal(403, 'NOT_ENOUGH')
      case 'UnknownTrade': return refusal(404, 'ORDER_NOT_EXIST')
      case 'UserPaying': return signed({ ...seen, trade_state: 'USERPAYING' })
      case 'Forged': return { ...signed({}), body: forgedPayment(seen, trade?.openid, this.pay.settings.app.merchantId) }
      case 'Closed': break
    }
    if (api === 'closeOrder') return { status: 204, headers: {}, body: Buffer.alloc(0) }
    return api === 'unifiedOrder' ? refusal(400, 'ORDER_CLOSED') : signed({ ...seen, trade_state: 'CLOSED' })
  }
}

/** The signature on it is that of another body. */
function forgedPayment(seen: object, openid: string | undefined, mchid: string): Buffer {
  const success = { success_time: '2026-03-02T10:00:00+08:00', transaction_id: '4200000000000000000000000000' }
  return Buffer.from(JSON.stringify({ ...seen, ...success, trade_state: 'SUCCESS', mchid, payer: { openid } }))
}

const refusal = (status: number, code: string): WebReply =>
  ({ status, headers: {}, body: Buffer.from(JSON.stringify({ code, message: code })) })

const headersOf = (given: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)]))

const apis: [api: string, method: string, path: RegExp][] = [
  ['unifiedOrder', 'POST', /^\/v3\/pay\/transactions\/jsapi$/],
  ['closeOrder', 'POST', /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)\/close$/],
  ['queryOrder', 'GET', /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)$/],
  ['refund', 'POST', /^\/v3\/refund\/domestic\/refunds$/],
  ['queryRefund', 'GET', /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/],
]

function questionOf({ method, url, body }: WebRequest): Question {
  const given = body.length === 0 ? {} : JSON.parse(body.toString('utf8')) as Record<string, Record<string, unknown>>
  const [api, , path] = apis.find(([, wanted, pattern]) => wanted === method && pattern.test(url.pathname)) ?? ['bill', method, /^/]
  const named = path.exec(url.pathname)?.[1]
  return {
    gateway: 'v3', api,
    outTradeNo: String(api === 'queryRefund' ? undefined : named ?? given.out_trade_no),
    outRefundNo: String(api === 'queryRefund' ? named : given.out_refund_no),
    totalFee: Number(given.amount?.total), refundFee: Number(given.amount?.refund), openid: String(given.payer?.openid),
  }
}

function told(api: string, { status, body }: WebReply): Told | null {
  if (api === 'bill') return null
  const { code, trade_state: state } = (body.length === 0 ? {} : JSON.parse(body.toString('utf8'))) as Record<string, unknown>
  return {
    isOpened: api === 'unifiedOrder' && status === 200,
    saysClosed: api === 'closeOrder' ? status === 204 : state === 'CLOSED' || code === 'ORDER_CLOSED',
  }
}
