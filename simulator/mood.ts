import type { Chance } from './engine/chance.ts'

/** What kind of a day a seed plays: how many people, how much of a hurry, how long WeChat Pay takes. */
export interface Mood {
  /** How long people go on. Long enough, in most seeds, for orders to run out of time. */
  phaseMs: number
  customers: number
  /** How long a person thinks between two wishes, at most. */
  thinksMs: number
  /** In how many of a hundred cases people act in the same moment, as when a bell rings, and how often it rings. */
  togetherPercent: number
  bellMs: number
  timerEveryMs: number
  refundDelayMs: number
  /** True when WeChat Pay refuses refunds, or keeps them, for days: only then may a refund be given up. */
  refundsTakeDays: boolean
  /** True when WeChat Pay refuses every refund for days, in the seeds in which refunds take days. */
  refusesRefunds: boolean
  /** And for how long. */
  refusesForMs: number
  /** True when customers order and do not pay, until the shop lets them have no more. */
  hoards: boolean
  /** True when the owner sends money back all the time, often of the same order and in parts. */
  givesBack: boolean
  /** True when everybody wants the same coupon at the same moment. */
  rushesForCoupons: boolean
  /** True for a shop with a table, with goods in sizes, and with somebody who brings things. */
  isWide: boolean
  /** Through which gateways orders are paid: the one that is configured in the beginning, and the one from the middle on. */
  gateways: readonly GatewayName[]
}

export type GatewayName = 'cloudpay' | 'wechat-v3'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const rushPercent = 35
const longRefundsPercent = 4
const hoardPercent = 7
/** Most days know one gateway; on some the owner changes to the other, and orders keep theirs. */
const gatewaysOfDays: (readonly GatewayName[])[] = [['cloudpay'], ['cloudpay'], ['cloudpay'], ['wechat-v3'], ['cloudpay', 'wechat-v3'], ['wechat-v3', 'cloudpay']]
/** Wishes of all people together, in one seed. With these a seed takes 500 to 1,000 steps before it heals. */
const wishes = 17
const devices = 2

export function drawMood(chance: Chance, beside: Chance): Mood {
  const isRush = chance.percent(rushPercent)
  const phaseMs = minuteMs * (isRush ? chance.whole(3, 6) : chance.whole(17, 28))
  const hoards = beside.percent(hoardPercent)
  const drawn = chance.whole(1, 4)
  const customers = hoards ? 1 : drawn
  const refundsTakeDays = chance.percent(longRefundsPercent) || beside.percent(longRefundsPercent)
  const refusesRefunds = refundsTakeDays && chance.percent(50)
  return {
    phaseMs,
    customers,
    thinksMs: 2 * phaseMs * customers * devices / wishes,
    togetherPercent: chance.pick([0, 40, 80]),
    bellMs: minuteMs * (isRush ? 1 : 4),
    timerEveryMs: minuteMs * (isRush ? 1 : chance.pick([2, 3, 5])),
    refundDelayMs: refundsTakeDays && !refusesRefunds ? 3 * dayMs : chance.pick([3_000, 20_000, 10 * minuteMs]),
    refundsTakeDays,
    refusesRefunds,
    refusesForMs: dayMs * beside.pick([3, 60]),
    hoards,
    givesBack: beside.percent(20) || refundsTakeDays,
    rushesForCoupons: beside.percent(20),
    isWide: beside.percent(50),
    gateways: beside.pick(gatewaysOfDays),
  }
}
