/** What a good set of seeds has met at least once, beside every fault and every transition; the summary names what it missed. */
export const branches = {
  doubleTap: 'one request is sent from two devices at once',
  twoDevicesPay: 'two devices ask for the payment of one order at once',
  paidAtExpiry: 'somebody pays within three seconds of expiry',
  paidTooLate: 'somebody pays too late, and WeChat Pay refuses',
  moneyTwice: 'two trades of one order are paid',
  secondAttempt: 'an order gets a second number at WeChat Pay',
  prepayDuringClosing: 'WeChat Pay opens a trade while its order is being closed',
  paidAfterClosing: 'a trade is paid after WeChat Pay has called it closed',
  lateMoneyGivenBack: 'money for a closed order is given back',
  secondMoneyGivenBack: 'money that came twice is given back',
  refundReplyLost: 'a refund is accepted and the reply lost',
  amountIncident: 'an amount that differs is kept for a person to look at',
  payerIncident: 'another payer is kept for a person to look at',
  refundIncident: 'a payment that was refunded elsewhere is kept for a person to look at',
  takenBackIncident: 'a refund that had arrived is said not to have, and is kept for a person to look at',
  staffRefund: 'the owner sends money back without being asked',
  afterSaleRefund: 'the owner sends money back because a customer asked',
  partialRefund: 'a part of the money goes back',
  goodsCameBack: 'goods come back to the shelf with a refund',
  refundReplaced: 'a refund that WeChat gave up is asked for under the next number',
  settledByHand: 'staff settle a refund by hand',
  requestRepeated: 'a decision of the owner is sent twice at once',
  noticeForged: 'an ordinary client forges a notice or a timer',
  noticeRefused: 'a notice is not acknowledged',
  unsignedRefused: 'a notice that WeChat Pay has not signed is refused',
  paidByV3: 'an order is paid through API v3',
  refundedByV3: 'money goes back through API v3',
  gatewaySwitched: 'an order is paid through a gateway that the shop does not use any more',
  strangerTries: 'somebody acts on the order of another person',
  ranOutOfTime: 'a function is stopped at its time limit',
  sdkGaveUp: 'the SDK stops waiting for an answer',
  timersOverlap: 'a run of the timer begins while another one works',
  staffDuringTimer: 'staff act while the timer works',
  transactionExpired: 'a transaction is refused after 30 seconds',
  documentConflict: 'two transactions write one document',
  leftoverReleased: 'pieces that an order took too late go back by the safety net',
  priceMoved: 'a price changes while customers order',
  setOut: 'somebody sets out with what is to be brought',
  orderedInSizes: 'an order takes goods of which there are several kinds',
  orderedAtTable: 'an order is made at a table',
  orderedToAddress: 'an order is to be brought to somebody',
  orderedWithCoupon: 'an order is made with a coupon',
  orderedWithFees: 'an order is made that bears fees',
  feeWaived: 'a fee is waived, because the goods come to enough',
  portionsGone: 'the portions of a day are all taken',
  refusedCouponsGone: 'the last coupon is taken, and one more is refused',
  refusedCouponUnknown: 'somebody reaches for the coupon of another person',
  refusedAddressNeeded: 'nothing is brought to nobody\'s address',
  refusedLinesUnavailable: 'an order is refused for want of pieces',
  refusedPriceChanged: 'an order is refused because the customer saw another price',
  refusedTooManyUnpaid: 'an order is refused because too many are unpaid',
  refusedOrderNotUnpaid: 'a payment or a cancellation is refused because the order is not unpaid',
  refusedPaymentUnavailable: 'a payment cannot be prepared now',
  refusedCodeExpired: 'a login code was used up by a call whose answer got lost',
  refusedWeChatBusy: 'nobody can log in, because code2session does not answer',
} as const

/** What can never happen here, and why; the summary says so instead of calling it missed. */
export const impossible: Readonly<Record<string, string>> = {
  takenBackIncident: 'WeChat\'s books here never take back what has arrived; a test of its own brings such a notice',
}

export type Branch = keyof typeof branches

export const branchNames = Object.keys(branches) as Branch[]

/** The branch of a refusal; undefined for a code that is not listed. */
export function branchOfRefusal(code: string): Branch | undefined {
  const name = `refused${code}`
  return name in branches ? name as Branch : undefined
}
