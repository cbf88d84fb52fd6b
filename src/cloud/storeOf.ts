import { storage } from '@/platform/storage'
import type { DoorName } from './transport'

/** The store that a call is about, where the customer has chosen one. Staff are told apart by where they work. */
export function storeOf(door: DoorName): { storeId?: string } {
  const storeId = door === 'shop' ? storage.read('storeId') : null
  return storeId === null ? {} : { storeId }
}
