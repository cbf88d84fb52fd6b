import { pinyin } from 'pinyin-pro'
import type { CategoryDocument, ProductDocument } from '../catalog/products.ts'
import { bare } from './rules.ts'
import type { SearchEntry } from './rules.ts'

type Indexed = Pick<ProductDocument, '_id' | 'kind' | 'name' | 'summary' | 'categoryId' | 'badge' | 'soldCount'>

/**
 * What a search knows of goods. Only what writes goods makes it: the pinyin of every character weighs 450 KB, which no
 * customer's call should have to load.
 */
export function entryOf(product: Indexed, categories: readonly Pick<CategoryDocument, '_id' | 'name'>[]): SearchEntry {
  const { _id, kind, name, summary, categoryId, badge, soldCount } = product
  const category = categories.find(one => one._id === categoryId)?.name
  const about = [category, summary, badge].flatMap(text => text ? [bare(text.zh), bare(text.en)] : []).join(' ')
  const zh = bare(name.zh)
  return { id: _id, kind, name, zh, en: name.en.toLowerCase(), syllables: syllablesOf(zh), about, soldCount }
}

/** Without tones, ü as v, as people type it. */
const syllablesOf = (text: string): string[] => pinyin(text, { toneType: 'none', type: 'array', v: true }).map(one => one.toLowerCase())
