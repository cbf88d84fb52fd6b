import type { Fee, Fulfilment } from '../../contracts/order.ts'

/** How the goods reach the customer. Delivery has its fees already; orders for it come later. */
export type Way = Fulfilment['kind'] | 'Delivery'

/** What a store charges beside the goods, for each way. */
export type FeeRules = Partial<Record<Way, { packaging?: PackagingFee, delivery?: DeliveryFee }>>

/** For what is made at the bar; goods from the shelf come packed. */
export interface PackagingFee { per: 'Piece' | 'Order', feeFen: number }

/**
 * `freeFromFen` is what the goods must come to, before discounts, for the delivery to be free: a coupon never makes it
 * dearer. Null when it never is. A fee by distance will be another kind, and `Trip` tell how far it is.
 */
export interface DeliveryFee { kind: 'Fixed', feeFen: number, freeFromFen: number | null }

/** What the fees of an order depend on. */
export interface Trip { way: Way, goodsFen: number, packedPieces: number }

/** The fees of a trip, without those of nothing. Pure. */
export function feesOf({ way, goodsFen, packedPieces }: Trip, rules: FeeRules): Fee[] {
  const { packaging, delivery } = rules[way] ?? {}
  const fees: Fee[] = []
  if (packaging && packedPieces > 0) fees.push(packagingOf(packaging, packedPieces))
  if (delivery && goodsFen > 0) fees.push({ kind: 'Delivery', amountFen: deliveryFenOf(delivery, goodsFen) })
  return fees.filter(fee => fee.amountFen > 0)
}

function packagingOf({ per, feeFen }: PackagingFee, pieces: number): Fee {
  return per === 'Order' ? { kind: 'Packaging', amountFen: feeFen } : { kind: 'Packaging', amountFen: feeFen * pieces, pieces }
}

function deliveryFenOf(delivery: DeliveryFee, goodsFen: number): number {
  switch (delivery.kind) {
    case 'Fixed': return delivery.freeFromFen !== null && goodsFen >= delivery.freeFromFen ? 0 : delivery.feeFen
  }
}
