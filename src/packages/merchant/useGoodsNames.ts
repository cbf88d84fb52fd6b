import { ref, shallowRef } from 'vue'
import { merchant } from '@/cloud/call'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import type { Category } from '@contracts/catalog.ts'
import type { GoodsName } from '@contracts/home.ts'

/** The names of goods and categories, asked for when the first of them is to be picked. */
export function useGoodsNames() {
  const { t } = useI18n()
  const goods = shallowRef<GoodsName[]>([])
  const categories = shallowRef<Category[]>([])
  const areKnown = ref(false)

  /** False, and a word about why, when they could not be had. */
  async function learn(): Promise<boolean> {
    if (areKnown.value) return true
    const outcome = await merchant.call('goodsNames', {})
    if (outcome.ok) ({ goods: goods.value, categories: categories.value } = outcome.value)
    else uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
    areKnown.value = outcome.ok
    return outcome.ok
  }

  return { goods, categories, learn }
}
