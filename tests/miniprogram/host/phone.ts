import type { ThemeName } from '../compile/package.ts'
import type { SetDataStats } from './framework/setData.ts'

/** How a test starts the phone, from the address of its page. */
export interface Launch {
  person: string
  /** Page and query, as a link or a scanned code gives them. */
  path: string
  query: Record<string, string>
  /** WeChat's number for the way in: 1047 is a scanned mini program code. */
  sceneValue: number
  language: string
  theme: ThemeName
}

/** What a test may ask of the running phone. */
export interface PhoneControls {
  route(): string
  setData(): SetDataStats
  pullDown(): void
}

declare global {
  interface Window { phone?: PhoneControls }
}
