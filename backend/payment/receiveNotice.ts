import type { ToldRefund, World } from '../ports.ts'
import { payOut } from '../refund/payOut.ts'
import { settle } from './settle.ts'
import type { Settlement } from './settle.ts'

const acknowledged: readonly Settlement[] = ['Settled', 'Disputed', 'NotOurs']

interface Subject { outTradeNo?: unknown, outRefundNo?: unknown }

/**
 * Follows a notice of WeChat Pay to what it is about. Even a true one is only a hint which number to ask WeChat about; but
 * of a refund through cloudPay WeChat tells nothing else, so what the platform's own callback said goes along as `told`.
 * Null when the notice may be acknowledged, which is after everything is saved; else why it has to come again.
 */
export async function followNotice(world: World, subject: Subject, told: ToldRefund | null = null): Promise<string | null> {
  const { outTradeNo, outRefundNo } = subject
  if (typeof outRefundNo === 'string') return await payOut(world, outRefundNo, told) ? null : 'the refund is not clear yet'
  if (typeof outTradeNo !== 'string') return 'outTradeNo is missing'
  const settlement = await settle(world, outTradeNo)
  if (settlement === 'NotOurs') world.log.warn('A notice names a payment that we never asked for', { outTradeNo })
  return acknowledged.includes(settlement) ? null : `the query says ${settlement}`
}

/** What WeChat wants to hear: 0 ends the repeats, anything else asks for another. Source: CloudPay paymentCallback. */
export interface NoticeReply { errcode: number, errmsg: string }

/** A notice of cloudPay. The platform's SOURCE must be exactly that of a payment callback. */
export async function receiveNotice(
  world: World,
  source: string | undefined,
  event: Record<string, unknown>,
  told: ToldRefund | null,
): Promise<NoticeReply> {
  if (source !== 'wx_paycallback') {
    world.log.warn('Somebody who is not WeChat Pay called the payment callback', { source })
    return { errcode: 1, errmsg: 'not allowed' }
  }
  const objection = await followNotice(world, event, told)
  return objection === null ? { errcode: 0, errmsg: 'ok' } : { errcode: 1, errmsg: objection }
}
