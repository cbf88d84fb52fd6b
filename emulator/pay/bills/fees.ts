import type { Refund } from '../ledger.ts'

const basisPointsOfOne = 10_000n

/** The fee of an amount, rounded half up to the fen. */
export function feeOf(amountFen: number, basisPoints: number): number {
  return Number((BigInt(amountFen) * BigInt(basisPoints) * 2n + basisPointsOfOne) / (basisPointsOfOne * 2n))
}

/**
 * The fee that comes back with a refund: what the refunds of the trade return together grows to the whole fee, so that a
 * trade refunded in parts has cost nothing. `ofTrade` are all its refunds, in the order in which they were accepted.
 */
export function feeReturned(refund: Refund, ofTrade: Refund[], basisPoints: number): number {
  const earlier = ofTrade.slice(0, ofTrade.findIndex(({ id }) => id === refund.id))
  const before = earlier.filter(one => !wasClosedBy(one, refund.acceptedAtMs)).reduce((sum, one) => sum + one.refundFee, 0)
  return feeOf(before + refund.refundFee, basisPoints) - feeOf(before, basisPoints)
}

function wasClosedBy(refund: Refund, atMs: number): boolean {
  return refund.state === 'CLOSED' && refund.doneAtMs <= atMs
}
