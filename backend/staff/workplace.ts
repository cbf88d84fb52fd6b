import type { Workplace } from '../../contracts/merchant.ts'
import type { World } from '../ports.ts'
import { isResting } from '../store/hours.ts'
import { storesInOrder, StoreUnknown } from '../store/stores.ts'

/** The store of this call, and those that this person may change to. `storeIds` are theirs; null is every one. One database operation. */
export async function workplaceOf(world: World, storeIds: readonly string[] | null): Promise<Workplace> {
  const { storeId } = world.settings
  const mine = await storesInOrder(world, storeIds)
  const here = mine.find(({ _id }) => _id === storeId)
  if (!here) throw new StoreUnknown(storeId)
  return {
    storeId, name: here.name, isResting: isResting(here),
    stores: mine.length > 1 ? mine.map(({ _id, name }) => ({ id: _id, name })) : [],
  }
}
