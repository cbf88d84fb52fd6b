import { createDecipheriv, sign, verify } from 'node:crypto'
import type { PaymentParams } from '../../../contracts/order.ts'
import type { PayV3Account } from './account.ts'

/** Five minutes: a message whose time is further off is refused. Source: API v3 签名验证. */
export const CLOCK_SKEW_MS = 5 * 60_000

const lines = (...parts: string[]) => parts.map(part => `${part}\n`).join('')

/** Chance and time of one message; the nonce is 32 hexadecimal digits. */
export interface Stamp { nonce: string, nowMs: number }

export interface SignedRequest {
  method: string
  /** With its query, without the host. */
  path: string
  body: string
}

const seconds = (nowMs: number) => String(Math.floor(nowMs / 1000))

/** The `Authorization` header of a request: signed over method, path with query, time, nonce and the very bytes of the body. */
export function authorization(account: PayV3Account, { method, path, body }: SignedRequest, { nonce, nowMs }: Stamp): string {
  const timestamp = seconds(nowMs)
  const message = lines(method, path, timestamp, nonce, body)
  const signature = sign('sha256', Buffer.from(message), account.privateKey).toString('base64')
  return `WECHATPAY2-SHA256-RSA2048 mchid="${account.merchantId}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${account.serial}"`
}

/** What `wx.requestPayment` takes, signed over appid, time, nonce and prepay id. */
export function signPayment(account: PayV3Account, prepayId: string, { nonce, nowMs }: Stamp): PaymentParams {
  const timeStamp = seconds(nowMs)
  const prepay = `prepay_id=${prepayId}`
  const message = lines(account.appId, timeStamp, nonce, prepay)
  const paySign = sign('sha256', Buffer.from(message), account.privateKey).toString('base64')
  return { timeStamp, nonceStr: nonce, package: prepay, signType: 'RSA', paySign }
}

/** Reads a header by its name, in any case. */
export type HeaderReader = (name: string) => string | null | undefined

/**
 * Why a message that claims to be WeChat Pay's is not believed; null when it is. Signed over time, nonce and the raw body,
 * with the key of the serial that it names. Probes (`WECHATPAY/SIGNTEST/…`) fail like every other wrong signature.
 */
export function findForgery(account: PayV3Account, header: HeaderReader, rawBody: string, nowMs: number): string | null {
  const [timestamp, nonce, signature, serial] = ['wechatpay-timestamp', 'wechatpay-nonce', 'wechatpay-signature', 'wechatpay-serial'].map(header)
  if (!timestamp || !nonce || !signature || !serial) return 'a signature header is missing'
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Number(timestamp) * 1000 - nowMs) > CLOCK_SKEW_MS) return 'its time is more than five minutes off'
  const key = account.wechatKeys.get(serial)
  if (!key) return `the key ${serial} is not configured`
  const isTrue = verify('sha256', Buffer.from(lines(timestamp, nonce, rawBody)), key, Buffer.from(signature, 'base64'))
  return isTrue ? null : 'the signature does not fit'
}

/** The encrypted part of a notice. Source: API v3 回调通知. */
export interface EncryptedResource { ciphertext: string, nonce: string, associated_data?: string }

const TAG_BYTES = 16

/** Decrypts AES-256-GCM. Throws when the key is another one or a byte was changed. */
export function decryptResource({ apiV3Key }: PayV3Account, { ciphertext, nonce, associated_data: extra = '' }: EncryptedResource): string {
  const bytes = Buffer.from(ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, Buffer.from(nonce), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(extra))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
}
