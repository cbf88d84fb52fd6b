import { computed, ref, shallowRef } from 'vue'
import { merchant } from '@/cloud/call'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import type { BarOrder } from '@contracts/merchant.ts'

/** Entering the parcel of an order that is posted, with other orders of the same customer that go into it. */
export function useParcel(onSent: () => Promise<void>) {
  const { t } = useI18n()
  /** Null closes the sheet. */
  const order = shallowRef<BarOrder | null>(null)
  const company = ref('')
  const trackingNumber = ref('')
  const others = shallowRef<BarOrder[]>([])
  const packedIds = ref<string[]>([])
  const isBusy = ref(false)
  /** What WeChat takes for a tracking number: letters, digits and dashes. */
  const number = computed(() => trackingNumber.value.trim())
  const canSend = computed(() => company.value !== '' && /^[A-Za-z0-9-]{4,64}$/.test(number.value))

  async function open(posted: BarOrder): Promise<void> {
    order.value = posted
    trackingNumber.value = ''
    others.value = []
    packedIds.value = []
    const outcome = await merchant.call('ordersToShipWith', { orderId: posted.id })
    if (outcome.ok && order.value === posted) others.value = outcome.value.orders
  }

  function close(): void {
    order.value = null
  }

  function togglePacked(id: string): void {
    packedIds.value = packedIds.value.includes(id) ? packedIds.value.filter(one => one !== id) : [...packedIds.value, id]
  }

  /** One order alone, or all that were packed together under one number. */
  function ship(orderId: string) {
    const label = { company: company.value, trackingNumber: number.value }
    if (packedIds.value.length === 0) return merchant.call('shipOrder', { orderId, parcels: [label] })
    return merchant.call('shipTogether', { orderIds: [orderId, ...packedIds.value], ...label })
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

  return { order, company, trackingNumber, others, packedIds, isBusy, canSend, open, close, togglePacked, send, scan }
}
