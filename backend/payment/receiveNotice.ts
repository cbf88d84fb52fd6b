import type { World } from '../ports.ts'
import { payOut } from '../refund/payOut.ts'
import { settle } from './settle.ts'
import type { Settlement } from './settle.ts'

/** What WeChat wants to hear: 0 ends the repeats, anything else asks for another. Source: CloudPay paymentCallback. */
export interface NoticeReply { errcode: number, errmsg: string }

const acknowledged: readonly Settlement[] = ['Settled', 'Disputed', 'NotOurs']
const received: NoticeReply = { errcode: 0, errmsg: 'ok' }
const again = (errmsg: string): NoticeReply => ({ errcode: 1, errmsg })

/**
 * A payment or refund notice. The platform's SOURCE must be exactly that of a payment callback, and even then the notice
 * is only a hint which number to ask WeChat about: nothing else in it is read. Acknowledged only after the order is saved.
 */
export async function receiveNotice(world: World, source: string | undefined, event: Record<string, unknown>): Promise<NoticeReply> {
  if (source !== 'wx_paycallback') {
    world.log.warn('Somebody who is not WeChat Pay called the payment callback', { source })
    return again('not allowed')
  }
  const { outTradeNo, outRefundNo } = event
  if (typeof outRefundNo === 'string') {
    await payOut(world, outRefundNo)
    return received
  }
  if (typeof outTradeNo !== 'string') return again('outTradeNo is missing')
  const settlement = await settle(world, outTradeNo)
  if (settlement === 'NotOurs') world.log.warn('A notice names a payment that we never asked for', { outTradeNo })
  return acknowledged.includes(settlement) ? received : again(`the query says ${settlement}`)
}
