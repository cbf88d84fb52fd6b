import { onHide, onShow } from '@dcloudio/uni-app'
import { watch } from 'vue'
import { useI18n } from '@/locales'
import { setBadge, setTab } from '@/platform/bars'
import { useCart } from '@/stores/cart'

const menuTab = 1

/** Keeps the tab bar's words and the cart's badge true while a page with a tab bar is in front. */
export function useTabBar(): void {
  const { t } = useI18n()
  const cart = useCart()
  let isShown = false

  function apply(): void {
    if (!isShown) return
    const { home, menu, mall, orders, me } = t.value.tabs
    const texts = [home, menu, mall, orders, me]
    texts.forEach((text, index) => setTab({ index, text }))
    setBadge(menuTab, cart.count)
  }

  onShow(() => {
    isShown = true
    apply()
  })
  onHide(() => { isShown = false })
  watch([t, () => cart.count], apply)
}
