import type { PayV3Account } from './account.ts'
import { decryptResource, findForgery } from './signature.ts'
import type { EncryptedResource } from './signature.ts'

/** What the HTTP access service hands to a function. Source: 云开发 HTTP 访问服务. */
export interface GatewayEvent {
  httpMethod?: string
  headers?: Record<string, string | undefined>
  body?: string
  isBase64Encoded?: boolean
}

/** Which number WeChat Pay reports on. Everything else in the notice is asked for again. */
export type Hint = { outTradeNo: string } | { outRefundNo: string }

/** A notice that is believed, or why it is not. */
export type Notice = { kind: 'Hint', hint: Hint } | { kind: 'Refused', because: string }

/** Verifies, decrypts and reads a notice of API v3. Nothing of it is read before its signature was found true. */
export function readNotice(account: PayV3Account, event: GatewayEvent, nowMs: number): Notice {
  const rawBody = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : event.body ?? ''
  const headers = new Map(Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
  const forgery = findForgery(account, name => headers.get(name), rawBody, nowMs)
  if (forgery !== null) return { kind: 'Refused', because: forgery }
  try {
    return readTrue(account, rawBody)
  } catch (error) {
    return { kind: 'Refused', because: `it cannot be decrypted, perhaps by another APIv3 key: ${String(error)}` }
  }
}

function readTrue(account: PayV3Account, rawBody: string): Notice {
  const { event_type: type, resource } = JSON.parse(rawBody) as { event_type?: unknown, resource: EncryptedResource }
  const told = JSON.parse(decryptResource(account, resource)) as Record<string, unknown>
  const { mchid, out_trade_no: outTradeNo, out_refund_no: outRefundNo } = told
  if (mchid !== account.merchantId) return { kind: 'Refused', because: `it is about the merchant ${String(mchid)}` }
  if (String(type).startsWith('REFUND.') && typeof outRefundNo === 'string') return { kind: 'Hint', hint: { outRefundNo } }
  if (String(type).startsWith('TRANSACTION.') && typeof outTradeNo === 'string') return { kind: 'Hint', hint: { outTradeNo } }
  return { kind: 'Refused', because: `its type ${String(type)} is unknown` }
}
