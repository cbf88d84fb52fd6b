import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { merged } from '../merge.ts'
import type { Channel, Receipt, Sender } from '../notices.ts'
import type { Credentials, PlatformKey } from './credentials.ts'
import { seal } from './envelope.ts'
import { signatureHeaders } from './signature.ts'
import type { V3Notice } from './wording.ts'

/** How long a receiver has. Source: PAYSK. */
const patienceMs = 5_000

/** Which of its keys WeChat Pay signs with when nothing else was asked for. */
export type SigningMode = 'publicKey' | 'certificate'

export interface HttpChannelSettings {
  credentials(): Promise<Credentials>
  mode: SigningMode
}

/** Notices of API v3: encrypted and signed requests, confirmed by 200 or 204 within five seconds. */
export class HttpChannel implements Channel {
  private readonly stopping = new AbortController()
  private strangersKey: KeyObject | undefined

  constructor(private readonly settings: HttpChannelSettings) {}

  async deliver(notifyTo: string, event: object, sender: Sender): Promise<Receipt> {
    const credentials = await this.settings.credentials()
    const body = bodyOf(event as V3Notice, credentials)
    const headers = this.headersFor(body, credentials[this.settings.mode], sender)
    try {
      const response = await fetch(notifyTo, {
        method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(patienceMs)]),
      })
      const text = await response.text()
      return { isConfirmed: response.status === 200 || response.status === 204, returned: { status: response.status, body: text } }
    } catch {
      // Nobody listens, or not in time: for WeChat Pay both are simply no confirmation.
      return { isConfirmed: false, returned: null }
    }
  }

  alter(event: object, changes: object): object {
    return { ...event, resource: merged((event as V3Notice).resource, changes) }
  }

  /** Gives up the deliveries that are under way. */
  stop(): void {
    this.stopping.abort()
  }

  /** Receivers compare the time of a signature with their own clock, so it is the machine's, even when WeChat's was moved. */
  private headersFor(body: string, key: PlatformKey, sender: Sender): Record<string, string> {
    const signed = signatureHeaders(body, sender === 'forged' ? { ...key, privateKey: this.strangerKey() } : key, Date.now())
    return {
      ...signed,
      ...(sender === 'signtest' ? { 'Wechatpay-Signature': `WECHATPAY/SIGNTEST/${randomBytes(256).toString('base64')}` } : {}),
      'Content-Type': 'application/json; charset=utf-8',
      'User-Agent': 'Mozilla/4.0',
      'Request-ID': randomUUID(),
    }
  }

  private strangerKey(): KeyObject {
    this.strangersKey ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    return this.strangersKey
  }
}

function bodyOf(notice: V3Notice, { apiV3Key }: Credentials): string {
  return JSON.stringify({
    id: notice.id,
    create_time: notice.createTime,
    resource_type: 'encrypt-resource',
    event_type: notice.eventType,
    summary: notice.summary,
    resource: { original_type: notice.originalType, ...seal(JSON.stringify(notice.resource), notice.originalType, apiV3Key) },
  })
}
