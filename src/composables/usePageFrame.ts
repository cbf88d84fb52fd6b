import { onHide, onShow } from '@dcloudio/uni-app'
import { watch } from 'vue'
import { isThemeChosen, pageStyle, theme } from '@/appearance/looks'
import { colourBar, colourTabs, setTab } from '@/platform/bars'
import { barColours } from '@/theme/palettes'

let icons = 'static/'
// #ifdef H5
// A browser would look for them beside the page.
icons = '/static/'
// #endif

/**
 * What every page has: the size of its text, its theme and its bars. The build puts it around each page of pages.json; no
 * page calls it by itself. `tabs` are the names of all tabs' icons, on pages that are tabs themselves.
 */
export function usePageFrame({ tabs }: { tabs: string[] }) {
  let isShown = false

  function paintBars(): void {
    if (!isShown || !isThemeChosen.value) return
    const { ground, page, tabText, tabSelected } = barColours[theme.value]
    colourBar(theme.value === 'dark', ground)
    // #ifdef MP-WEIXIN
    uni.setBackgroundColor({ backgroundColor: page, backgroundColorTop: page, backgroundColorBottom: page })
    // #endif
    if (tabs.length === 0) return
    colourTabs({ color: tabText, selectedColor: tabSelected, backgroundColor: ground })
    const night = theme.value === 'dark' ? '-night' : ''
    tabs.forEach((name, index) => setTab({
      index, iconPath: `${icons}tab-${name}${night}.png`, selectedIconPath: `${icons}tab-${name}-on${night}.png`,
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
