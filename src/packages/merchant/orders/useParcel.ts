import { computed, ref, shallowRef } from 'vue'
import { merchant } from '@/cloud/call'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { leftPieces } from '@/orders/refundWish'
import { given, isComplete, moveInto, moveOut, oneParcel, parcelsMax, withOneMore, without } from './packing'
import type { Draft } from './packing'
import type { BarOrder } from '@contracts/merchant.ts'
import type { ShipmentView } from '@contracts/shipping.ts'

/**
 * Entering the parcels of an order that is posted, with other orders of the same customer that go into the same one; or entering
 * anew what was wrong.
 */
export function useParcel(onSent: () => Promise<void>) {
  const { t } = useI18n()
  /** Null closes the sheet. */
  const order = shallowRef<BarOrder | null>(null)
  /** What is being corrected; null where it is entered for the first time. */
  const corrected = shallowRef<ShipmentView | null>(null)
  const drafts = shallowRef<Draft[]>(oneParcel([]))
  const at = ref(0)
  const others = shallowRef<BarOrder[]>([])
  const packedIds = ref<string[]>([])
  const isBusy = ref(false)

  const draft = computed(() => drafts.value[at.value]!)
  const company = computed({ get: () => draft.value.company, set: code => put({ company: code }) })
  const trackingNumber = computed({ get: () => draft.value.trackingNumber, set: number => put({ trackingNumber: number }) })
  const isTogether = computed(() => packedIds.value.length > 0 || (corrected.value?.together.length ?? 0) > 0)
  const canSend = computed(() => isComplete(drafts.value))
  /** How many parcels there are, which one is in sight, what is in it, and whether there may be one more. */
  const packing = computed(() => ({
    count: drafts.value.length,
    at: at.value,
    pieces: draft.value.pieces,
    mayAdd: !isTogether.value && drafts.value.length < Math.min(parcelsMax, pieceSum(drafts.value)),
  }))

  function put(change: Partial<Draft>): void {
    drafts.value = drafts.value.map((one, index) => index === at.value ? { ...one, ...change } : one)
  }

  function begin(posted: BarOrder, from: ShipmentView | null): void {
    corrected.value = from
    // The company of the parcel before is the likeliest.
    drafts.value = from === null ? oneParcel(leftPieces(posted), drafts.value[0]!.company) : draftsOf(posted, from)
    at.value = 0
    others.value = []
    packedIds.value = []
    order.value = posted
  }

  async function open(posted: BarOrder): Promise<void> {
    begin(posted, null)
    const outcome = await merchant.call('ordersToShipWith', { orderId: posted.id })
    if (outcome.ok && order.value === posted) others.value = outcome.value.orders
  }

  function correct(posted: BarOrder, shipment: ShipmentView): void {
    begin(posted, shipment)
  }

  function close(): void {
    order.value = null
  }

  function togglePacked(id: string): void {
    packedIds.value = packedIds.value.includes(id) ? packedIds.value.filter(one => one !== id) : [...packedIds.value, id]
  }

  function addParcel(): void {
    drafts.value = withOneMore(drafts.value)
    at.value = drafts.value.length - 1
  }

  function removeParcel(): void {
    drafts.value = without(drafts.value, at.value)
    at.value = Math.min(at.value, drafts.value.length - 1)
  }

  function pack(line: number, by: 1 | -1): void {
    drafts.value = (by === 1 ? moveInto : moveOut)(drafts.value, at.value, line)
  }

  /** One order alone, or all that were packed together under one number; for the first time or anew. */
  function ship(orderId: string) {
    const parcels = given(drafts.value)
    const { company: code, trackingNumber: number } = parcels[0]!
    const label = { company: code, trackingNumber: number }
    if (corrected.value !== null) {
      return isTogether.value ? merchant.call('correctTogether', { orderId, ...label }) : merchant.call('correctShipping', { orderId, parcels })
    }
    if (isTogether.value) return merchant.call('shipTogether', { orderIds: [orderId, ...packedIds.value], ...label })
    return merchant.call('shipOrder', { orderId, parcels })
  }

  async function send(): Promise<void> {
    if (order.value === null || !canSend.value || isBusy.value) return
    isBusy.value = true
    const outcome = await ship(order.value.id)
    isBusy.value = false
    uni.showToast({ title: outcome.ok ? t.value.parcel.sent : failureText(outcome, t.value), icon: 'none' })
    if (!outcome.ok) return
    close()
    await onSent()
  }

  /** The camera reads the number off the label, where there is one. */
  function scan(): void {
    uni.scanCode({
      success: ({ result }) => { trackingNumber.value = result },
      fail: ({ errMsg }: { errMsg: string }) => {
        if (!errMsg.includes('cancel')) uni.showToast({ title: t.value.parcel.noCamera, icon: 'none' })
      },
    })
  }

  return {
    order, corrected, company, trackingNumber, others, packedIds, packing, at, isBusy, canSend,
    open, correct, close, togglePacked, addParcel, removeParcel, pack, send, scan,
  }
}

const pieceSum = (drafts: Draft[]): number => drafts.flatMap(draft => draft.pieces).reduce((sum, count) => sum + count, 0)

/** What was entered, as it is entered anew. Pieces whose money went back meanwhile are in no parcel any more. */
function draftsOf(order: BarOrder, { parcels }: ShipmentView): Draft[] {
  const left = leftPieces(order)
  const drafts = parcels.map(({ company, trackingNumber, lines }) => ({
    company,
    trackingNumber,
    pieces: left.map((count, line) => {
      const inside = lines.find(one => one.line === line)?.quantity ?? 0
      const fits = Math.min(count, inside)
      left[line] = count - fits
      return fits
    }),
  }))
  return drafts.length === 0 ? oneParcel(left) : drafts
}
