/** `risky` must not be shown, `review` is for a person to judge. */
export type Suggestion = 'pass' | 'review' | 'risky'

/** What the check makes of a content. */
export interface Verdict {
  suggest: Suggestion
  /**
   * 100 normal, 10001 advertising, 20001 politics, 20002 pornography, 20003 abuse, 20006 crime, 20008 fraud,
   * 20012 vulgarity, 20013 copyright, 21000 other.
   */
  label: number
}

/** What has nothing against it. */
export const harmless: Verdict = { suggest: 'pass', label: 100 }

/**
 * The words that this WeChat minds. The first two are the texts that WeChat's manual gives for trying; the real check is a
 * model that nobody can list, and `POST /manage/content` stands for the rest of it.
 */
export const riskyWords: { word: string, verdict: Verdict }[] = [
  { word: '特3456书yuuo莞6543李zxcz蒜7782法fgnv级', verdict: { suggest: 'risky', label: 20002 } },
  { word: '完2347全dfji试3726测asad感3847知qwez到', verdict: { suggest: 'risky', label: 20002 } },
  { word: '办假证', verdict: { suggest: 'risky', label: 20006 } },
  { word: '网络赌博', verdict: { suggest: 'risky', label: 20006 } },
  { word: '加微信返现', verdict: { suggest: 'review', label: 10001 } },
]
