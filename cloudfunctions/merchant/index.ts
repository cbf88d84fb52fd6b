import { merchantActions } from '../../contracts/merchant.ts'
import { hostDoor } from '../../backend/door/host.ts'
import { approveAfterSale, declineAfterSale } from '../../backend/aftersale/decideAfterSale.ts'
import { resolveIncident } from '../../backend/incident/resolveIncident.ts'
import { retryRefund, settleRefundByHand } from '../../backend/refund/mend.ts'
import { refundOrder, refundQuote } from '../../backend/refund/refundOrder.ts'
import { checkShop } from '../../backend/setup/checkShop.ts'
import { attention, listAfterSales, listIncidents, listTroubledRefunds } from '../../backend/staff/attention.ts'
import { barOrders, markCollected, markReady } from '../../backend/staff/serve.ts'

/** The staff's door. Roles are read from the database in every call. */
export const main = hostDoor(merchantActions, {
  orders: barOrders,
  markReady,
  markCollected,
  attention: (world, _input, staff) => attention(world, staff),
  afterSales: listAfterSales,
  refundsInTrouble: listTroubledRefunds,
  incidents: listIncidents,
  refundQuote,
  declineAfterSale,
  approveAfterSale,
  refundOrder,
  retryRefund,
  settleRefundByHand,
  resolveIncident,
  checkShop: world => checkShop(world),
})
