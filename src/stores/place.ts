import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { storage } from '@/platform/storage'
import type { Store } from '@contracts/catalog.ts'

/** The store that was chosen, kept on the phone; every call of the customer names it. */
export const usePlace = defineStore('place', () => {
  /** Null is the shop's first store. */
  const storeId = ref<string | null>(storage.read('storeId'))
  /** The stores as they were last listed, so that the page of one need not ask again. */
  const known = shallowRef<Store[]>([])

  /** Where the phone is, once it has said so; for as long as the program runs. */
  const here = shallowRef<{ latitude: number, longitude: number } | null>(null)

  /** True when it is another store than before. */
  function choose(id: string): boolean {
    const isOther = storeId.value !== id
    storeId.value = id
    storage.write('storeId', id)
    return isOther
  }

  return { storeId, known, here, choose }
})
