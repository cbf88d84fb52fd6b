import { createVerify, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Credentials, PlatformKey } from './credentials.ts'
import { V3Error } from './errors.ts'

const scheme = 'WECHATPAY2-SHA256-RSA2048'
const longestSkewMs = 5 * 60_000
/** How much of the body an answer about a wrong signature repeats, as observed. */
const bodyShown = 8

/** A request as it is signed: the address with its query, and the very bytes of the body. */
export interface SignedRequest {
  method: string
  url: string
  body: Buffer
  authorization: string | undefined
}

/** Reads the clocks: WeChat's can be moved, while those of the merchant's machines run as ever. */
export interface Clocks {
  wechatNowMs(): number
  machineNowMs(): number
}

interface Authorization {
  mchid: string
  serial_no: string
  nonce_str: string
  timestamp: string
  signature: string
}

/** Verifies that the merchant signed a request, just now and for the first time. */
export class RequestVerifier {
  /** Signatures that were used, by nonce, with the time at which they may be forgotten. */
  private readonly used = new Map<string, number>()

  constructor(private readonly clocks: Clocks, private readonly merchantId: string) {}

  /** Returns the time by which the merchant signed; a V3Error says what is wrong. */
  verify(request: SignedRequest, credentials: Credentials): number {
    const given = readAuthorization(request.authorization)
    if (given.mchid !== this.merchantId || given.serial_no.toUpperCase() !== credentials.merchantSerial) {
      throw refuse('商户证书序列号有误。请使用签名私钥匹配的证书序列号', 'serial_no', 'serial number does not belong to the merchant')
    }
    const nowMs = this.nowOf(Number(given.timestamp) * 1000)
    const message = `${request.method}\n${request.url}\n${given.timestamp}\n${given.nonce_str}\n`
    if (!isSignedBy(credentials.merchantPublicKey, [message, request.body, '\n'], given.signature)) throw wrongSignature(request, message)
    this.useOnce(given.nonce_str)
    return nowMs
  }

  /** The clock that the merchant signed by. */
  private nowOf(signedAtMs: number): number {
    const nowMs = [this.clocks.machineNowMs(), this.clocks.wechatNowMs()].find(ms => Math.abs(ms - signedAtMs) <= longestSkewMs)
    if (nowMs === undefined) throw refuse('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟', 'timestamp', 'timestamp expired')
    return nowMs
  }

  private useOnce(nonce: string): void {
    const nowMs = this.clocks.machineNowMs()
    for (const [known, untilMs] of this.used) if (untilMs < nowMs) this.used.delete(known)
    if (this.used.has(nonce)) throw refuse('Http头Authorization中的nonce_str已被使用，请勿重放请求', 'nonce_str', 'nonce used before')
    this.used.set(nonce, nowMs + 2 * longestSkewMs)
  }
}

function readAuthorization(header: string | undefined): Authorization {
  const malformed = () => refuse('Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》', 'authorization', 'malformed')
  if (header === undefined) throw malformed()
  const [type = '', ...rest] = header.split(' ')
  if (type !== scheme) throw refuse('Http头Authorization认证类型不正确', 'authorization', 'unknown type')
  const fields = Object.fromEntries([...rest.join(' ').matchAll(/\s*(\w+)="([^"]*)"\s*(?:,|$)/g)].map(([, name, value]) => [name, value]))
  const { mchid, serial_no, nonce_str, timestamp, signature } = fields
  if (!mchid || !serial_no || !nonce_str || !signature || !/^\d{10}$/.test(timestamp ?? '')) throw malformed()
  return { mchid, serial_no, nonce_str, timestamp: timestamp ?? '', signature }
}

function isSignedBy(publicKey: KeyObject, parts: (string | Buffer)[], signature: string): boolean {
  const verifier = createVerify('sha256')
  for (const part of parts) verifier.update(part)
  return verifier.verify(publicKey, signature, 'base64')
}

function refuse(message: string, field: string, issue: string): V3Error {
  return new V3Error(401, 'SIGN_ERROR', message, { detail: { issue }, field, location: 'authorization' })
}

function wrongSignature({ method, url, body }: SignedRequest, message: string): V3Error {
  return new V3Error(401, 'SIGN_ERROR', '错误的签名，验签失败', {
    detail: { issue: 'sign not match' },
    field: 'signature',
    location: 'authorization',
    sign_information: {
      method,
      sign_message_length: Buffer.byteLength(message) + body.length + 1,
      truncated_sign_message: `${message}${body.toString('utf8').slice(0, bodyShown)}\n`,
      url,
    },
  })
}

/** The headers by which a merchant recognises WeChat Pay, in replies and in notices. */
export function signatureHeaders(body: string, key: PlatformKey, nowMs: number): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000))
  const nonce = randomBytes(16).toString('hex')
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': key.serial,
    'Wechatpay-Signature': sign('sha256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), key.privateKey).toString('base64'),
    'Wechatpay-Signature-Type': scheme,
  }
}
