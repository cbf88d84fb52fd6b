import type { Clock } from '../clock.ts'
import type { Gateway } from './ledger.ts'

/** What a merchant can call, under one name for both gateways. */
export const payApis = [
  'unifiedOrder', 'queryOrder', 'closeOrder', 'refund', 'queryRefund', 'abnormalRefund', 'downloadBill', 'fundFlowBill', 'billFile', 'certificates',
] as const

export type PayApiName = typeof payApis[number]

/** Errors that a call can meet instead of an effect. */
export const errorFaults = ['SYSTEM_ERROR', 'NOT_ENOUGH', 'FREQUENCY_LIMITED', 'RULE_LIMIT', 'BIZERR_NEED_RETRY'] as const

export type ErrorFault = typeof errorFaults[number]

/** Everything that a call can meet: an error, an effect whose reply is lost, a connection cut before any effect, a wait. */
export const callFaults = [...errorFaults, 'LOST_REPLY', 'LOST_REQUEST', 'SLOW'] as const

/**
 * Everything that a notice can meet. It does not arrive this time (lose), arrives later (delay), several times (repeat), or
 * after the next one (reorder); it tells something else (alter); or one with a false signature arrives before it, by a
 * stranger (forge) or by WeChat Pay, which tests its receivers (signtest).
 */
export const noticeFaults = ['lose', 'delay', 'repeat', 'reorder', 'forge', 'alter', 'signtest'] as const

export type CallFault = typeof callFaults[number]
export type NoticeFault = typeof noticeFaults[number]

/** Calls or notices to come, and what they meet. */
export interface FaultPlan {
  api: PayApiName | 'notice'
  fault: CallFault | NoticeFault
  /** How many are left. */
  times: number
  /** Whose: all that is named must fit. */
  gateway?: Gateway
  outTradeNo?: string
  outRefundNo?: string
  /** For SLOW and delay. */
  ms?: number
  /** For repeat: how often more. */
  count?: number
  /** For alter: the fields to replace in what is told. */
  changes?: Record<string, unknown>
}

/** A call or a notice that happens now. */
export interface Occasion {
  gateway: Gateway
  api: PayApiName | 'notice'
  outTradeNo: string | undefined
  outRefundNo: string | undefined
}

/** Faults that wait for the calls and notices they are meant for. */
export class PayFaults {
  private plans: FaultPlan[] = []
  private readonly sleepers = new Set<() => void>()

  constructor(private readonly clock: Clock) {}

  plan(plan: FaultPlan): void {
    this.plans.push(plan)
  }

  list(): FaultPlan[] {
    return this.plans.map(plan => ({ ...plan }))
  }

  clear(): void {
    this.plans = []
  }

  /** What a call or a notice meets, if anything: the fault that was planned first, which has then one time less to come. */
  take(occasion: Occasion): FaultPlan | undefined {
    const found = this.plans.find(plan => concerns(plan, occasion))
    if (!found) return undefined
    found.times -= 1
    this.plans = this.plans.filter(({ times }) => times > 0)
    return { ...found }
  }

  /** Lets a call meet its fault. `lost` stands for a connection that is cut. */
  async meet<Reply>(plan: FaultPlan | undefined, perform: () => Reply | Promise<Reply>, refuse: (fault: ErrorFault) => Reply): Promise<Reply | 'lost'> {
    if (!plan) return perform()
    if (isErrorFault(plan.fault)) return refuse(plan.fault)
    if (plan.fault === 'LOST_REQUEST') return 'lost'
    if (plan.fault === 'SLOW' && !await this.pause(plan.ms ?? 0)) return 'lost'
    const reply = await perform()
    return plan.fault === 'LOST_REPLY' ? 'lost' : reply
  }

  /** Ends every wait: those calls take no effect any more. */
  stop(): void {
    for (const wake of this.sleepers) wake()
  }

  /** False when the wait was ended before its time. */
  private pause(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const callOff = this.clock.wakeAt(this.clock.nowMs() + ms, () => end(true))
      const stop = () => end(false)
      const end = (isOver: boolean) => {
        callOff()
        this.sleepers.delete(stop)
        resolve(isOver)
      }
      this.sleepers.add(stop)
    })
  }
}

function concerns(plan: FaultPlan, occasion: Occasion): boolean {
  return plan.api === occasion.api && fits(plan.gateway, occasion.gateway) && fits(plan.outTradeNo, occasion.outTradeNo)
    && fits(plan.outRefundNo, occasion.outRefundNo)
}

function fits(named: string | undefined, actual: string | undefined): boolean {
  return named === undefined || named === actual
}

function isErrorFault(fault: CallFault | NoticeFault): fault is ErrorFault {
  return (errorFaults as readonly string[]).includes(fault)
}
