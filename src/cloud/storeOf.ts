import { storage } from '@/platform/storage'
import type { DoorName } from './transport'

/** Where the phone keeps which store a door is asked about: the customer's choice, or the workplace of staff. */
export const keptStore = { shop: 'storeId', merchant: 'workStoreId' } as const satisfies Record<DoorName, string>

/** The store that a call is about, where one was chosen. The server lets staff into their own stores only. */
export function storeOf(door: DoorName): { storeId?: string } {
  const storeId = storage.read(keptStore[door])
  return storeId === null ? {} : { storeId }
}
