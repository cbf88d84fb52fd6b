/**
 * The bars around the page in front. While one page gives way to another there is none, and the platform refuses: whichever
 * page comes next sets its own bars when it is shown, so there is nothing to be done about it.
 */
const unlessBetweenPages = { fail: () => undefined }

export const setTitle = (title: string) => uni.setNavigationBarTitle({ title, ...unlessBetweenPages })

type TabText = Pick<UniApp.SetTabBarItemOptions, 'index' | 'text' | 'iconPath' | 'selectedIconPath'>
export const setTab = (tab: TabText) => uni.setTabBarItem({ ...tab, ...unlessBetweenPages })

/** A number beside a tab; none takes it away. */
export function setBadge(index: number, count: number): void {
  if (count > 0) uni.setTabBarBadge({ index, text: String(count), ...unlessBetweenPages })
  else uni.removeTabBarBadge({ index, ...unlessBetweenPages })
}

/** Colours as `#rrggbb`; the navigation bar's ink is black or white. */
export const colourBar = (isDark: boolean, ground: string) =>
  uni.setNavigationBarColor({ frontColor: isDark ? '#ffffff' : '#000000', backgroundColor: ground, ...unlessBetweenPages })

export const colourTabs = (colours: { color: string, selectedColor: string, backgroundColor: string }) =>
  uni.setTabBarStyle({ ...colours, ...unlessBetweenPages })
