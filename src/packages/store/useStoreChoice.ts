import { shop } from '@/cloud/call'
import { useI18n } from '@/locales'
import { useCart } from '@/stores/cart'
import { usePlace } from '@/stores/place'
import type { Store } from '@contracts/catalog.ts'

/** Going to a store, with a word about what of the cart is not to be had there. `leave` leads to where one orders. */
export function useStoreChoice(leave: () => unknown) {
  const { t, localized } = useI18n()
  const place = usePlace()
  const cart = useCart()

  async function lackingHere(): Promise<number> {
    const outcome = await shop.call('quote', { lines: cart.lines })
    return outcome.ok ? outcome.value.lines.filter(line => line.problem !== undefined).length : 0
  }

  return async function choose(store: Store): Promise<void> {
    const isOther = place.choose(store.id)
    const lacking = isOther && cart.lines.length > 0 ? await lackingHere() : 0
    void leave()
    if (!isOther) return
    const name = localized(store.name)
    const title = lacking > 0 ? t.value.stores.missing({ store: name, count: lacking }) : t.value.stores.switched({ store: name })
    uni.showToast({ title, icon: 'none', duration: lacking > 0 ? 3000 : 1500 })
  }
}
