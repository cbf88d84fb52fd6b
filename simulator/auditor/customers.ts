import { isPaid } from './books.ts'
import type { Books } from './books.ts'
import type { Violation } from './promises.ts'

type Reply = { ok: true, value: Record<string, unknown> } | { ok: false, code: string }
type View = Record<string, unknown>
interface Asked { requestId?: string, orderId?: string, expectedTotalFen?: number }

const showsOrder = new Set(['placeOrder', 'syncPayment', 'cancelOrder', 'order', 'markReady', 'markCollected', 'refundOrder'])

/** What customers have been told: it was true at that moment, and what they were promised stays. */
export class Customers {
  private readonly orderOfRequest = new Map<string, string>()
  private readonly ownerOf = new Map<string, string>()

  constructor(private readonly books: Books, private readonly accuse: (violation: Violation) => void) {}

  /** A reply arrived on somebody's phone. */
  heard(openid: string, action: string, input: object, reply: Reply, askedAtMs: number): void {
    const asked = input as Asked
    if (!reply.ok) return this.heardNo(openid, asked.orderId, reply.code)
    if (action === 'unifiedOrder') this.heardPayable(asked.orderId, askedAtMs)
    if (action === 'placeOrder') this.heardOrder(openid, asked, reply.value)
    const views = action === 'orders' ? reply.value.orders as View[] : showsOrder.has(action) ? [reply.value] : []
    for (const view of views) this.heardView(view)
  }

  private heardOrder(openid: string, { requestId, expectedTotalFen }: Asked, { id, totalFen }: View): void {
    const wish = `${openid} ${String(requestId)}`
    const known = this.orderOfRequest.get(wish) ?? String(id)
    if (known !== id) this.accuse({ promise: 7, what: `the request ${wish} became ${known} and ${String(id)}` })
    if (totalFen !== expectedTotalFen) this.accuse({ promise: 5, what: `${openid} agreed to ${String(expectedTotalFen)} fen and was charged ${String(totalFen)}` })
    this.orderOfRequest.set(wish, known)
    this.ownerOf.set(String(id), openid)
  }

  /** Whoever asks after the time is over may not begin to pay. */
  private heardPayable(orderId: string | undefined, askedAtMs: number): void {
    const overAtMs = Number(this.books.row('orders', orderId)?.expiresAtMs) + this.books.clocksOffMs
    if (askedAtMs >= overAtMs) this.accuse({ promise: 9, what: `${String(orderId)} could be paid ${askedAtMs - overAtMs} ms after its time was over` })
  }

  private heardNo(openid: string, orderId: string | undefined, code: string): void {
    if (code !== 'OrderUnknown' || orderId === undefined || this.ownerOf.get(orderId) !== openid) return
    this.accuse({ promise: 7, what: `${openid} was given ${orderId} and is now told that there is none` })
  }

  private heardView({ id, state, totalFen, pickupNumber }: View): void {
    const order = this.books.row('orders', id)
    if (!order) return this.accuse({ promise: 7, what: `somebody was shown ${String(id)}, which is not in the shop's books` })
    if (isPaid(state) && !isPaid(order.state)) this.accuse({ promise: 3, what: `${String(id)} was shown as ${String(state)} and is ${String(order.state)}` })
    if (isPaid(state) && pickupNumber !== order.pickupNumber) this.accuse({ promise: 3, what: `${String(id)} was called ${String(pickupNumber)} and is ${String(order.pickupNumber)}` })
    if (state === 'Closed' && order.state !== 'Closed') this.accuse({ promise: 3, what: `${String(id)} was shown as Closed and is ${String(order.state)}` })
    if (totalFen !== order.totalFen) this.accuse({ promise: 5, what: `${String(id)} was shown at ${String(totalFen)} fen and costs ${String(order.totalFen)}` })
  }
}
