import { onHide, onShow } from '@dcloudio/uni-app'
import { watch } from 'vue'
import { isThemeChosen, pageStyle, theme } from '@/appearance/looks'
import { barColours } from '@/theme/palettes'

/** The names of the tabs' icons, in the order of the tab bar. */
const tabIcons = ['home', 'menu', 'orders', 'me']

/**
 * What every page has: the size of its text, its theme and its bars. The build puts it around each page of pages.json; no
 * page calls it by itself.
 */
export function usePageFrame({ isTab }: { isTab: boolean }) {
  let isShown = false

  function paintBars(): void {
    if (!isShown || !isThemeChosen.value) return
    const { ground, page, tabText, tabSelected } = barColours[theme.value]
    uni.setNavigationBarColor({ frontColor: theme.value === 'dark' ? '#ffffff' : '#000000', backgroundColor: ground })
    // #ifdef MP-WEIXIN
    uni.setBackgroundColor({ backgroundColor: page, backgroundColorTop: page, backgroundColorBottom: page })
    // #endif
    if (!isTab) return
    uni.setTabBarStyle({ color: tabText, selectedColor: tabSelected, backgroundColor: ground })
    const night = theme.value === 'dark' ? '-night' : ''
    tabIcons.forEach((name, index) => uni.setTabBarItem({
      index, iconPath: `static/tab-${name}${night}.png`, selectedIconPath: `static/tab-${name}-on${night}.png`,
    }))
  }

  onShow(() => {
    isShown = true
    paintBars()
  })
  onHide(() => { isShown = false })
  watch([theme, isThemeChosen], paintBars)

  return { pageStyle }
}
