import type { CallOutcome, SimulatedCloud } from '../engine/cloud.ts'
import type { Simulation } from '../engine/simulation.ts'

/** A notice as it was brought, to which a function answered that WeChat Pay need not repeat it. */
export type Acknowledged = (event: Record<string, unknown>) => void

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

  /** Tries once; answers what the function returned, null when that is not known. */
  async deliver(functionName: string, event: Record<string, unknown>): Promise<unknown> {
    const { agenda, chance, faults } = this.simulation
    if (this.silences(String(event.outRefundNo ?? event.outTradeNo)) || faults.strikes('noticeLost')) return null
    if (faults.strikes('noticeLate')) await agenda.pause(chance.whole(60_000, latestMs), 'a late notice')
    const told = faults.strikes('noticeAltered') ? this.altered(event) : event
    const times = faults.strikes('noticeRepeated') ? 3 : 1
    const [returned] = await Promise.all(Array.from({ length: times }, () => this.bring(functionName, told)))
    return returned
  }

  private async bring(functionName: string, event: Record<string, unknown>): Promise<unknown> {
    const outcome = await this.cloud().call(functionName, event, { source: 'wx_paycallback' })
    const returned = returnedBy(outcome)
    if (returned?.errcode === 0) this.onAcknowledged(event)
    else if (returned) this.simulation.happened('noticeRefused')
    return returned
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

function returnedBy(outcome: CallOutcome): { errcode?: unknown } | null {
  return outcome.kind === 'Returned' ? outcome.result as { errcode?: unknown } | null : null
}
