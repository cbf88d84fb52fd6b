import { onLoad } from '@dcloudio/uni-app'
import { computed, ref } from 'vue'
import { shop } from '@/cloud/call'
import { loginAhead } from '@/cloud/login'
import { useScreen } from '@/composables/useScreen'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import type { ProductScreen } from '@contracts/mall.ts'

/** The page of one product: what it shows, and whether it is among my favourites. */
export function useProduct() {
  const { t } = useI18n()
  const productId = ref('')
  const { state, value, failure, load, show } = useScreen<ProductScreen>(() => shop.call('product', { productId: productId.value }))
  const isFavourite = computed(() => value.value?.isFavourite ?? false)
  let isSending = false

  onLoad((query) => {
    productId.value = query?.productId ?? ''
    void load()
  })

  function mark(isMarked: boolean): void {
    if (value.value) show({ ...value.value, isFavourite: isMarked })
  }

  /** The heart answers at once; it turns back where the server says no. */
  async function toggleFavourite(): Promise<void> {
    if (isSending || !value.value) return
    const wanted = !isFavourite.value
    isSending = true
    mark(wanted)
    await loginAhead()
    const outcome = await shop.call('setFavourite', { productId: productId.value, isFavourite: wanted })
    isSending = false
    if (!outcome.ok) mark(!wanted)
    const { favoured, unfavoured } = t.value.product
    uni.showToast({ title: outcome.ok ? (wanted ? favoured : unfavoured) : failureText(outcome, t.value), icon: 'none' })
  }

  return { productId, state, value, failure, load, isFavourite, toggleFavourite }
}
