import { fail } from './payApi.ts'
import type { PayReply } from './payApi.ts'

const texts: Record<string, string> = {
  SYSTEMERROR: '系统错误',
  NOTENOUGH: '基本账户余额不足，请充值后重新发起',
  FREQUENCY_LIMITED: '频率限制',
  BIZERR_NEED_RETRY: '退款业务流程错误，需要商户触发重试来解决',
}

/** What can go wrong with a call: one of WeChat's errors instead of an effect, or an effect whose reply is lost. */
export type PayFault = 'LOST_REPLY' | keyof typeof texts

/** Faults that wait for the calls they are meant for. */
export class PayFaults {
  private readonly queues = new Map<string, PayFault[]>()

  /** The next calls of an interface meet this fault. */
  plan(apiName: string, fault: PayFault, times: number): void {
    this.queues.set(apiName, [...this.queues.get(apiName) ?? [], ...Array<PayFault>(times).fill(fault)])
  }

  take(apiName: string): PayFault | undefined {
    return this.queues.get(apiName)?.shift()
  }
}

/** True for a fault that can be planned. */
export function isPayFault(value: unknown): value is PayFault {
  return value === 'LOST_REPLY' || (typeof value === 'string' && Object.hasOwn(texts, value))
}

/** The reply of a call that met an error of WeChat's. */
export function faultReply(fault: PayFault): PayReply {
  return fail(String(fault), texts[fault] ?? '系统错误')
}
