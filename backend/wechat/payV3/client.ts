import type { PayV3Account } from './account.ts'
import { authorization, findForgery } from './signature.ts'
import type { SignedRequest } from './signature.ts'

/** A reply that was verified, or why there is none that can be believed. */
export type PayReply =
  | { ok: true, body: Record<string, unknown> }
  /** WeChat Pay's own refusal, by its code. */
  | { ok: false, code: string, because: string }

export interface Chance { hex(bytes: number): string }

export interface PayCall {
  method: 'GET' | 'POST'
  /** With its query. */
  path: string
  given?: object
}

/** Below the shortest function limit that takes payments, so that there is time to answer the customer. */
const TIMEOUT_MS = 8_000

/**
 * One call of API v3. Nothing is thrown: a lost connection, a reply with a wrong signature and an unreadable one are all
 * code `NoAnswer`, after which the trade may have changed or not.
 */
export async function callPayV3(account: PayV3Account, random: Chance, { method, path, given }: PayCall): Promise<PayReply> {
  const body = given === undefined ? '' : JSON.stringify(given)
  try {
    const response = await fetch(account.baseUrl + path, {
      method,
      headers: headersFor(account, random, { method, path, body }),
      ...(given === undefined ? {} : { body }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.text()
    if (response.status === 204) return { ok: true, body: {} }
    const parsed = JSON.parse(text) as Record<string, unknown>
    if (!response.ok) return { ok: false, code: String(parsed.code), because: String(parsed.message) }
    const forgery = findForgery(account, name => response.headers.get(name), text, Date.now())
    return forgery === null ? { ok: true, body: parsed } : { ok: false, code: 'NoAnswer', because: `the reply was not believed: ${forgery}` }
  } catch (error) {
    return { ok: false, code: 'NoAnswer', because: String(error) }
  }
}

/** A file that API v3 named. Its reply bears no signature, so whoever fetches it checks a hash. Throws when there is none. */
export async function downloadPayV3(account: PayV3Account, random: Chance, path: string): Promise<Buffer> {
  const response = await fetch(account.baseUrl + path, {
    headers: headersFor(account, random, { method: 'GET', path, body: '' }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (!response.ok) throw new Error(`HTTP ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

function headersFor(account: PayV3Account, random: Chance, request: SignedRequest): Record<string, string> {
  const publicKeyId = [...account.wechatKeys.keys()].find(serial => serial.startsWith('PUB_KEY_ID_'))
  return {
    'accept': 'application/json',
    'content-type': 'application/json',
    'user-agent': 'xiaopu',
    'authorization': authorization(account, request, { nonce: random.hex(16), nowMs: Date.now() }),
    ...(publicKeyId === undefined ? {} : { 'wechatpay-serial': publicKeyId }),
  }
}
