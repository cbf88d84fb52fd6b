import type { AppIdentity } from '../../emulator/emulator.ts'
import { anyPage } from '../../emulator/openapi/pages.ts'
import type { Pay } from '../../emulator/pay/pay.ts'
import { payTrades } from '../../emulator/wechat/payTrades.ts'
import { Wechat } from '../../emulator/wechat/wechat.ts'
import type { Simulation } from '../engine/simulation.ts'

/** Shipping management hears of a payment so late: until then it says 10060001. */
const tradeDelayMs = 60_000

/** WeChat's open interface in simulated time: shipping management and subscription messages. */
export function openWechat({ agenda }: Simulation, app: AppIdentity, pay: Pay): Wechat {
  return new Wechat({
    file: ':memory:',
    app,
    publicUrl: 'http://simulated.wechat',
    clock: { nowMs: () => agenda.nowMs, wakeAt: (atMs, wake) => agenda.add(atMs - agenda.nowMs, 'WeChat wakes', wake) },
    pages: anyPage,
    pushTargets: {},
    callFunction: () => Promise.resolve(null),
    trades: payTrades(pay.ledger, app),
    tradeDelayMs,
  })
}
