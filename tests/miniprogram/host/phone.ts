import type { ThemeName } from '../compile/package.ts'
import type { SetDataStats } from './framework/setData.ts'
import type { Deed, PersonAnswer } from './person.ts'

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
  /** WeChat's own text size: 16 is the usual one. */
  fontSizeSetting: number
  /** What the person answers before a test could say so. */
  answers: Record<string, PersonAnswer>
}

/** What a test may ask of the running phone. */
export interface PhoneControls {
  route(): string
  setData(): SetDataStats
  pullDown(): void
  will(api: string, answer: PersonAnswer): void
  deeds(): Deed[]
  /** The card that the page in front would send, from the menu. */
  share(kind: 'shareAppMessage' | 'shareTimeline'): unknown
}

declare global {
  interface Window { phone?: PhoneControls }
}
