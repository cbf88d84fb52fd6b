import type { Looks } from '@/appearance/rules'
import type { CheckoutDraft } from '@/stores/draft'
import type { CartLine } from '@contracts/order.ts'
// #ifdef H5
import { person } from './person'
// #endif

export interface KeptScreen { shapes: string, value: unknown }

/** What the phone remembers between visits. */
export interface Stored {
  session: string
  /** What was searched for, the latest first. */
  searches: string[]
  cart: CartLine[]
  language: 'zh' | 'en'
  looks: Looks
  /** The last good answer of a screen, and the shape of the answers of that build. */
  screenHome: KeptScreen
  screenMenu: KeptScreen
  screenOrders: KeptScreen
  screenMall: KeptScreen
  /** Which section of the menu was in sight last. */
  menuPlace: { sectionId: string, atMs: number }
  /** The choices that were made last for a product, the latest product first. */
  lastChoices: { productId: string, choiceIds: string[] }[]
  /** The code that was scanned last. */
  arrival: { linkId: string, tableName: string | null, atMs: number }
  way: 'DineIn' | 'TakeAway' | 'Delivery'
  /** The checkout as it was left. */
  draft: CheckoutDraft
  /** The order that waits for its money. */
  unpaid: { orderId: string, totalFen: number, expiresAtMs: number }
  /** The store that was chosen; the shop's first one where it is absent. */
  storeId: string
  /** The store in which somebody of the staff works; the first of theirs where it is absent. */
  workStoreId: string
  /** The table at which this phone sits; without a sitting, its code was scanned and nobody has asked yet. */
  seat: { linkId: string, sittingId: string | null, atMs: number }
  /** Wishes that were sent and not yet answered, by the name of their form. */
  wishes: Record<string, { requestId: string, fingerprint: string, atMs: number }>
}

function storageKey(name: keyof Stored): string {
  let owner = ''
  // #ifdef H5
  // Two tabs of one browser may be two people; neither may find the other's session or cart.
  owner = `${person()}:`
  // #endif
  return `xiaopu:${owner}${name}`
}

/** The one way to what is kept on the phone. */
export const storage = {
  read<Name extends keyof Stored>(name: Name): Stored[Name] | null {
    const value: unknown = uni.getStorageSync(storageKey(name))
    // An absent key reads as an empty string on every platform.
    return value === '' || value === undefined || value === null ? null : value as Stored[Name]
  },
  write<Name extends keyof Stored>(name: Name, value: Stored[Name]): void {
    uni.setStorageSync(storageKey(name), value)
  },
  remove(name: keyof Stored): void {
    uni.removeStorageSync(storageKey(name))
  },
}
