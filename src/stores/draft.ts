import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { storage } from '@/platform/storage'
import type { Way } from '@contracts/fulfilment.ts'
import type { Invoice } from '@contracts/invoice.ts'
import type { CartLine } from '@contracts/order.ts'

/** Goods that go together: what the bar makes, and what is posted or fetched from the shelf. */
export type CartGroup = 'Bar' | 'Mall'

/** A checkout as it was left: offered again after an interruption, until the order is placed or a while has passed. */
export interface CheckoutDraft {
  group: CartGroup
  /** The one thing that was bought at once, past the cart; null checks out what is in the cart. */
  alone: CartLine | null
  /** How the goods of the mall shall go; those of the bar go as the visit says. */
  mallWay: 'Express' | 'PickUp'
  addressId: string | null
  slotAtMs: number | null
  utensils: number | null
  invoice: Invoice | null
  /** When the checkout was last open; null once its order was placed. */
  openedAtMs: number | null
}

const keptMs = 2 * 3_600_000

const blank: CheckoutDraft = {
  group: 'Bar', alone: null, mallWay: 'Express', addressId: null, slotAtMs: null, utensils: null, invoice: null, openedAtMs: null,
}

/** The group that goods belong to, by the ways that they can go. */
export const groupOf = (ways: readonly Way[]): CartGroup =>
  ways.length === 0 || ways.some(way => way === 'DineIn' || way === 'TakeAway' || way === 'Delivery') ? 'Bar' : 'Mall'

/** What was chosen at the checkout, kept on the phone. */
export const useDraft = defineStore('draft', () => {
  const draft = shallowRef<CheckoutDraft>({ ...blank, ...storage.read('draft') })

  /** A checkout was begun not long ago and never placed. */
  const isInterrupted = computed(() => draft.value.openedAtMs !== null && Date.now() - draft.value.openedAtMs < keptMs)

  function change(part: Partial<CheckoutDraft>): void {
    draft.value = { ...draft.value, ...part }
    storage.write('draft', draft.value)
  }

  /** The checkout of a group, or of one thing alone, comes into sight. What was chosen for another time is no longer wanted. */
  function open(group: CartGroup, alone: CartLine | null = null): void {
    const isOther = group !== draft.value.group || !isInterrupted.value
    change({ group, alone, openedAtMs: Date.now(), ...isOther ? { slotAtMs: null } : {} })
  }

  /** Nothing is left to be resumed: the order was placed, or nobody wants to go on. Address and habits stay. */
  function close(): void {
    change({ openedAtMs: null, alone: null, slotAtMs: null, invoice: null })
  }

  return { draft, isInterrupted, change, open, close }
})
