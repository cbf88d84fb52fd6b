import { onShow } from '@dcloudio/uni-app'
import { computed, ref, shallowRef, watch } from 'vue'
import { shop } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { byDistance } from '@/goods/near'
import { useI18n } from '@/locales'
import { surroundings } from '@/platform/surroundings'
import { useCart } from '@/stores/cart'
import { usePlace } from '@/stores/place'
import type { Store } from '@contracts/catalog.ts'

/** The stores, the nearest first for who says where they are, and going to one of them. */
export function useStoreList() {
  const { t, localized } = useI18n()
  const place = usePlace()
  const cart = useCart()
  const here = shallowRef<{ latitude: number, longitude: number } | null>(null)
  /** Nobody is asked twice who has said no. */
  const wasRefused = ref(false)
  const isLocating = ref(false)

  const { state, value, failure, load } = useScreen(() => shop.call('stores', {}))
  const stores = computed(() => byDistance(value.value ?? [], here.value))
  const chosenId = computed(() => place.storeId ?? value.value?.[0]?.id ?? '')

  watch(value, (known) => { if (known) place.known = known })
  onShow(() => void load())

  async function locate(): Promise<void> {
    if (isLocating.value) return
    isLocating.value = true
    here.value = await surroundings.whereAmI()
    isLocating.value = false
    wasRefused.value = here.value === null
  }

  /** Goes to a store, and says what of the cart is not to be had there. */
  async function choose(store: Store): Promise<void> {
    const isOther = place.choose(store.id)
    const lacking = isOther && cart.lines.length > 0 ? await lackingHere() : 0
    const name = localized(store.name)
    void uni.navigateBack()
    if (!isOther) return
    const title = lacking > 0 ? t.value.stores.missing({ store: name, count: lacking }) : t.value.stores.switched({ store: name })
    uni.showToast({ title, icon: 'none', duration: lacking > 0 ? 3000 : 1500 })
  }

  async function lackingHere(): Promise<number> {
    const outcome = await shop.call('quote', { lines: cart.lines })
    return outcome.ok ? outcome.value.lines.filter(line => line.problem !== undefined).length : 0
  }

  return { state, failure, load, stores, chosenId, here, wasRefused, isLocating, locate, choose }
}
