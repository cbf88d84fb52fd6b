import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entryOf } from '../../backend/search/indexGoods.ts'
import { bare, distance, searchIn } from '../../backend/search/rules.ts'
import { demoCatalog } from '../../demo/seed.ts'

const categories = demoCatalog.categories.map(({ id, name }) => ({ _id: id, name }))
const entries = demoCatalog.products.map(({ id, ...product }) => entryOf({ _id: id, ...product }, categories))
const entry = (zh: string, en: string, soldCount = 0) =>
  entryOf({ _id: en, kind: 'Menu', name: { zh, en }, summary: { zh: '', en: '' }, categoryId: 'x', soldCount }, [])
const find = (text: string) => searchIn(entries, text).map(one => one.id)

describe('a search', () => {
  const foam = [entry('奶盖茶', 'Foam tea'), entry('柠檬水', 'Lemonade'), entry('雨伞', 'Umbrella')]

  it.each(['奶盖', '奶盖茶', '茶奶盖', 'naigaicha', 'ngc', 'nai', 'naigc', 'ng', 'naicha', 'nc', 'naizha', 'nz', 'foam', 'fome tea', 'Foam Tea'])('for %s finds 奶盖茶 first', (text) => {
    expect(searchIn(foam, text)[0]?.zh).toBe('奶盖茶')
  })

  it.each(['umbrela', 'umbrlla', 'umbrellas'])('forgives the slip in %s', (text) => {
    expect(searchIn(foam, text).map(one => one.en)).toEqual(['umbrella'])
  })

  it.each(['', ' ', '!!', 'xyzzy', '洗衣机', 'q'])('for %j finds nothing', (text) => {
    expect(searchIn(foam, text)).toEqual([])
  })

  it('puts what is named so before what is only like it, and of two alike what sells better', () => {
    expect(find('蜂蜜')[0]).not.toBe('soy-sauce')
    const two = [entry('红茶', 'Black tea one', 1), entry('红茶', 'Black tea two', 9)]
    expect(searchIn(two, '红茶').map(one => one.id)).toEqual(['Black tea two', 'Black tea one'])
  })

  it('finds every product of the shop by its name, its pinyin and its initials', () => {
    for (const one of entries) {
      for (const text of [one.name.zh, one.name.en, one.syllables.join(''), one.syllables.map(syllable => syllable[0]).join('')]) {
        expect(find(text).slice(0, 5), text).toContain(one.id)
      }
    }
  })

  it('takes any text, and is quick about it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(searchIn(entries, text).length).toBeLessThanOrEqual(entries.length)
    }), { numRuns: 50 })
    const long = Array.from({ length: 300 }, (_, index) => entry('茶'.repeat(30), `a${'a'.repeat(28)}${index}`))
    const beganAtMs = process.cpuUsage().user / 1000
    searchIn(long, 'c'.repeat(30))
    searchIn(long, 'a'.repeat(30))
    expect(process.cpuUsage().user / 1000 - beganAtMs).toBeLessThan(3000)
  })
})

it('Two words are as far apart as letters must be changed, there and back', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })
  fc.assert(fc.property(word, word, word, (one, other, third) => {
    expect(distance(one, other)).toBe(distance(other, one))
    expect(distance(one, one)).toBe(0)
    expect(distance(one, third)).toBeLessThanOrEqual(distance(one, other) + distance(other, third))
  }))
})

it('Names are compared without case, spaces and marks', () => {
  expect(bare('  Earl-Grey “Cookies” 曲奇！')).toBe('earlgreycookies曲奇')
})
