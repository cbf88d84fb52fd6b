import { ref, shallowRef } from 'vue'
import { shop } from '@/cloud/call'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import type { CouponToTake } from '@contracts/coupon.ts'

/** The coupons that the shop hands out, and taking one. */
export function useCouponsToTake() {
  const { t } = useI18n()
  const toTake = shallowRef<CouponToTake[]>([])
  /** The template that is being taken from. */
  const takingId = ref('')

  /** What cannot be asked for is not offered: the checkout has more important things to say. */
  async function load(): Promise<void> {
    const outcome = await shop.call('coupons', {})
    if (outcome.ok) toTake.value = outcome.value.toTake
  }

  /** True when the coupon is now the customer's. The number makes a second tap the same wish. */
  async function take({ templateId, number }: CouponToTake): Promise<boolean> {
    if (takingId.value) return false
    takingId.value = templateId
    const outcome = await shop.call('takeCoupon', { templateId, number })
    takingId.value = ''
    uni.showToast({ title: outcome.ok ? t.value.coupon.taken : failureText(outcome, t.value), icon: 'none' })
    await load()
    return outcome.ok
  }

  return { toTake, takingId, load, take }
}
