import { createDecipheriv } from 'node:crypto'
import type { CallOutcome, SimulatedCloud } from '../engine/cloud.ts'
import type { Exchange } from '../engine/request.ts'
import type { Simulation } from '../engine/simulation.ts'

/** What a notice is about, of which a function said that WeChat Pay need not repeat it, and whether it was WeChat Pay's. */
export type Acknowledged = (subject: Subject, isSigned: boolean) => void

export interface Subject { outTradeNo: string, outRefundNo?: string | undefined }

interface Posted { headers: Record<string, string>, body: string }

const latestMs = 24 * 3600_000

/** Brings notices to the shop: or not, or late, or three times, or altered. */
export class Messenger {
  /** Trades and refunds of which the shop will never hear; false for those that it hears of. */
  private readonly isSilenced = new Map<string, boolean>()

  constructor(
    private readonly simulation: Simulation,
    private readonly cloud: () => SimulatedCloud,
    private readonly onAcknowledged: Acknowledged,
  ) {}

  /** Tries once to tell of cloudPay; answers what the function returned, null when that is not known. */
  deliver(functionName: string, event: Record<string, unknown>): Promise<unknown> {
    return this.carry(subjectOf(event), (isAltered) => {
      const told = isAltered ? this.altered(event) : event
      return () => this.bring(functionName, told)
    })
  }

  /** Tries once to post a notice of API v3, as it was sealed and signed. */
  async post({ headers, body, answer, breakOff }: Exchange, apiV3Key: string): Promise<void> {
    const text = body.toString('utf8')
    const subject = opened(text, apiV3Key)
    const status = await this.carry(subject, (isAltered) => {
      const posted = isAltered ? this.damaged({ headers, body: text }) : { headers, body: text }
      return () => this.bringPost(posted, subject, !isAltered)
    })
    if (typeof status === 'number') answer(Buffer.alloc(0), 'application/json', status)
    else breakOff()
  }

  private async carry<Answer>(subject: Subject, prepare: (isAltered: boolean) => () => Promise<Answer | null>): Promise<Answer | null> {
    const { agenda, chance, faults } = this.simulation
    if (this.silences(subject.outRefundNo ?? subject.outTradeNo) || faults.strikes('noticeLost')) return null
    if (faults.strikes('noticeLate')) await agenda.pause(chance.whole(60_000, latestMs), 'a late notice')
    const bring = prepare(faults.strikes('noticeAltered'))
    const times = faults.strikes('noticeRepeated') ? 3 : 1
    const [returned] = await Promise.all(Array.from({ length: times }, bring))
    return returned ?? null
  }

  private async bring(functionName: string, event: Record<string, unknown>): Promise<unknown> {
    const outcome = await this.cloud().call(functionName, event, { source: 'wx_paycallback' })
    const returned = returnedBy(outcome)
    if (returned?.errcode === 0) this.onAcknowledged(subjectOf(event), true)
    else if (returned) this.simulation.happened('noticeRefused')
    return returned
  }

  private async bringPost({ headers, body }: Posted, subject: Subject, isSigned: boolean): Promise<number | null> {
    const event = { httpMethod: 'POST', path: '/pay-notify', headers, body, isBase64Encoded: false }
    const outcome = await this.cloud().call('pay-notify', event, { source: 'wx_http' })
    const status = outcome.kind === 'Returned' ? (outcome.result as { statusCode?: number } | null)?.statusCode ?? null : null
    if (status === 200 || status === 204) this.onAcknowledged(subject, isSigned)
    else if (status !== null) this.simulation.happened(isSigned ? 'noticeRefused' : 'unsignedRefused')
    return status
  }

  /** True when the shop will never be told of this trade or refund. */
  hasSilenced(subject: string): boolean {
    return this.isSilenced.get(subject) ?? false
  }

  private silences(subject: string): boolean {
    const isSilenced = this.isSilenced.get(subject) ?? this.simulation.faults.strikes('noticesSilenced')
    this.isSilenced.set(subject, isSilenced)
    return isSilenced
  }

  private damaged(posted: Posted): Posted {
    return unsigned(posted, this.simulation.beside.whole(0, 3))
  }

  /** A notice with a wrong amount, payer, number or result, as a damaged or forged one would have it. */
  private altered(event: Record<string, unknown>): Record<string, unknown> {
    // What the platform says of a refund is all that can be known of it: only its amount is checked.
    if (event.outRefundNo !== undefined) return { ...event, refundFee: Number(event.refundFee) + 1 }
    const changes = [
      { totalFee: Number(event.totalFee) + 1 },
      { totalFee: 1, cashFee: 1 },
      { subOpenid: 'o-somebody-else' },
      { transactionId: '4200000000000000000000000000' },
      { resultCode: 'FAIL' },
    ]
    return { ...event, ...this.simulation.chance.pick(changes) }
  }
}

/** A notice whose signature does not fit any more: of others, of another moment, or with another text. */
function unsigned({ headers, body }: Posted, how: number): Posted {
  const [signature, timestamp] = [headers['wechatpay-signature'] ?? '', Number(headers['wechatpay-timestamp'])]
  const { 'wechatpay-signature': _signature, ...bare } = headers
  switch (how) {
    case 0: return { headers: bare, body }
    case 1: return { headers: { ...headers, 'wechatpay-signature': `WECHATPAY/SIGNTEST/${signature}` }, body }
    case 2: return { headers: { ...headers, 'wechatpay-timestamp': String(timestamp + 1) }, body }
    default: return { headers, body: body.replace('"summary"', '"Summary"') }
  }
}

const subjectOf = ({ outTradeNo, outRefundNo }: Record<string, unknown>): Subject =>
  ({ outTradeNo: String(outTradeNo), outRefundNo: outRefundNo === undefined ? undefined : String(outRefundNo) })

const tagBytes = 16

/** What a sealed notice is about: WeChat Pay knows what it wrote. */
function opened(text: string, apiV3Key: string): Subject {
  const { resource } = JSON.parse(text) as { resource: { ciphertext: string, nonce: string, associated_data: string } }
  const bytes = Buffer.from(resource.ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, resource.nonce).setAAD(Buffer.from(resource.associated_data))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  const plain = Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]).toString('utf8')
  const { out_trade_no: outTradeNo, out_refund_no: outRefundNo } = JSON.parse(plain) as Record<string, unknown>
  return subjectOf({ outTradeNo, outRefundNo })
}

function returnedBy(outcome: CallOutcome): { errcode?: unknown } | null {
  return outcome.kind === 'Returned' ? outcome.result as { errcode?: unknown } | null : null
}
