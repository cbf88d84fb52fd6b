import type { Street } from './hand.ts'

export type { Hand, Street, Way } from './hand.ts'

/** The build that these paths are walked on: `h5` in Chromium, or `mp-weixin` in the phone of tests/miniprogram. */
const build = process.env.PHONE ?? 'h5'

/** One shop for all paths of a file. The same path is walked on both builds: what it may touch is what `Hand` says. */
export const useStreet: () => Street = build === 'h5'
  ? (await import('./browserStreet.ts')).useBrowserStreet
  : (await import('./weixinStreet.ts')).useWeixinStreet
