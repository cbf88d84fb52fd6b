import { shop } from '@/cloud/call'
import { wechat } from '@/platform'
import { isPaid } from './words'
import type { Answer, Failure } from '@/cloud/call'
import type { PaymentAnswer } from '@/platform/wechat'
import type { OrderView } from '@contracts/order.ts'
import type { ShopActions } from '@contracts/shop.ts'

/** WeChat may need a moment to know of a payment. After these pauses a person is told to wait. */
const pausesMs = [1000, 2000, 3000, 5000]

/** How a visit to the cashier ended, by the server's word about the order. */
export type PaymentEnd =
  | { kind: 'Paid', order: OrderView }
  /** The phone says paid, or the server could not be reached: nobody can say yet what became of the money. */
  | { kind: 'Processing' }
  | { kind: 'NotPaid', because: 'cancel' | 'fail' }
  /** The cashier could not be opened. */
  | { kind: 'NotOpened', failure: Failure }

/** Where the person is on the way, so that a button can say so. */
export type PaymentPhase = 'preparing' | 'paying' | 'confirming'

const pause = (ms: number) => new Promise<void>((resolve) => { setTimeout(resolve, ms) })

function paidOrder(answer: Answer<ShopActions['syncPayment']>): OrderView | null {
  return answer.ok && isPaid(answer.value) ? answer.value : null
}

/** Asks the server until it knows. Whoever says they did not pay is asked about once. */
async function confirmWith(orderId: string, said: PaymentAnswer): Promise<PaymentEnd> {
  let answer = await shop.call('syncPayment', { orderId })
  for (const ms of said === 'ok' ? pausesMs : []) {
    if (paidOrder(answer)) break
    await pause(ms)
    answer = await shop.call('syncPayment', { orderId })
  }
  const order = paidOrder(answer)
  if (order) return { kind: 'Paid', order }
  return said === 'ok' || !answer.ok ? { kind: 'Processing' } : { kind: 'NotPaid', because: said }
}

/** Unified order, cashier, and then the only truth: what the server knows about the money. */
export async function payOrder(orderId: string, enter: (phase: PaymentPhase) => void): Promise<PaymentEnd> {
  enter('preparing')
  const prepared = await shop.call('unifiedOrder', { orderId })
  if (!prepared.ok) return { kind: 'NotOpened', failure: prepared }
  enter('paying')
  const said = await wechat.requestPayment(prepared.value.payment, prepared.value.askFor)
  enter('confirming')
  return confirmWith(orderId, said)
}
