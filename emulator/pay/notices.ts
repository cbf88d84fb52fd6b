import type { Clock } from '../clock.ts'
import { Alarm } from './alarm.ts'
import type { FaultPlan, PayFaults } from './faults.ts'
import type { Gateway, Ledger, Notice } from './ledger.ts'

const firstDelayMs = 200

/** WeChat Pay's own schedule: fifteen repeats in 24 hours and 4 minutes. */
export const wechatNoticeDelaysMs = [
  15, 15, 30, 180, 600, 1_200, 1_800, 1_800, 1_800, 3_600, 10_800, 10_800, 10_800, 21_600, 21_600,
].map(seconds => seconds * 1000)

/** What becomes of notices: they arrive, wait until they are let go, or never arrive at all. */
export type NoticeMode = 'deliver' | 'hold' | 'lose'

/** Who seems to have sent a notice: WeChat Pay, a stranger, or WeChat Pay with a signature that is wrong on purpose. */
export type Sender = 'genuine' | 'forged' | 'signtest'

/** What a receiver answered; null for nothing at all. */
export interface Receipt {
  isConfirmed: boolean
  returned: unknown
}

/** The way to the receivers of one gateway. */
export interface Channel {
  deliver(notifyTo: string, event: object, sender: Sender): Promise<Receipt>
  /** The same event with other fields, as the receiver reads them. */
  alter(event: object, changes: object): object
}

/** What a notice is about, and who is told. */
export type NoticeSubject = Pick<Notice, 'gateway' | 'outTradeNo' | 'outRefundNo' | 'notifyTo'>

export interface NoticesSettings {
  ledger: Ledger
  /** Waits between attempts; when the list ends, WeChat gives up. */
  delaysMs: number[]
  channels: Record<Gateway, Channel>
  faults: PayFaults
  /** Before every so-manieth notice of API v3 comes one with a wrong signature; never for 0. */
  signTestEvery: number
  clock: Clock
}

/** Brings notices to the merchant, again and again until they are confirmed. */
export class Notices {
  /** Notices with a wrong signature: how many were sent, and how many a careless receiver accepted. */
  readonly provocations = { sent: 0, accepted: 0 }
  private readonly alarm: Alarm
  private readonly underWay = new Map<number, Promise<void>>()
  private readonly modes = new Map<string, NoticeMode>()
  /** Notices that let another one pass. */
  private readonly stepped = new Set<number>()
  private generalMode: NoticeMode = 'deliver'
  private sentOverV3 = 0
  private isStopped = false

  constructor(private readonly settings: NoticesSettings) {
    this.alarm = new Alarm({ nextAtMs: () => this.nextAtMs(), ring: async () => this.deliverDue(), clock: settings.clock })
  }

  /** Begins to deliver, with whatever an earlier run left undone. What it held back goes too: nobody remembers the order. */
  start(): void {
    this.letGo(() => true)
    this.alarm.set()
  }

  /** Writes a notice down. It belongs in one transaction with the fact that it tells; `send` lets it go. */
  add(about: NoticeSubject, event: object): void {
    this.settings.ledger.addNotice({
      ...about,
      subject: about.outRefundNo ?? about.outTradeNo,
      event: JSON.stringify(event),
      attempts: 0,
      nextAtMs: this.settings.clock.nowMs() + firstDelayMs,
      state: 'waiting',
    })
  }

  /** Sends what was added on its way. */
  send(): void {
    this.alarm.set()
  }

  /** Decides what becomes of the notices of one trade or refund, or of all. `deliver` lets go of those that are held. */
  setMode(mode: NoticeMode, subject?: string): void {
    if (subject === undefined) {
      this.generalMode = mode
      this.modes.clear()
    } else {
      this.modes.set(subject, mode)
    }
    if (mode === 'deliver') this.letGo(notice => subject === undefined || notice.subject === subject)
    this.alarm.set()
  }

  /** Delivers the latest of some notices at once, once more if it has arrived before. Only a genuine one counts as delivered. */
  async deliverNow(notice: Notice, alteration: object = {}, sender: Sender = 'genuine'): Promise<Receipt> {
    const channel = this.settings.channels[notice.gateway]
    const event = channel.alter(eventOf(notice), alteration)
    if (sender !== 'genuine') return this.provoke(notice, event, sender)
    const receipt = await channel.deliver(notice.notifyTo, event, sender)
    if (receipt.isConfirmed) this.settings.ledger.changeNotice(notice.id, { state: 'delivered', attempts: notice.attempts + 1 })
    return receipt
  }

  /** Begins no delivery any more. */
  stop(): void {
    this.isStopped = true
    this.alarm.stop()
  }

  /** Waits for the deliveries that are under way. */
  async close(): Promise<void> {
    this.stop()
    await Promise.all(this.underWay.values())
  }

