import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { camelCased } from '../../emulator/pay/cloudpay/names.ts'
import { Pay } from '../../emulator/pay/pay.ts'
import { openCloudPay } from '../../backend/wechat/cloudPayGateway.ts'
import type { CloudPay, PayResult } from '../../backend/wechat/cloud.ts'
import type { Payments } from '../../backend/ports.ts'
import type { Gate } from './localWorld.ts'

const MERCHANT = '1900000109'

/**
 * WeChat Pay in this process: the local WeChat's books and the shop's own gateway before them, with a gate at each call. No
 * notice arrives by itself; whoever should hear of something is told by the test.
 */
export function openLocalPay(clock: { nowMs: number }) {
  const sleepers: { atMs: number, wake(): void }[] = []
  const pay = new Pay({
    file: ':memory:',
    keysFolder: mkdtempSync(path.join(tmpdir(), 'keys-')),
    app: { appid: 'wx1', secret: 's', merchantId: MERCHANT, merchantName: '小铺', envId: 'local' },
    clock: {
      nowMs: () => clock.nowMs,
      wakeAt: (atMs, wake) => {
        const sleeper = { atMs, wake }
        sleepers.push(sleeper)
        return () => { sleepers.splice(sleepers.indexOf(sleeper), sleepers.includes(sleeper) ? 1 : 0) }
      },
    },
    noticeDelaysMs: [], refundDelayMs: 1000, feeBasisPoints: 60, signTestEvery: 0, signingMode: 'publicKey',
    callFunction: () => Promise.resolve({ errcode: 1 }),
  })
  return {
    pay,
    gatewayThrough: (gate: Gate): Payments => {
      let drawn = 0
      return openCloudPay({ subMchId: MERCHANT, envId: 'local', callbackFunction: 'pay-callback' }, {
        hex: bytes => (++drawn).toString(16).padStart(bytes * 2, '0'),
      }, () => reach(pay, gate))
    },
    /** The customer types the password. Answers whether WeChat took the money. */
    take: (outTradeNo: string): boolean => {
      const trade = pay.ledger.trade('cloudPay', outTradeNo)
      return trade !== null && trade !== undefined && pay.trading.pay(trade, trade.openid, clock.nowMs, trade.prepayAtMs) === null
    },
    /** Lets happen what is due by now. */
    wake: () => {
      for (const sleeper of sleepers.filter(one => one.atMs <= clock.nowMs)) {
        sleepers.splice(sleepers.indexOf(sleeper), 1)
        sleeper.wake()
      }
    },
    /** What WeChat has of one order: received, and given or being given back. In fen. */
    booksOf: (orderId: string) => {
      const trades = pay.ledger.trades().filter(trade => trade.outTradeNo.startsWith(orderId) && trade.paidAtMs !== null)
      const refunds = trades.flatMap(trade => pay.ledger.refundsOf(trade.id))
      return {
        paidFen: trades.reduce((sum, trade) => sum + trade.totalFee, 0),
        backFen: refunds.filter(refund => refund.state !== 'CLOSED').reduce((sum, refund) => sum + refund.refundFee, 0),
      }
    },
    close: () => pay.close(),
  }
}

function reach(pay: Pay, gate: Gate): CloudPay {
  const call = (api: string) => (given: Record<string, unknown>) => gate(`pay ${api}`, async () => {
    const fields = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`), value]))
    const reply = await pay.answer(api, fields, undefined)
    if (reply === 'lost') throw new Error('The connection was cut.')
    return (Buffer.isBuffer(reply) ? { data: reply } : camelCased(reply)) as PayResult
  })
  return {
    unifiedOrder: call('unifiedOrder'), queryOrder: call('queryOrder'), closeOrder: call('closeOrder'), refund: call('refund'), queryRefund: call('queryRefund'),
    downloadBill: call('downloadBill'),
  }
}
