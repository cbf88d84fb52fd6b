import { storage } from './storage'

/** The languages of the shop. */
export type Language = 'zh' | 'en'

/** The language chosen in the shop, otherwise the phone's. */
export function readLanguage(): Language {
  const chosen = storage.read('language')
  if (chosen) return chosen
  return (uni.getAppBaseInfo().language ?? 'zh').toLowerCase().startsWith('en') ? 'en' : 'zh'
}
