import type { GoodsKind, Localized } from '../../contracts/catalog.ts'

/** What is known of goods for a search. Texts are in lower case; `syllables` are the pinyin of the Chinese name. */
export interface SearchEntry {
  id: string
  kind: GoodsKind
  name: Localized
  zh: string
  en: string
  /** One a character; a letter or a digit stands for itself. */
  syllables: string[]
  /** Category, summary and badge: what goods are about, beside their name. */
  about: string
  soldCount: number
}

/** Longer texts are cut: nobody types so much, and comparing costs time. */
export const QUERY_MAX = 30

const isChinese = (text: string): boolean => /[\u3400-\u9fff]/.test(text)

/** Lower case, without spaces and punctuation: how names and queries are compared. */
export const bare = (text: string): string => text.toLowerCase().replace(/[^\p{Letter}\p{Number}]/gu, '').slice(0, 200)

/** The goods that a text may mean, the best first. Weak likenesses count only where nothing better was found. */
export function searchIn<Entry extends SearchEntry>(entries: readonly Entry[], text: string): Entry[] {
  const query = bare(text).slice(0, QUERY_MAX)
  if (query === '') return []
  const scored = entries.map(entry => ({ entry, score: scoreOf(entry, query) })).filter(({ score }) => score > 0)
  const best = Math.max(0, ...scored.map(({ score }) => score))
  return scored.filter(({ score }) => score >= WEAK || best < WEAK)
    .sort((one, other) => other.score - one.score || other.entry.soldCount - one.entry.soldCount)
    .map(({ entry }) => entry)
}

/** Below this it is a guess. */
const WEAK = 40

/** How well goods fit; 0 is not at all, 100 is the name itself. */
export function scoreOf(entry: SearchEntry, query: string): number {
  return isChinese(query) ? scoreChinese(entry, query) : scoreLatin(entry, query)
}

function scoreChinese({ zh, about }: SearchEntry, query: string): number {
  if (zh === query) return 100
  const at = zh.indexOf(query)
  if (at >= 0) return 90 - Math.min(at, 20)
  if (about.includes(query)) return 50
  const found = [...query].filter(character => zh.includes(character)).length
  const part = found / [...query].length
  // Two of three characters, in any order: 茶奶盖 means 奶盖茶.
  return query.length >= 2 && part >= 0.5 ? Math.round(part * 45) : 0
}

function scoreLatin(entry: SearchEntry, query: string): number {
  const pinyin = scoreSyllables(entry.syllables, query)
  const words = entry.en.split(' ').filter(word => word !== '')
  if (bare(entry.en) === query) return 100
  if (words.some(word => word.startsWith(query))) return 88
  if (pinyin > 0) return pinyin
  if (bare(entry.en).includes(query)) return 70
  if (query.length >= 3 && entry.about.includes(query)) return 45
  return scoreTypos(entry.syllables, [...words, bare(entry.en)], query)
}

/** Pinyin in full, by initials, or mixed, from any syllable on: `nai`, `ng`, `naigc`. Skipping one costs. */
function scoreSyllables(syllables: readonly string[], query: string): number {
  let best = 0
  for (let from = 0; from < syllables.length; from += 1) {
    const skipped = fewestSkips(syllables.slice(from, from + QUERY_MAX), query)
    if (skipped !== null) best = Math.max(best, 86 - Math.min(from, 10) - skipped * 12)
  }
  return Math.max(0, best)
}

/** More gaps than these, and it is another name. */
const SKIPS_MAX = 2

/** How many syllables must be skipped so that the others, each whole or by its initial, spell the query; null where they do not. */
function fewestSkips(syllables: readonly string[], query: string): number | null {
  // costs[at]: for the syllables looked at so far, from the last one, what is left of the query from there.
  let costs: number[] = [...Array<number>(query.length).fill(Infinity), 0]
  for (const syllable of [...syllables].reverse()) {
    const typed = takes(syllable).map(length => syllable.slice(0, length))
    costs = costs.map((later, at) => {
      // The last syllable may be half typed.
      if (query.length - at <= syllable.length && syllable.startsWith(query.slice(at))) return 0
      let least = at === 0 ? Infinity : later + 1
      for (const part of typed) if (query.startsWith(part, at)) least = Math.min(least, costs[at + part.length]!)
      return least
    })
  }
  return costs[0]! <= SKIPS_MAX ? costs[0]! : null
}

/** A syllable is typed whole, or by its initial: one letter, or two for zh, ch and sh. */
const takes = (syllable: string): number[] => [...new Set([syllable.length, /^[zcs]h/.test(syllable) ? 2 : 1, 1])]

/** What is easily confused, made one: flat and curled tongue, n and l, front and back nasals. */
const sound = (text: string): string => text.replace(/zh|ch|z|c/g, 'c').replace(/sh/g, 's').replace(/l/g, 'n').replace(/ng/g, 'n')

function scoreTypos(syllables: readonly string[], words: readonly string[], query: string): number {
  const allowed = query.length >= 7 ? 2 : query.length >= 4 ? 1 : 0
  if (allowed > 0) {
    const starts = syllables.map((_, from) => syllables.slice(from).join(''))
    const near = [...words, ...starts].some(word => isNear(word, query, allowed))
    if (near) return WEAK
  }
  if (query.length < 2) return 0
  return scoreSyllables(syllables.map(sound), sound(query)) > 0 ? WEAK / 2 : 0
}

/** Whether a word begins like the query but for so many letters that are wrong, missing or too many. */
function isNear(word: string, query: string, allowed: number): boolean {
  const head = word.slice(0, query.length + allowed)
  if (head.length < query.length - allowed) return false
  let row = Array.from({ length: head.length + 1 }, (_, index) => index)
  for (const letter of query) {
    row = nextRow(row, letter, head)
    // Rows only grow: nothing that comes can be near again.
    if (Math.min(...row) > allowed) return false
  }
  return Math.min(...row) <= allowed
}

/** Letters to change, to add or to take away, to make one word of another. */
export function distance(one: string, other: string): number {
  const row = [...one].reduce((now, letter) => nextRow(now, letter, other), Array.from({ length: other.length + 1 }, (_, index) => index))
  return row[other.length]!
}

function nextRow(row: readonly number[], letter: string, other: string): number[] {
  const next = [row[0]! + 1]
  for (let at = 1; at <= other.length; at += 1) {
    next.push(Math.min(row[at]! + 1, next[at - 1]! + 1, row[at - 1]! + (letter === other[at - 1] ? 0 : 1)))
  }
  return next
}
