import { stranger } from '../auditor/strangers.ts'
import type { Trade } from '../../emulator/pay/ledger.ts'
import type { Stage } from './stage.ts'

const caller = { source: 'wx_client', openid: stranger, clientIp: '127.0.0.1' }

/** Somebody with a modified client, who tells the shop that orders were paid, and reaches for the orders of others. */
export async function liveAsIntruder(stage: Stage): Promise<void> {
  const { agenda, chance } = stage.simulation
  while (stage.isOpen()) {
    await agenda.pause(chance.whole(20_000, stage.mood.phaseMs), 'the intruder tries')
    const trades = stage.pay.ledger.trades()
    if (trades.length === 0) continue
    const trade = chance.pick(trades)
    if (chance.percent(50)) await forge(stage, trade)
    else await reach(stage, trade)
  }
}

async function forge({ cloud, simulation }: Stage, { outTradeNo, totalFee }: Trade): Promise<void> {
  const { agenda, chance } = simulation
  simulation.happened('noticeForged')
  const event = {
    returnCode: 'SUCCESS', resultCode: 'SUCCESS', outTradeNo, totalFee, transactionId: `4200${agenda.nowMs}`, subOpenid: stranger, subMchId: '1900000109',
  }
  await cloud.call(chance.pick(['pay-callback', 'timer']), event, caller)
}

async function reach({ cloud, simulation }: Stage, { outTradeNo, totalFee }: Trade): Promise<void> {
  const [orderId] = outTradeNo.split('_')
  const [name, action] = simulation.chance.pick([
    ['shop', 'cancelOrder'], ['shop', 'unifiedOrder'], ['shop', 'syncPayment'], ['shop', 'requestAfterSale'], ['merchant', 'markReady'],
  ] as const)
  simulation.happened('strangerTries')
  const wish = { requestId: `mallory-${outTradeNo}`, wish: { kind: 'Whole' }, reason: 'Other', text: '', photos: [], expectedFen: totalFee }
  await cloud.call(name, { action, input: action === 'requestAfterSale' ? { orderId, ...wish } : { orderId } }, caller)
}
