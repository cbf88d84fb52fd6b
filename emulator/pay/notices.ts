import type { Clock } from '../clock.ts'
import { Alarm } from './alarm.ts'
import type { Ledger, Notice } from './ledger.ts'

const firstDelayMs = 200

/** WeChat Pay's own schedule: fifteen repeats in 24 hours and 4 minutes. */
export const wechatNoticeDelaysMs = [
  15, 15, 30, 180, 600, 1_200, 1_800, 1_800, 1_800, 3_600, 10_800, 10_800, 10_800, 21_600, 21_600,
].map(seconds => seconds * 1000)

/** What becomes of notices: they arrive, wait until they are let go, or never arrive at all. */
export type NoticeMode = 'deliver' | 'hold' | 'lose'

export interface NoticesSettings {
  ledger: Ledger
  /** Waits between attempts; when the list ends, WeChat gives up. */
  delaysMs: number[]
  /** Calls the merchant's function; resolves with what it returned, null when it failed. */
  callFunction(functionName: string, event: unknown): Promise<unknown>
  clock: Clock
}

/** Brings notices to the merchant's functions, again and again until a function confirms with `{ errcode: 0 }`. */
export class Notices {
  private readonly alarm: Alarm
  private readonly underWay = new Map<number, Promise<void>>()
  private readonly modes = new Map<string, NoticeMode>()
  private generalMode: NoticeMode = 'deliver'
  private isStopped = false

  constructor(private readonly settings: NoticesSettings) {
    this.alarm = new Alarm({ nextAtMs: () => this.nextAtMs(), ring: async () => this.deliverDue(), clock: settings.clock })
  }

  /** Begins to deliver, with whatever an earlier run left undone. What it held back goes too: nobody remembers the order. */
  start(): void {
    this.letGo()
    this.alarm.set()
  }

  /** Writes a notice down. It belongs in one transaction with the fact that it tells; `send` lets it go. */
  add(subject: string, functionName: string, event: unknown): void {
    this.settings.ledger.addNotice({
      subject, functionName, event: JSON.stringify(event), attempts: 0, nextAtMs: this.settings.clock.nowMs() + firstDelayMs, state: 'waiting',
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
    if (mode === 'deliver') this.letGo(subject)
    this.alarm.set()
  }

  /** Delivers the latest notice of a trade or refund at once, once more if it has arrived before. */
  async deliverNow(subject: string, alteration: Record<string, unknown> = {}): Promise<{ isConfirmed: boolean, returned: unknown } | null> {
    const notice = this.settings.ledger.noticesOf(subject).at(-1)
    if (!notice) return null
    const returned = await this.settings.callFunction(notice.functionName, { ...JSON.parse(notice.event) as object, ...alteration })
    if (isConfirmation(returned)) this.settings.ledger.changeNotice(notice.id, { state: 'delivered', attempts: notice.attempts + 1 })
    return { isConfirmed: isConfirmation(returned), returned }
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
    const delivery = this.attempt(notice)
      .finally(() => this.underWay.delete(notice.id))
      .then(() => this.alarm.set())
      .catch((error: unknown) => this.alarm.setAfterFailure(error))
    this.underWay.set(notice.id, delivery)
  }

  private async attempt(notice: Notice): Promise<void> {
    const returned = await this.settings.callFunction(notice.functionName, JSON.parse(notice.event))
    // A function that was stopped together with us had no fair try: the notice stays due for the next start.
    if (this.isStopped && returned === null) return
    const delayMs = this.settings.delaysMs[notice.attempts]
    const attempts = notice.attempts + 1
    if (isConfirmation(returned)) this.settings.ledger.changeNotice(notice.id, { state: 'delivered', attempts })
    else if (delayMs === undefined) this.settings.ledger.changeNotice(notice.id, { state: 'abandoned', attempts })
    else this.settings.ledger.changeNotice(notice.id, { attempts, nextAtMs: this.settings.clock.nowMs() + delayMs })
  }

  private letGo(subject?: string): void {
    for (const notice of this.settings.ledger.notices()) {
      if (notice.state === 'held' && (subject === undefined || notice.subject === subject)) {
        this.settings.ledger.changeNotice(notice.id, { state: 'waiting', nextAtMs: this.settings.clock.nowMs() })
      }
    }
  }
}

function isConfirmation(returned: unknown): boolean {
  return typeof returned === 'object' && returned !== null && (returned as { errcode?: unknown }).errcode === 0
}
