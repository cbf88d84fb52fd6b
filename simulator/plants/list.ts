import { afterwardsPlants } from './afterwards.ts'
import { closingPlants } from './closing.ts'
import { orderingPlants } from './ordering.ts'
import { payingPlants } from './paying.ts'
import { payV3Plants } from './payV3.ts'
import type { Plant } from './plant.ts'
import { pricingPlants } from './pricing.ts'
import { refundingPlants } from './refunding.ts'

export const plants: readonly Plant[] = [
  ...orderingPlants, ...pricingPlants, ...payingPlants, ...payV3Plants, ...closingPlants, ...refundingPlants, ...afterwardsPlants,
]

/** What is planted together to be caught: a plant and those it needs. */
export interface Bed { name: string, plants: readonly Plant[] }

/** One bed for every plant; two that need each other share one. */
export const beds: readonly Bed[] = [...new Map(plants.map(bedOf).map(bed => [bed.name, bed])).values()]

/** The plants of these names. Throws with one sentence for a name that nobody knows. */
export function plantsNamed(names: readonly string[]): Plant[] {
  return names.map((name) => {
    const plant = plants.find(one => one.name === name)
    if (!plant) throw new Error(`There is no plant "${name}"; --list-plants names them all.`)
    return plant
  })
}

function bedOf({ name, with: others = [] }: Plant): Bed {
  const names = [name, ...others].sort()
  return { name: names.join(','), plants: plantsNamed(names) }
}
