import { vi } from 'vitest'

type Hook = (query?: Record<string, string>) => unknown

const hooks = new Map<string, Hook[]>()
const register = (name: string) => (hook: Hook) => { hooks.set(name, [...hooks.get(name) ?? [], hook]) }

/** What `@dcloudio/uni-app` gives a page, held still so that a test can fire it. */
export const pageHooks = {
  onLoad: register('onLoad'),
  onShow: register('onShow'),
  onHide: register('onHide'),
  onUnload: register('onUnload'),
  onBackPress: register('onBackPress'),
  onReachBottom: register('onReachBottom'),
  onPullDownRefresh: register('onPullDownRefresh'),
  onShareAppMessage: register('onShareAppMessage'),
  onShareTimeline: register('onShareTimeline'),
}

/** Of WeChat, what every page sees of it: no more happens there than on a phone in light colours. */
export const plainWeChat = {
  cameByPicture: () => false, pictureUrl: (id: string) => id, tap: () => undefined, fontSizePx: () => 16, theme: () => 'light' as const, onTheme: () => undefined,
  // Every photo is small enough.
  darkroom: { look: async () => ({ width: 800, height: 600, bytes: 1000 }), print: async (path: string) => path },
}

/** Fires a hook of the page, as the platform would. */
export async function fire(name: keyof typeof pageHooks, query?: Record<string, string>): Promise<void> {
  await Promise.all((hooks.get(name) ?? []).map(hook => hook(query)))
}

/** A phone that was just taken out of its box: nothing stored, no page open. */
export function freshPhone() {
  hooks.clear()
  localStorage.clear()
  const stored = new Map<string, unknown>()
  const phone = {
    getStorageSync: (key: string) => stored.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => { stored.set(key, structuredClone(value)) },
    removeStorageSync: (key: string) => { stored.delete(key) },
    getAppBaseInfo: () => ({ language: 'zh-CN' }),
    upx2px: (rpx: number) => rpx / 2,
    getWindowInfo: () => ({ pixelRatio: 2, windowWidth: 375, windowHeight: 812 }),
    showToast: vi.fn(),
    stopPullDownRefresh: vi.fn(),
    setNavigationBarTitle: vi.fn(),
    setTabBarItem: vi.fn(),
    setTabBarBadge: vi.fn(),
    removeTabBarBadge: vi.fn(),
    navigateTo: vi.fn(async () => undefined),
    redirectTo: vi.fn(async () => undefined),
    navigateBack: vi.fn(async () => undefined),
    switchTab: vi.fn(async () => undefined),
    makePhoneCall: vi.fn(),
  }
  vi.stubGlobal('uni', phone)
  vi.stubGlobal('getCurrentPages', () => [{}, {}])
  return phone
}

// Some sources read the phone while they load, so one is there from the first import on. Import this file first.
freshPhone()
