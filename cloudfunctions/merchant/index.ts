import { merchantActions } from '../../contracts/merchant.ts'
import { pauseOrders, setExtraWait } from '../../backend/kitchen/tend.ts'
import { hostDoor } from '../../backend/door/host.ts'
import { approveAfterSale, declineAfterSale } from '../../backend/aftersale/decideAfterSale.ts'
import { arrangeHome, listGoodsNames, readArrangement } from '../../backend/catalog/arrangeHome.ts'
import { clearTable, listLeft, markLeft, resolveLeft, staffCancelBill } from '../../backend/dining/staff/clearTable.ts'
import { kitchenTickets, moveTicket } from '../../backend/dining/staff/kitchen.ts'
import { listTables, readSitting } from '../../backend/dining/staff/listTables.ts'
import { mergeTables, unmergeTables } from '../../backend/dining/staff/mergeTables.ts'
import { moveTable } from '../../backend/dining/staff/moveTable.ts'
import { answerCall, lockTable, openTable } from '../../backend/dining/staff/openTable.ts'
import { returnDish } from '../../backend/dining/staff/returnDish.ts'
import { listGoods, setSoldOut } from '../../backend/catalog/keepGoods.ts'
import { listSharedChoices, setChoiceSoldOut } from '../../backend/catalog/sharedChoices.ts'
import { resolveIncident } from '../../backend/incident/resolveIncident.ts'
import { dismissEffect, retryEffect } from '../../backend/outbox/deadLetters.ts'
import { retryBill } from '../../backend/reconciliation/retryBill.ts'
import { retryRefund, settleRefundByHand } from '../../backend/refund/mend.ts'
import { refundOrder, refundQuote } from '../../backend/refund/refundOrder.ts'
import { correctShipping, remindReceipt, shipOrder } from '../../backend/shipping/shipOrder.ts'
import { correctTogether, shipTogether } from '../../backend/shipping/shipTogether.ts'
import { attention, listAfterSales, listDeadLetters, listIncidents, listTroubledRefunds } from '../../backend/staff/attention.ts'
import { listTemplates, saveCouponTemplate, stopCouponTemplate } from '../../backend/promotion/coupon/manageTemplates.ts'
import { readSales } from '../../backend/statistics/readSales.ts'
import { answerReview, hideReview, reviewsForStaff } from '../../backend/review/mindReviews.ts'
import { changeStock, readStock } from '../../backend/stock/keepStock.ts'
import { showBar } from '../../backend/staff/bar.ts'
import { findOrders } from '../../backend/staff/findOrders.ts'
import { orderForStaff } from '../../backend/staff/orderForStaff.ts'
import { listOrdersToShipWith } from '../../backend/staff/shipWith.ts'
import { readStoreRules, saveStoreRules } from '../../backend/store/keepRules.ts'
import { barOrders, markCollected, markReady, readReceiver, setOut, startMaking } from '../../backend/staff/serve.ts'

/** The staff's door. Roles are read from the database in every call. */
export const main = hostDoor(merchantActions, {
  bar: showBar,
  orders: barOrders,
  setExtraWait,
  pauseOrders,
  markReady,
  markCollected,
  startMaking,
  setOut,
  receiver: readReceiver,
  shipOrder,
  orderForStaff,
  findOrders,
  correctShipping,
  remindReceipt,
  ordersToShipWith: listOrdersToShipWith,
  shipTogether,
  correctTogether,
  attention,
  afterSales: listAfterSales,
  refundsInTrouble: listTroubledRefunds,
  incidents: listIncidents,
  deadLetters: listDeadLetters,
  refundQuote,
  declineAfterSale,
  approveAfterSale,
  refundOrder,
  retryRefund,
  settleRefundByHand,
  resolveIncident,
  retryBill,
  retryEffect,
  dismissEffect,
  stock: readStock,
  changeStock,
  saveCouponTemplate,
  couponTemplates: listTemplates,
  stopCouponTemplate,
  sales: readSales,
  tables: world => listTables(world),
  sitting: readSitting,
  openTable,
  lockTable,
  moveTable,
  mergeTables,
  unmergeTables,
  clearTable,
  returnDish,
  staffCancelBill,
  answerCall,
  markLeft,
  leftUnpaid: listLeft,
  resolveLeft,
  kitchenTickets,
  moveTicket,
  reviews: reviewsForStaff,
  answerReview,
  hideReview,
  homeArrangement: world => readArrangement(world),
  arrangeHome,
  goodsNames: world => listGoodsNames(world),
  staffGoods: listGoods,
  setSoldOut,
  sharedChoices: world => listSharedChoices(world),
  setChoiceSoldOut,
  storeRules: world => readStoreRules(world),
  saveStoreRules,
})
