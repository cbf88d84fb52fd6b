import { onLoad, onShow } from '@dcloudio/uni-app'
import { storeToRefs } from 'pinia'
import { computed, ref, watch } from 'vue'
import { shop } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { routes } from '@/platform/routes'
import { surroundings } from '@/platform/surroundings'
import { useAddresses } from '@/stores/addresses'
import { useDraft } from '@/stores/draft'
import { provinceOf } from '@contracts/regions.ts'

/** The address book: to look after it, or to choose where an order goes. */
export function useAddressList() {
  const addresses = useAddresses()
  const { draft } = storeToRefs(useDraft())
  const { change } = useDraft()
  const isChoosing = ref(false)

  const { state, value, failure, load, show } = useScreen(() => shop.call('addresses', {}))
  const book = computed(() => value.value ?? [])
  /** Without a choice it is the default, which leads. */
  const chosenId = computed(() => draft.value.addressId ?? book.value[0]?.id ?? '')

  watch(value, (known) => { if (known) addresses.book = known })
  onLoad((query) => { isChoosing.value = query?.choose === '1' })
  onShow(() => {
    // What the form has just saved is shown at once, and asked for all the same.
    if (addresses.book) show(addresses.book)
    void load()
  })

  function choose(addressId: string): void {
    if (!isChoosing.value) return void routes.editAddress(addressId)
    change({ addressId })
    void uni.navigateBack()
  }

  async function fromWeChat(): Promise<void> {
    const given = await surroundings.chooseAddress()
    if (!given) return
    const { name, phone, city, district, detail } = given
    const province = provinceOf(given.province) ?? undefined
    addresses.given = { name, phone, detail, city, district, ...province ? { province } : {} }
    await routes.editAddress()
  }

  return { state, failure, load, book, isChoosing, chosenId, choose, fromWeChat }
}
