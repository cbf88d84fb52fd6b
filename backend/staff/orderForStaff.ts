import type { Role } from '../../contracts/member.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { AttemptForStaff, AuditView, RefundForStaff, StaffOrder, StaffShipment } from '../../contracts/staffOrder.ts'
import { afterSaleIdOf, afterSales, viewForStaff, withPhotos } from '../aftersale/afterSales.ts'
import { oneOf } from '../database.ts'
import { nicknamesOf } from '../member/members.ts'
import { ofStore } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import { effectIdOf, outbox } from '../outbox/outbox.ts'
import type { EffectDocument } from '../outbox/outbox.ts'
import { attempts, outTradeNoOf } from '../payment/attempts.ts'
import type { AttemptDocument } from '../payment/attempts.ts'
import type { World } from '../ports.ts'
import { isCounted } from '../refund/giveBack.ts'
import { refunds, viewTrouble } from '../refund/refunds.ts'
import type { RefundDocument } from '../refund/refunds.ts'
import { REFUNDS_MAX } from '../refund/rules.ts'
import { shipments, viewShipment } from '../shipping/shipments.ts'
import type { ShipmentDocument } from '../shipping/shipments.ts'
import { audits } from './audits.ts'
import { viewForBar } from './serve.ts'

/** Of what there can be many, the latest: a page shows no more, and nobody tries to pay this often. */
const SHOWN = 30

/** Everything that staff may have to know of one order of their store. Ten database operations at most, nine of them side by side. */
export async function orderForStaff(world: World, { orderId }: { orderId: string }, reader: { openid: string, role: Role | null }) {
  const order = await ofStore(world, orderId)
  if (!order) return refused('OrderUnknown')
  const [shown, tried, back, shipment, requests, written] = await Promise.all([
    viewForBar(world, order), attemptsOf(world, order), refundsOf(world, orderId), shipmentOf(world, order), requestsOf(world, order),
    auditsOf(world, orderId, reader.openid),
  ])
  const shelfLines = order.lines.flatMap((line, place) => isCounted(order, line) ? [place] : [])
  return done<StaffOrder>({
    order: shown, shelfLines, attempts: tried, refunds: back, shipment, afterSales: requests, audits: written, mayDecide: reader.role === 'owner',
  })
}

async function attemptsOf(world: World, { _id, attempts: count }: OrderDocument): Promise<AttemptForStaff[]> {
  const numbers = Array.from({ length: Math.min(count, SHOWN) }, (_, back) => outTradeNoOf(_id, count - back))
  const found = numbers.length === 0 ? [] : await attempts(world).find({ where: { _id: oneOf(numbers) }, limit: numbers.length })
  return found.sort((one, other) => one.createdAtMs - other.createdAtMs).map(viewAttempt)
}

const viewAttempt = ({ _id: outTradeNo, state, totalFen, refundedFen, createdAtMs }: AttemptDocument): AttemptForStaff =>
  ({ outTradeNo, state, totalFen, refundedFen, createdAtMs })

/** Also those that were replaced: whoever looks for a number at WeChat finds it here. */
async function refundsOf(world: World, orderId: string): Promise<RefundForStaff[]> {
  const found = await refunds(world).find({ where: { orderId }, limit: REFUNDS_MAX })
  return found.sort((one, other) => other.createdAtMs - one.createdAtMs).map(viewRefund)
}

const viewRefund = (refund: RefundDocument): RefundForStaff => ({ ...viewTrouble(refund), lines: refund.lines, feesFen: refund.feesFen })

/** What was posted; what is handed over at the bar has no parcel to look at. */
async function shipmentOf(world: World, { _id, fulfilment }: OrderDocument): Promise<StaffShipment | null> {
  if (fulfilment.kind !== 'Express') return null
  const [shipment, reminder] = await Promise.all([shipments(world).read(_id), outbox(world).read(effectIdOf('RemindReceipt', _id))])
  return shipment && viewStaffShipment(shipment, reminder)
}

const viewStaffShipment = (shipment: ShipmentDocument, reminder: EffectDocument | null): StaffShipment => ({
  ...viewShipment(shipment),
  reminder: reminder === null ? 'None' : reminder.state === 'Waiting' ? 'Waiting' : reminder.state === 'Done' ? 'Sent' : 'Failed',
})

async function requestsOf(world: World, { _id, afterSales: count = 0 }: OrderDocument) {
  const ids = Array.from({ length: Math.min(count, SHOWN) }, (_, back) => afterSaleIdOf(_id, count - back))
  const found = ids.length === 0 ? [] : await afterSales(world).find({ where: { _id: oneOf(ids) }, limit: ids.length })
  return withPhotos(world, found.sort((one, other) => other.requestedAtMs - one.requestedAtMs).map(viewForStaff))
}

async function auditsOf(world: World, orderId: string, openid: string): Promise<AuditView[]> {
  const found = await audits(world).find({ where: { orderId }, sort: ['atMs', 'desc'], limit: SHOWN })
  const names = await nicknamesOf(world, found.map(({ by }) => by))
  return found.map(({ _id: id, what, by, amountFen, note, atMs }) =>
    ({ id, what, isMine: by === openid, byName: names.get(by) ?? '', amountFen, note, atMs }))
}
