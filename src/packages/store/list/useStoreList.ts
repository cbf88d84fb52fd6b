import { onShow } from '@dcloudio/uni-app'
import { computed, watch } from 'vue'
import { shop } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { byDistance } from '@/goods/near'
import { usePlace } from '@/stores/place'
import { useHere } from '../useHere'
import { useStoreChoice } from '../useStoreChoice'

/** The stores, the nearest first for who says where they are, and going to one of them. */
export function useStoreList() {
  const place = usePlace()
  const { here, wasRefused, isLocating, locate } = useHere()
  const choose = useStoreChoice(() => uni.navigateBack())

  const { state, value, failure, load } = useScreen(() => shop.call('stores', {}))
  const stores = computed(() => byDistance(value.value ?? [], here.value))
  const chosenId = computed(() => place.storeId ?? value.value?.[0]?.id ?? '')

  watch(value, (known) => { if (known) place.known = known })
  onShow(() => void load())

  return { state, failure, load, stores, chosenId, here, wasRefused, isLocating, locate, choose }
}
