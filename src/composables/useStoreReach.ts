import { useI18n } from '@/locales'
import { surroundings } from '@/platform/surroundings'
import type { Whereabouts } from '@contracts/catalog.ts'

/** Two ways to a store: by phone, and on the map. */
export function useStoreReach(store: () => Whereabouts) {
  const { localized } = useI18n()

  function call(): void {
    uni.makePhoneCall({ phoneNumber: store().phone })
  }

  function showMap(): void {
    const { latitude, longitude, name, address } = store()
    surroundings.openMap({ latitude, longitude, name: localized(name), address: localized(address) })
  }

  return { call, showMap }
}
