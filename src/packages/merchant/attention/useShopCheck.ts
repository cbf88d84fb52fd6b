import { onShow } from '@dcloudio/uni-app'
import { shallowRef } from 'vue'
import { merchant } from '@/cloud/call'
import type { OutputOf } from '@contracts/action.ts'
import type { MerchantActions } from '@contracts/merchant.ts'

/** How the shop is set up, while there is something to mend. Clerks are not told: they can change nothing of it. */
export function useShopCheck() {
  const check = shallowRef<OutputOf<MerchantActions['checkShop']> | null>(null)
  onShow(async () => {
    const outcome = await merchant.call('checkShop', {})
    check.value = outcome.ok && outcome.value.findings.length > 0 ? outcome.value : null
  })
  return check
}
