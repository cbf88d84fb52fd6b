import { randomBytes, randomUUID } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { merged } from '../merge.ts'
import type { Channel, Receipt, Sender } from '../notices.ts'
import { newKeyPair } from './credentials.ts'
import type { Credentials, PlatformKey } from './credentials.ts'
import { seal } from './envelope.ts'
import { post } from './post.ts'
import { signatureHeaders } from './signature.ts'
import type { V3Notice } from './wording.ts'

/** Source: PAYSK 回调通知处理. */
const ordinaryPatienceMs = 5_000

/** Which of its keys WeChat Pay signs with when nothing else was asked for. */
export type SigningMode = 'publicKey' | 'certificate'

export interface HttpChannelSettings {
  credentials(): Promise<Credentials>
  mode: SigningMode
  /** How long a receiver has; five seconds unless told. */
  patienceMs?: number
}

/** Notices of API v3: encrypted and signed requests, confirmed by 200 or 204 within five seconds. */
export class HttpChannel implements Channel {
  private readonly stopping = new AbortController()
  private strangersKey: Promise<KeyObject> | undefined

  constructor(private readonly settings: HttpChannelSettings) {}

  async deliver(notifyTo: string, event: object, sender: Sender): Promise<Receipt> {
    const credentials = await this.settings.credentials()
    const body = bodyOf(event as V3Notice, credentials)
    const headers = await this.headersFor(body, credentials[this.settings.mode], sender)
    const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(this.settings.patienceMs ?? ordinaryPatienceMs)])
    try {
      const returned = await post(notifyTo, headers, body, signal)
      return { isConfirmed: returned.status === 200 || returned.status === 204, returned }
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
  private async headersFor(body: string, key: PlatformKey, sender: Sender): Promise<Record<string, string>> {
    const signed = signatureHeaders(body, sender === 'forged' ? { ...key, privateKey: await this.strangerKey() } : key, Date.now())
    return {
      ...signed,
      ...(sender === 'signtest' ? { 'Wechatpay-Signature': `WECHATPAY/SIGNTEST/${randomBytes(256).toString('base64')}` } : {}),
      'Content-Type': 'application/json; charset=utf-8',
      'User-Agent': 'Mozilla/4.0',
      'Request-ID': randomUUID(),
    }
  }

  private strangerKey(): Promise<KeyObject> {
    this.strangersKey ??= newKeyPair().then(({ privateKey }) => privateKey)
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
