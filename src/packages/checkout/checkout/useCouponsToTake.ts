import { shallowRef } from 'vue'
import { shop } from '@/cloud/call'
import { useTakeCoupon } from '@/composables/useTakeCoupon'
import type { CouponToTake } from '@contracts/coupon.ts'

/** The coupons that the shop hands out, and taking one. */
export function useCouponsToTake() {
  const toTake = shallowRef<CouponToTake[]>([])
  const { takingId, take: takeOne } = useTakeCoupon()

  /** What cannot be asked for is not offered: the checkout has more important things to say. */
  async function load(): Promise<void> {
    const outcome = await shop.call('coupons', {})
    if (outcome.ok) toTake.value = outcome.value.toTake
  }

  /** True when the coupon is now the customer's. */
  async function take(offer: CouponToTake): Promise<boolean> {
    const isTaken = await takeOne(offer)
    await load()
    return isTaken
  }

  return { toTake, takingId, load, take }
}
