import type { Fee } from '../../contracts/order.ts'
import type { Way } from '../../contracts/fulfilment.ts'
import type { ProvinceCode } from '../../contracts/regions.ts'
import { deliveryFeeOf } from './delivery.ts'
import type { DeliveryFee } from './delivery.ts'
import { freightOf } from './freight.ts'
import type { FreightRules } from './freight.ts'

export type { Way }

/** What a store charges beside the goods, for each way. */
export type FeeRules = Partial<Record<Way, WayFees>>

export interface WayFees { packaging?: PackagingFee, utensils?: UtensilsFee, delivery?: DeliveryFee, freight?: FreightRules }

/** For what is made at the bar; goods from the shelf come packed. */
export interface PackagingFee { per: 'Piece' | 'Order', feeFen: number }

/** For each set of cutlery and straws beyond what is free. */
export interface UtensilsFee { freeSets: number, feeFen: number }

/** Where an order goes, as far as it is known. */
export interface Destination { province: ProvinceCode | null, /** From the store, as the crow flies. */ meters: number | null }

/** What the fees of an order depend on. */
export interface Trip {
  way: Way
  goodsFen: number
  packedPieces: number
  grams?: number
  utensils?: number
  destination?: Destination | null
}

/** The fees of a trip, without those of nothing. Those that were waived stay, at nothing, and say why. Pure. */
export function feesOf({ way, goodsFen, packedPieces, grams = 0, utensils = 0, destination = null }: Trip, rules: FeeRules): Fee[] {
  const { packaging, delivery, freight, utensils: sets } = rules[way] ?? {}
  const fees: Fee[] = []
  if (packaging && packedPieces > 0) fees.push(packagingOf(packaging, packedPieces))
  if (sets && utensils > sets.freeSets) fees.push(utensilsOf(sets, utensils))
  if (delivery && goodsFen > 0) fees.push(...deliveryFeeOf(delivery, goodsFen, destination?.meters ?? null))
  if (freight && goodsFen > 0) fees.push(...freightOf(freight, { province: destination?.province ?? null, grams, goodsFen }))
  return fees.filter(fee => fee.amountFen > 0 || fee.because?.kind === 'FreeFrom')
}

function packagingOf({ per, feeFen }: PackagingFee, pieces: number): Fee {
  return per === 'Order' ? { kind: 'Packaging', amountFen: feeFen } : { kind: 'Packaging', amountFen: feeFen * pieces, pieces }
}

function utensilsOf({ freeSets, feeFen }: UtensilsFee, sets: number): Fee {
  return { kind: 'Utensils', amountFen: feeFen * (sets - freeSets), pieces: sets - freeSets }
}
