import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialsOf } from '../../backend/catalog/pinyin.ts'
import { favourites } from '../../backend/catalog/usual.ts'
import { priceLines } from '../../backend/pricing/lines.ts'
import type { Product } from '../../contracts/catalog.ts'

const same = (text: string) => ({ zh: text, en: text })
const tea: Product = {
  id: 'tea', categoryId: 'tea', kind: 'Menu', name: same('tea'), summary: same(''), picture: '', priceFen: 1800, soldCount: 0, specs: [], skus: [],
  weightGrams: 0, left: null,
  optionGroups: [{
    id: 'extras', name: same('extras'), min: 0, max: 2,
    choices: [{ id: 'pearls', name: same('pearls'), deltaFen: 300, isSoldOut: true }, { id: 'taro', name: same('taro'), deltaFen: 400 }],
  }],
}
const problemsOf = (product: Product, lines: { choiceIds?: string[], quantity: number }[]) =>
  priceLines(
    lines.map(({ choiceIds = [], quantity }) => ({ productId: product.id, choiceIds, quantity })),
    { products: new Map([[product.id, product]]), isMember: false },
  ).map(({ problem, left }) => left === undefined ? problem : `${problem} ${left}`)

describe('a search in Chinese', () => {
  it('knows the first letters of a name as it is spoken', () => {
    expect(initialsOf('黑糖珍珠鲜奶')).toBe('htzzxn')
    expect(initialsOf('杨枝甘露 Plus 500')).toBe('yzglplus500')
    expect(initialsOf('鸭屎香单丛 · 袋装')).toBe('ysxdcdz')
  })

  it('knows a character of every letter that a syllable can begin with', () => {
    expect(initialsOf('啊爸才大饿发个好几卡了吗你哦跑去人三他我下一在')).toBe('abcdefghjklmnopqrstwxyz')
  })

  it('answers letters and digits only, at most one a character', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const initials = initialsOf(name)
      expect(initials).toMatch(/^[a-z0-9]*$/)
      expect(initials.length).toBeLessThanOrEqual([...name.toLowerCase()].length)
    }))
  })
})

describe('what somebody usually has', () => {
  const had = (productId: string, ...choiceIds: string[]) => ({ productId, choiceIds })

  it('is what most orders had, as it was had last', () => {
    expect(favourites([[had('tart')], [had('tea', 'hot'), had('tea', 'iced')], [had('tea', 'iced'), had('bun')]]))
      .toEqual([had('tea', 'hot'), had('tart'), had('bun')])
  })

  it('counts an order once, however many cups were in it', () => {
    expect(favourites([[had('tart')], [had('tea'), had('tea'), had('tea')], [had('tart')]])[0]).toEqual(had('tart'))
  })

  it('is nothing for who has never ordered', () => {
    expect(favourites([])).toEqual([])
  })
})

describe('a line of the menu', () => {
  it('cannot be had with pearls when there are no pearls, and can without', () => {
    expect(problemsOf(tea, [{ choiceIds: ['pearls'], quantity: 1 }, { choiceIds: ['taro'], quantity: 1 }, { quantity: 1 }]))
      .toEqual(['ChoiceSoldOut', undefined, undefined])
  })

  it('keeps to what one order may hold, over all lines of the product', () => {
    expect(problemsOf({ ...tea, perOrderMax: 3 }, [{ quantity: 2 }, { choiceIds: ['taro'], quantity: 2 }, { quantity: 1 }]))
      .toEqual([undefined, 'OverLimit 1', undefined])
    expect(problemsOf({ ...tea, perOrderMax: 3 }, [{ quantity: 3 }, { quantity: 1 }])).toEqual([undefined, 'OverLimit 0'])
  })

  it('says sold out before it speaks of a limit', () => {
    expect(problemsOf({ ...tea, perOrderMax: 3, left: 2 }, [{ quantity: 4 }])).toEqual(['NotEnough 2'])
  })
})
