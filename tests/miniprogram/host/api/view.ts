import type { Pages } from '../framework/pages.ts'
import type { Shell, TabLook } from '../shell/shell.ts'
import { asyncApi } from './asyncApi.ts'

interface Url { url: string }

/** Ways between pages, the bars around them, and questions about what is on the screen. */
export function viewApi(pages: Pages, shell: Shell) {
  return {
    navigateTo: asyncApi('navigateTo', ({ url }: Url) => pages.navigateTo(url)),
    redirectTo: asyncApi('redirectTo', ({ url }: Url) => pages.redirectTo(url)),
    switchTab: asyncApi('switchTab', ({ url }: Url) => pages.switchTab(url)),
    reLaunch: asyncApi('reLaunch', ({ url }: Url) => pages.reLaunch(url)),
    navigateBack: asyncApi('navigateBack', ({ delta = 1 }: { delta?: number }) => pages.navigateBack(delta)),
    setNavigationBarTitle: asyncApi('setNavigationBarTitle', ({ title }: { title: string }) => shell.setTitle(title)),
    setTabBarItem: asyncApi('setTabBarItem', ({ index, text, iconPath, selectedIconPath }: TabLook & { index: number }) => shell.setTab(index, { text, iconPath, selectedIconPath })),
    setTabBarStyle: asyncApi('setTabBarStyle', (look: { color?: string, selectedColor?: string, backgroundColor?: string }) => shell.style(look)),
    setTabBarBadge: asyncApi('setTabBarBadge', ({ index, text }: { index: number, text: string }) => shell.setTab(index, { badge: text })),
    removeTabBarBadge: asyncApi('removeTabBarBadge', ({ index }: { index: number }) => shell.setTab(index, { badge: null })),
    setNavigationBarColor: asyncApi('setNavigationBarColor', (look: { frontColor: string, backgroundColor: string }) => shell.colourBar(look)),
    setBackgroundColor: asyncApi('setBackgroundColor', ({ backgroundColor }: { backgroundColor?: string }) => {
      if (backgroundColor) document.body.style.background = backgroundColor
    }),
    setBackgroundTextStyle: asyncApi('setBackgroundTextStyle', () => undefined),
    showNavigationBarLoading: asyncApi('showNavigationBarLoading', () => undefined),
    hideNavigationBarLoading: asyncApi('hideNavigationBarLoading', () => undefined),
    showTabBarRedDot: asyncApi('showTabBarRedDot', ({ index }: { index: number }) => shell.setTab(index, { badge: '•' })),
    hideTabBarRedDot: asyncApi('hideTabBarRedDot', ({ index }: { index: number }) => shell.setTab(index, { badge: null })),
    enableAlertBeforeUnload: asyncApi('enableAlertBeforeUnload', ({ message }: { message: string }) => pages.askBeforeBack(message)),
    disableAlertBeforeUnload: asyncApi('disableAlertBeforeUnload', () => pages.askBeforeBack(null)),
    pageScrollTo: asyncApi('pageScrollTo', ({ scrollTop = 0 }: { scrollTop?: number }) => scrollTo({ top: scrollTop })),
    startPullDownRefresh: asyncApi('startPullDownRefresh', () => pages.pullDown()),
    stopPullDownRefresh: asyncApi('stopPullDownRefresh', () => undefined),
    createSelectorQuery: () => {
      const page = pages.current
      if (!page) throw new Error('There is no page to look at')
      return page.instance.createSelectorQuery()
    },
    nextTick: (callback: () => void) => { setTimeout(callback) },
  }
}
