import { measures } from '../measures.ts'
import type { Launch } from '../phone.ts'

/** What a mini program may know about the phone and the way it was opened. */
export function deviceApi({ language, theme, fontSizeSetting, path, query, sceneValue }: Launch) {
  const { width, height, statusBar, homeBar, pixelRatio } = measures
  const safeArea = { left: 0, right: width, top: statusBar, bottom: height - homeBar, width, height: height - statusBar - homeBar }
  const appBaseInfo = { SDKVersion: '3.8.12', version: '8.0.54', language, theme, host: { env: 'WeChat' }, enableDebug: false, fontSizeSetting }
  const deviceInfo = { brand: 'Xiaopu', model: 'Test phone', platform: 'ios', system: 'iOS 17.0', abi: 'arm64', benchmarkLevel: 40 }
  const windowInfo = () => ({
    pixelRatio, screenWidth: width, screenHeight: height, windowWidth: innerWidth, windowHeight: innerHeight,
    statusBarHeight: statusBar, screenTop: height - innerHeight, safeArea,
  })
  const launch = () => ({ path, query: { ...query }, scene: sceneValue, referrerInfo: {} })
  return {
    getAppBaseInfo: () => ({ ...appBaseInfo }),
    getDeviceInfo: () => ({ ...deviceInfo }),
    getWindowInfo: windowInfo,
    getSystemInfoSync: () => ({ ...appBaseInfo, ...deviceInfo, ...windowInfo() }),
    getMenuButtonBoundingClientRect: () => ({ width: 87, height: 32, top: 48, bottom: 80, left: 281, right: 368 }),
    getLaunchOptionsSync: launch,
    getEnterOptionsSync: launch,
    canIUse: (name: string) => builtFor.has(name),
  }
}

/** `canIUse` answers for what a build has asked so far; an unknown name is a no. */
const builtFor = new Set(['nextTick', 'getAppBaseInfo', 'getWindowInfo', 'getDeviceInfo'])
