import { storeToRefs } from 'pinia'
import { computed, shallowRef } from 'vue'
import { shop } from '@/cloud/call'
import { useDraft } from '@/stores/draft'
import { useVisit } from '@/stores/visit'
import { done } from '@contracts/outcome.ts'
import type { InputOf } from '@contracts/action.ts'
import type { CheckoutScreen } from '@contracts/checkout.ts'
import type { Fulfilment, Way } from '@contracts/fulfilment.ts'
import type { Quote } from '@contracts/order.ts'
import type { Outcome } from '@contracts/outcome.ts'
import type { ShopActions } from '@contracts/shop.ts'

/** How the goods shall go, where to and when: what was chosen, and what the server lets be chosen. */
export function useTill() {
  const visit = useVisit()
  const drafts = useDraft()
  const { draft } = storeToRefs(drafts)
  /** All that the last answer showed, beside the price. */
  const screen = shallowRef<CheckoutScreen | null>(null)

  const wanted = computed<Fulfilment>(() => {
    const { group, mallWay, addressId, slotAtMs } = draft.value
    const to = addressId === null ? {} : { addressId }
    const at = slotAtMs === null ? {} : { slotAtMs }
    if (group === 'Mall') return mallWay === 'Express' ? { kind: 'Express', ...to } : { kind: 'PickUp', ...at }
    if (visit.fulfilment.kind === 'Delivery') return { kind: 'Delivery', ...to, ...at }
    return visit.fulfilment.kind === 'TakeAway' ? { kind: 'TakeAway', ...at } : visit.fulfilment
  })
  const wish = computed(() => ({ fulfilment: wanted.value, ...draft.value.utensils === null ? {} : { utensils: draft.value.utensils } }))

  /** The finger is followed at once; what the server made of it counts as soon as it is heard. */
  const way = computed<Way>(() => wanted.value.kind)
  const address = computed(() => {
    const { addresses = [], addressId } = screen.value ?? {}
    return addresses.find(({ id }) => id === (draft.value.addressId ?? addressId)) ?? addresses.find(({ id }) => id === addressId) ?? null
  })

  /** What is ordered: the wish, with the address that the price is for. */
  const fulfilment = computed<Fulfilment>(() => {
    const goes = wanted.value
    if (goes.kind !== 'Express' && goes.kind !== 'Delivery') return goes
    return address.value ? { ...goes, addressId: address.value.id } : goes
  })

  async function price(input: InputOf<ShopActions['checkout']>): Promise<Outcome<Quote>> {
    const outcome = await shop.call('checkout', input)
    if (!outcome.ok) return outcome
    screen.value = outcome.value
    // On a slow network the answer for the way before may come after another one was chosen: it must not take that back.
    if (input.fulfilment?.kind === way.value) adopt(outcome.value.way)
    return done(outcome.value.quote)
  }

  /** A store may not offer what was chosen elsewhere; then its own first way is taken, and shown. */
  function adopt(answered: Way | null): void {
    if (answered !== null && answered !== way.value) choose(answered)
  }

  function choose(next: Way): void {
    if (next === 'Express' || next === 'PickUp') drafts.change({ mallWay: next, slotAtMs: null, group: 'Mall' })
    else {
      visit.choose(next)
      drafts.change({ slotAtMs: null, group: 'Bar' })
    }
  }

  return { screen, way, wish, address, fulfilment, price, choose }
}
