import { onLoad } from '@dcloudio/uni-app'
import { computed, reactive, ref, shallowRef } from 'vue'
import { shop } from '@/cloud/call'
import { useQuestion } from '@/composables/useQuestion'
import { useScreen } from '@/composables/useScreen'
import { useSubmit } from '@/composables/useSubmit'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { surroundings } from '@/platform/surroundings'
import { useAddresses } from '@/stores/addresses'
import { useDraft } from '@/stores/draft'
import { phonePattern } from '@contracts/address.ts'
import { regionIn } from '../region/regions'
import type { Region } from '../region/regions'
import type { Address, Place } from '@contracts/address.ts'

type Problem = 'name' | 'phone' | 'region' | 'detail'

/** One address being written: by hand, from the map, or as WeChat gave it. */
export function useAddressForm() {
  const { t } = useI18n()
  const addresses = useAddresses()
  const draft = useDraft()
  const { isBusy, submit } = useSubmit('address')
  const { question, ask, answer } = useQuestion()

  const addressId = ref('')
  const form = reactive({ name: '', phone: '', detail: '', isDefault: false, label: undefined as Address['label'] })
  const region = shallowRef<Region | null>(null)
  const place = shallowRef<Place | null>(null)
  /** What is still wrong, once somebody has tried to save. */
  const wasTried = ref(false)
  const problems = computed((): Problem[] => [
    ...form.name.trim() === '' ? ['name' as const] : [],
    ...phonePattern.test(form.phone.trim()) ? [] : ['phone' as const],
    ...region.value === null ? ['region' as const] : [],
    ...form.detail.trim() === '' ? ['detail' as const] : [],
  ])
  const problemOf = (field: Problem) => wasTried.value && problems.value.includes(field) ? t.value.address.problems[field] : ''

  function fill({ name = '', phone = '', detail = '', isDefault = false, label, province, city = '', district = '', place: known }: Partial<Address>): void {
    Object.assign(form, { name, phone, detail, isDefault, label })
    if (province) region.value = { province, city, district }
    place.value = known ?? null
  }

  /** Opened by itself, as after a restart of the phone, the page has no book yet. */
  const { state, failure, load, show } = useScreen(async () => {
    const outcome = await shop.call('addresses', {})
    if (outcome.ok) begin(outcome.value)
    return outcome
  })

  function begin(book: Address[]): void {
    fill(book.find(address => address.id === addressId.value) ?? {})
  }

  onLoad((query) => {
    addressId.value = query?.addressId ?? ''
    const { given, book } = addresses
    addresses.given = null
    if (given) fill(given)
    else if (addressId.value !== '' && book === null) return void load()
    else begin(book ?? [])
    show(book ?? [])
  })

  /** The map fills in what is still empty, and leaves alone what was written. */
  async function choosePlace(): Promise<void> {
    const chosen = await surroundings.choosePlace(place.value)
    if (!chosen) return
    const { latitude, longitude, name, address } = chosen
    place.value = { latitude, longitude, name: name.slice(0, 60) }
    const found = regionIn(address)
    if (found && region.value === null) region.value = { province: found.province, city: found.city, district: found.district }
    if (form.detail.trim() === '') form.detail = `${found ? found.rest : address}${name}`.slice(0, 100)
  }

  async function save(): Promise<void> {
    wasTried.value = true
    if (problems.value.length > 0 || region.value === null) return
    const wish = {
      ...addressId.value === '' ? {} : { addressId: addressId.value },
      ...region.value, name: form.name.trim(), phone: form.phone.trim(), detail: form.detail.trim(), isDefault: form.isDefault,
      ...form.label ? { label: form.label } : {}, ...place.value ? { place: place.value } : {},
    }
    const before = new Set(addresses.book?.map(({ id }) => id))
    const outcome = await submit(wish, requestId => shop.call('saveAddress', { ...wish, requestId }))
    if (!outcome) return
    if (!outcome.ok) {
      uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
      return
    }
    addresses.book = outcome.value
    // Whoever writes a new address while checking out means to use it.
    const written = addressId.value || outcome.value.find(({ id }) => !before.has(id))?.id
    if (written) draft.change({ addressId: written })
    leave(t.value.address.saved)
  }

  async function remove(): Promise<void> {
    const { removeTitle: title, removeBody: body, removeYes: yes, removeNo: no } = t.value.address
    if (!await ask({ title, body, yes, no })) return
    const outcome = await shop.call('deleteAddress', { addressId: addressId.value })
    if (outcome.ok) addresses.book = outcome.value
    if (outcome.ok) leave('')
    else uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
  }

  function leave(word: string): void {
    void uni.navigateBack()
    if (word) uni.showToast({ title: word, icon: 'none' })
  }

  return { state, failure, load, addressId, form, region, place, problemOf, isBusy, choosePlace, save, remove, question, answer }
}