  private nextAtMs(): number | null {
    return this.settings.ledger.waitingNotices().find(notice => !this.underWay.has(notice.id))?.nextAtMs ?? null
  }

  private deliverDue(): void {
    const nowMs = this.settings.clock.nowMs()
    for (const notice of this.settings.ledger.waitingNotices()) {
      if (notice.nextAtMs > nowMs) return
      if (!this.underWay.has(notice.id)) this.handle(notice)
    }
  }

  private handle(notice: Notice): void {
    const mode = this.modes.get(notice.subject) ?? this.generalMode
    if (mode !== 'deliver') return this.settings.ledger.changeNotice(notice.id, { state: mode === 'hold' ? 'held' : 'lost' })
    const { gateway, outTradeNo, outRefundNo } = notice
    const fault = this.settings.faults.take({ gateway, api: 'notice', outTradeNo, outRefundNo: outRefundNo ?? undefined })
    if (fault?.fault === 'delay') return this.settings.ledger.changeNotice(notice.id, { nextAtMs: this.settings.clock.nowMs() + (fault.ms ?? 0) })
    if (fault?.fault === 'reorder') return this.stepAside(notice)
    const delivery = this.attempt(notice, fault)
      .finally(() => this.underWay.delete(notice.id))
      .then(() => this.alarm.set())
      .catch((error: unknown) => this.alarm.setAfterFailure(error))
    this.underWay.set(notice.id, delivery)
  }

  private stepAside(notice: Notice): void {
    this.settings.ledger.changeNotice(notice.id, { state: 'held' })
    this.stepped.add(notice.id)
  }

  private async attempt(notice: Notice, fault: FaultPlan | undefined): Promise<void> {
    const event = eventOf(notice)
    if (fault?.fault === 'forge') await this.provoke(notice, event, 'forged')
    if (fault?.fault === 'signtest' || this.isSignTestDue(notice)) await this.provoke(notice, event, 'signtest')
    const receipt = await this.deliverWith(fault, notice, event)
    // A receiver that was stopped together with us had no fair try: the notice stays due for the next start.
    if (this.isStopped && receipt.returned === null) return
    this.record(notice, receipt.isConfirmed)
    this.letSteppedGo(notice.id)
  }

  private async deliverWith(fault: FaultPlan | undefined, notice: Notice, event: object): Promise<Receipt> {
    if (fault?.fault === 'lose') return { isConfirmed: false, returned: null }
    const channel = this.settings.channels[notice.gateway]
    const told = fault?.fault === 'alter' ? channel.alter(event, fault.changes ?? {}) : event
    const receipt = await channel.deliver(notice.notifyTo, told, 'genuine')
    const repeats = fault?.fault === 'repeat' ? fault.count ?? 0 : 0
    for (let repeat = 0; repeat < repeats && !this.isStopped; repeat += 1) await channel.deliver(notice.notifyTo, told, 'genuine')
    return receipt
  }

  private record(notice: Notice, isConfirmed: boolean): void {
    const delayMs = this.settings.delaysMs[notice.attempts]
    const attempts = notice.attempts + 1
    if (isConfirmed) this.settings.ledger.changeNotice(notice.id, { state: 'delivered', attempts })
    else if (delayMs === undefined) this.settings.ledger.changeNotice(notice.id, { state: 'abandoned', attempts })
    else this.settings.ledger.changeNotice(notice.id, { attempts, nextAtMs: this.settings.clock.nowMs() + delayMs })
  }

  private isSignTestDue(notice: Notice): boolean {
    const { signTestEvery } = this.settings
    if (notice.gateway !== 'v3' || signTestEvery === 0) return false
    this.sentOverV3 += 1
    return this.sentOverV3 % signTestEvery === 0
  }

  private async provoke(notice: Notice, event: object, sender: Sender): Promise<Receipt> {
    const receipt = await this.settings.channels[notice.gateway].deliver(notice.notifyTo, event, sender)
    this.provocations.sent += 1
    if (!receipt.isConfirmed) return receipt
    this.provocations.accepted += 1
    console.warn(`${notice.notifyTo} accepted a ${sender} notice about ${notice.subject}: it must refuse what WeChat Pay has not signed.`)
    return receipt
  }

  private letSteppedGo(passedBy: number): void {
    const waiting = new Set([...this.stepped].filter(id => id !== passedBy))
    this.stepped.clear()
    if (waiting.size > 0) this.letGo(notice => waiting.has(notice.id))
  }

  private letGo(isMeant: (notice: Notice) => boolean): void {
    for (const notice of this.settings.ledger.notices()) {
      if (notice.state !== 'held' || !isMeant(notice)) continue
      this.settings.ledger.changeNotice(notice.id, { state: 'waiting', nextAtMs: this.settings.clock.nowMs() })
    }
  }
}

function eventOf(notice: Notice): object {
  return JSON.parse(notice.event) as object
}
