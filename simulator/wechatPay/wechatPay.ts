import type { AppIdentity } from '../../emulator/emulator.ts'
import { wechatNoticeDelaysMs } from '../../emulator/pay/notices.ts'
import { Pay } from '../../emulator/pay/pay.ts'
import type { Simulation } from '../engine/simulation.ts'
import type { Messenger } from './messenger.ts'

export interface WechatPaySettings {
  app: AppIdentity
  /** A folder with the provider's key in it. */
  keysFolder: string
  /** How long an accepted refund takes. */
  refundDelayMs: number
  messenger: Messenger
}

/** WeChat Pay in simulated time, whose notices meet the faults of the seed on their way. */
export function openWechatPay(simulation: Simulation, { app, keysFolder, refundDelayMs, messenger }: WechatPaySettings): Pay {
  const { agenda } = simulation
  return new Pay({
    file: ':memory:',
    app,
    clock: { nowMs: () => agenda.nowMs, wakeAt: (atMs, wake) => agenda.add(atMs - agenda.nowMs, 'WeChat Pay wakes', wake) },
    keysFolder,
    noticeDelaysMs: wechatNoticeDelaysMs,
    refundDelayMs,
    feeBasisPoints: 60,
    signTestEvery: 0,
    signingMode: 'publicKey',
    callFunction: (functionName, event) => messenger.deliver(functionName, event as Record<string, unknown>),
  })
}
