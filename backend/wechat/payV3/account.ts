import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** What a merchant needs to speak WeChat Pay API v3 directly. Source: pay.weixin.qq.com, 开发必要参数说明. */
export interface PayV3Account {
  appId: string
  merchantId: string
  /** Serial number of the merchant's API certificate. */
  serial: string
  privateKey: KeyObject
  /** 32 bytes that decrypt notices. */
  apiV3Key: Buffer
  /** WeChat Pay's keys by serial: `PUB_KEY_ID_…`, and platform certificates while a merchant still has them. */
  wechatKeys: ReadonlyMap<string, KeyObject>
  /** Where WeChat Pay reports to: HTTPS, without a query. */
  notifyUrl: string
  /** `https://api.mch.weixin.qq.com` unless the local WeChat stands in. */
  baseUrl: string
}

export const payV3Variables = {
  appId: 'WECHAT_APP_ID',
  merchantId: 'PAY_MCH_ID',
  serial: 'PAY_MCH_SERIAL',
  privateKey: 'PAY_MCH_PRIVATE_KEY',
  apiV3Key: 'PAY_API_V3_KEY',
  publicKeyId: 'PAY_PUBLIC_KEY_ID',
  publicKey: 'PAY_PUBLIC_KEY',
  certificate: 'PAY_PLATFORM_CERTIFICATE',
  notifyUrl: 'PAY_NOTIFY_URL',
} as const

/**
 * Reads the account from the environment of a function. A string names what is missing or wrong, never a value of it.
 * Either WeChat Pay's public key with its id, or a platform certificate, or both during a migration must be there.
 */
export function readPayV3Account(environment: NodeJS.ProcessEnv): PayV3Account | string {
  const text = (name: keyof typeof payV3Variables) => environment[payV3Variables[name]] ?? ''
  const needed = ['appId', 'merchantId', 'serial', 'privateKey', 'apiV3Key', 'notifyUrl'] as const
  const missing = needed.find(name => text(name) === '')
  if (missing) return `${payV3Variables[missing]} is not set in the environment of this function`
  if (Buffer.byteLength(text('apiV3Key')) !== 32) return `${payV3Variables.apiV3Key} must have 32 bytes`
  try {
    const wechatKeys = readWechatKeys(text('publicKeyId'), text('publicKey'), text('certificate'))
    if (wechatKeys.size === 0) return `${payV3Variables.publicKeyId} and ${payV3Variables.publicKey}, or ${payV3Variables.certificate}, must be set`
    return {
      appId: text('appId'),
      merchantId: text('merchantId'),
      serial: text('serial'),
      privateKey: createPrivateKey(pem(text('privateKey'), 'PRIVATE KEY')),
      apiV3Key: Buffer.from(text('apiV3Key')),
      wechatKeys,
      notifyUrl: text('notifyUrl'),
      baseUrl: environment.PAY_API_BASE ?? 'https://api.mch.weixin.qq.com',
    }
  } catch {
    // The reason of a parser may quote the key.
    return `${payV3Variables.privateKey}, ${payV3Variables.publicKey} or ${payV3Variables.certificate} is no PEM text`
  }
}

/** Why WeChat Pay would not report to this address; null when it would. The local WeChat may be told on plain http. */
export function findNotifyProblem(notifyUrl: string): string | null {
  const url = URL.canParse(notifyUrl) ? new URL(notifyUrl) : null
  const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname)
  if (url && (url.protocol === 'https:' || isLocal) && url.search === '' && notifyUrl.length <= 255) return null
  return `${payV3Variables.notifyUrl} must be an https address without a query, of at most 255 characters`
}

function readWechatKeys(publicKeyId: string, publicKey: string, certificate: string): Map<string, KeyObject> {
  const keys = new Map<string, KeyObject>()
  if (publicKeyId !== '' && publicKey !== '') keys.set(publicKeyId, createPublicKey(pem(publicKey, 'PUBLIC KEY')))
  if (certificate !== '') {
    const parsed = new X509Certificate(pem(certificate, 'CERTIFICATE'))
    keys.set(parsed.serialNumber, parsed.publicKey)
  }
  return keys
}

/** Environment variables hold PEM texts as they are, with `\n` for line ends, or as the bare base64 inside. */
function pem(text: string, label: string): string {
  const unfolded = text.replaceAll('\\n', '\n').trim()
  return unfolded.startsWith('-----BEGIN') ? unfolded : `-----BEGIN ${label}-----\n${unfolded}\n-----END ${label}-----`
}
