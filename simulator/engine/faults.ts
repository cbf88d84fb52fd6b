import type { Chance } from './chance.ts'

interface FaultKind {
  /** How often it may strike at most, in percent; each seed draws its own rate up to this. */
  most: number
  /** True when the call that it strikes may fail because of it. */
  disturbs: boolean
  about: string
}

const disturbing = (most: number, about: string): FaultKind => ({ most, disturbs: true, about })
const harmless = (most: number, about: string): FaultKind => ({ most, disturbs: false, about })

/** Everything that can go wrong by chance. */
export const faultKinds = {
  requestLost: disturbing(2, 'a request of a function never arrives'),
  replyLost: disturbing(2, 'a request took effect and its answer is lost'),
  hangs: disturbing(0.5, 'no answer comes before the SDK gives up'),
  slow: disturbing(1.5, 'a request or its answer takes seconds'),
  killed: disturbing(4, 'an instance dies at some moment of a call'),
  conflictAtCommit: disturbing(10, 'a commit is refused as a conflict'),
  conflictInDocument: disturbing(3, 'an operation of a transaction is refused as a conflict'),
  transactionStalls: disturbing(3, 'a request of a transaction arrives after its 30 seconds'),
  loginLost: disturbing(40, 'code2session does not answer'),
  callLost: harmless(5, 'a call does not reach its function'),
  callReplyLost: harmless(8, 'a call is done and its caller never hears of it'),
  payBusy: disturbing(8, 'WeChat Pay answers SYSTEMERROR, without an effect'),
  notEnough: disturbing(50, 'the merchant\'s account is short for a refund'),
  refundAbnormal: harmless(25, 'the account of the customer takes no refund'),
  refundGivenUp: harmless(25, 'WeChat Pay gives a refund up that it had accepted'),
  userPaying: disturbing(10, 'WeChat Pay says that the customer is typing the password'),
  closeUnknown: disturbing(15, 'WeChat Pay does not know the order that it is asked to close'),
  closesLate: harmless(80, 'a trade that WeChat Pay has called closed can be paid for another while'),
  closedByHand: harmless(25, 'the merchant closes a trade on WeChat Pay\'s own pages'),
  numberTaken: harmless(16, 'another till of the merchant has used the number, for another amount or payer'),
  refundedByHand: harmless(6, 'the merchant refunds a payment on WeChat Pay\'s own pages before the shop has seen it'),
  noticeLost: harmless(40, 'a notice does not arrive; WeChat sends it again'),
  noticesSilenced: harmless(60, 'no notice of a trade or refund ever arrives'),
  noticeRepeated: harmless(40, 'a notice arrives three times at once'),
  noticeLate: harmless(20, 'a notice arrives up to 24 hours late, after younger ones'),
  noticeAltered: harmless(25, 'a notice arrives with another amount, payer or number'),
  clockOff: harmless(30, 'the clock of an instance is off by up to a minute'),
  timerDoubled: harmless(30, 'the timer fires twice at once'),
  timerLost: harmless(20, 'the timer does not fire'),
  answerForged: disturbing(15, 'somebody on the way answers for API v3 that a trade was paid, and cannot sign it'),
  prepaySlow: disturbing(20, 'a request that opens a trade is seconds on its way'),
  stuck: disturbing(8, 'a change of a shelf or a coupon arrives a minute or two after its sender gave up'),
} satisfies Record<string, FaultKind>

export type Fault = keyof typeof faultKinds

export const faultNames = Object.keys(faultKinds) as Fault[]

/** So many seeds of a hundred have no faults at all: whatever goes wrong in them, the shop does to itself. */
const calmPercent = 12
/** A third of the faults is absent from a seed: one fault often hides what another would show. Some others rage. */
const absentPercent = 33
const ragingPercent = 12
const ragingTimes = 5
const ragingMost = 90

/** These came later, and are drawn from a source of their own: seeds without them go on as they were. */
const later: ReadonlySet<Fault> = new Set(['answerForged', 'prepaySlow', 'stuck'])

/** Decides what goes wrong, and counts what did. */
export class Faults {
  readonly counts = new Map<Fault, number>()
  /** When a fault last struck that may make a call fail. */
  disturbedAtMs = Number.NEGATIVE_INFINITY
  private readonly rates = new Map<Fault, number>()

  constructor(private readonly chances: { first: Chance, later: Chance }, private readonly nowMs: () => number) {
    const isCalm = chances.first.percent(calmPercent)
    for (const fault of faultNames) if (!isCalm) this.rates.set(fault, this.draw(fault))
  }

  private draw(fault: Fault): number {
    const [chance, { most }] = [this.chanceOf(fault), faultKinds[fault]]
    if (chance.percent(absentPercent)) return 0
    const limit = chance.percent(ragingPercent) ? Math.min(ragingMost, ragingTimes * most) : most
    return chance.fraction() * limit
  }

  private chanceOf(fault: Fault): Chance {
    return later.has(fault) ? this.chances.later : this.chances.first
  }

  /** From now on nothing goes wrong any more. */
  heal(): void {
    this.rates.clear()
  }

  /** True when this seed has such a fault at all. */
  has(fault: Fault): boolean {
    return (this.rates.get(fault) ?? 0) > 0
  }

  strikes(fault: Fault): boolean {
    const rate = this.rates.get(fault) ?? 0
    if (rate === 0 || !this.chanceOf(fault).percent(rate)) return false
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1)
    if (faultKinds[fault].disturbs) this.disturbedAtMs = this.nowMs()
    return true
  }
}
