import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { storage } from '@/platform/storage'
import { usePlace } from './place'
import type { Stored } from '@/platform/storage'
import type { Arrival } from '@contracts/catalog.ts'
import type { Fulfilment } from '@contracts/order.ts'

/** A table is left after a while: a cup ordered from the sofa must not go to yesterday's table. */
const tableKeptMs = 4 * 3_600_000

type Way = Stored['way']

function keptArrival(): Stored['arrival'] | null {
  const kept = storage.read('arrival')
  return kept !== null && Date.now() - kept.atMs < tableKeptMs ? kept : null
}

/** How the customer came to the shop, and how the goods shall reach the customer. */
export const useVisit = defineStore('visit', () => {
  const place = usePlace()
  const arrival = shallowRef(keptArrival())
  /** What is written for the bar; it outlives going back from the checkout. */
  const remark = ref('')
  const chosen = ref<Way>(storage.read('way') ?? 'TakeAway')

  const tableName = computed(() => arrival.value?.tableName ?? null)
  const linkId = computed(() => arrival.value?.linkId)
  const way = computed<Way>(() => tableName.value === null && chosen.value === 'DineIn' ? 'TakeAway' : chosen.value)

  const fulfilment = computed<Fulfilment>(() => {
    if (way.value === 'DineIn' && linkId.value) return { kind: 'DineIn', linkId: linkId.value }
    return { kind: way.value === 'Delivery' ? 'Delivery' : 'TakeAway' }
  })

  function choose(next: Way): void {
    chosen.value = next
    storage.write('way', next)
  }

  /** Remembers a code; whoever scans a table means to sit down, and who holds a picture of its code is not there. */
  function arrive(by: Arrival, { isAbsent = false } = {}): void {
    if (by.kind === 'Unknown') return
    place.choose(by.storeId)
    const table = by.kind === 'Table' && !isAbsent ? by.tableName : null
    arrival.value = { linkId: by.linkId, tableName: table, atMs: Date.now() }
    storage.write('arrival', arrival.value)
    choose(table === null ? 'TakeAway' : 'DineIn')
  }

  /** The server knows the table no more. */
  function leaveTable(): void {
    arrival.value = null
    storage.remove('arrival')
    choose('TakeAway')
  }

  return { tableName, linkId, way, fulfilment, remark, choose, arrive, leaveTable }
})
