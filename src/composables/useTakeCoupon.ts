import { ref } from 'vue'
import { shop } from '@/cloud/call'
import { loginAhead } from '@/cloud/login'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import type { CouponOffer } from '@contracts/coupon.ts'

/** Takes coupons that the shop hands out, one at a time, and says what came of it. */
export function useTakeCoupon() {
  const { t } = useI18n()
  /** The template that is being taken from; empty where none is. */
  const takingId = ref('')
  /** Templates of which one was taken here: their tickets stay, so that nothing jumps under the finger. */
  const takenIds = ref<string[]>([])

  /** Whether this person has one to use, taken here or before. */
  const isHeld = ({ templateId, isHeld: isHeldBefore }: CouponOffer): boolean => isHeldBefore || takenIds.value.includes(templateId)

  /** True when the coupon is now the customer's. The number makes a second tap the same wish. */
  async function take({ templateId, number }: CouponOffer): Promise<boolean> {
    if (takingId.value || number === null) return false
    takingId.value = templateId
    await loginAhead()
    const outcome = await shop.call('takeCoupon', { templateId, number })
    takingId.value = ''
    const isTheirs = outcome.ok || outcome.code === 'TakenAlready'
    if (isTheirs) takenIds.value = [...takenIds.value, templateId]
    uni.showToast({ title: outcome.ok ? t.value.coupon.taken : failureText(outcome, t.value), icon: 'none' })
    return outcome.ok
  }

  return { takingId, isHeld, take }
}
