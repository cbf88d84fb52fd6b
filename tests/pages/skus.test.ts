import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choose, chosenSku, firstChosen, memberPriceFen, pictureOf, priceRange, valueState } from '@/goods/skus'
import { tea } from './support/goods'
import type { Chosen } from '@/goods/skus'
import type { Product, Sku } from '@contracts/catalog.ts'

const same = (text: string) => ({ zh: text, en: text })
const sku = (valueIds: string[], over: Partial<Sku> = {}): Sku => ({ id: valueIds.join('-'), valueIds, priceFen: 1000, weightGrams: 1, left: 5, ...over })
const bowl: Product = {
  ...tea, id: 'bowl', kind: 'Mall', optionGroups: [], picture: 'blue', priceFen: 1000,
  specs: [
    { id: 'colour', name: same('Colour'), values: ['blue', 'green', 'red'].map(id => ({ id, name: same(id) })) },
    { id: 'size', name: same('Size'), values: ['small', 'large'].map(id => ({ id, name: same(id) })) },
  ],
  skus: [
    sku(['blue', 'small']), sku(['blue', 'large'], { priceFen: 2000, memberPriceFen: 1800 }),
    sku(['green', 'small'], { picture: 'green' }), sku(['green', 'large'], { left: 0, picture: 'green' }),
    sku(['red', 'small'], { left: null }),
  ],
}

describe('choosing of kinds', () => {
  it('shows which values are sold out beside what is chosen, and which there never are', () => {
    expect(valueState(bowl, {}, 'size', 'large')).toBe('Free')
    expect(valueState(bowl, { colour: 'green' }, 'size', 'large')).toBe('SoldOut')
    expect(valueState(bowl, { colour: 'red' }, 'size', 'large')).toBe('Impossible')
    expect(valueState(bowl, { size: 'large' }, 'colour', 'blue')).toBe('Free')
  })

  it('ends in one SKU, and a second tap takes a value back', () => {
    const chosen = choose(bowl, choose(bowl, {}, 'colour', 'blue'), 'size', 'large')
    expect(chosenSku(bowl, chosen)?.id).toBe('blue-large')
    expect(chosenSku(bowl, choose(bowl, chosen, 'size', 'large'))).toBeUndefined()
  })

  it('puts back what does not go with a new choice', () => {
    expect(choose(bowl, { colour: 'blue', size: 'large' }, 'colour', 'red')).toEqual({ colour: 'red' })
  })

  it('lets picture and price follow', () => {
    expect(pictureOf(bowl, {})).toBe('blue')
    expect(pictureOf(bowl, { colour: 'green' })).toBe('green')
    expect(priceRange(bowl)).toEqual({ fromFen: 1000, toFen: 2000 })
    expect(priceRange(bowl, { size: 'large', colour: 'blue' })).toEqual({ fromFen: 2000, toFen: 2000 })
    expect(memberPriceFen(bowl)).toBe(1800)
  })

  it('begins with what leaves no choice', () => {
    expect(firstChosen(bowl)).toEqual({ colour: undefined, size: undefined })
    expect(firstChosen({ ...bowl, skus: [sku(['red', 'small'])] })).toEqual({ colour: 'red', size: 'small' })
  })

  it('never shows a value as free that leads to nothing that is there', () => {
    const taps = fc.array(fc.constantFrom(['colour', 'blue'], ['colour', 'green'], ['colour', 'red'], ['size', 'small'], ['size', 'large']), { maxLength: 8 })
    fc.assert(fc.property(taps, (all) => {
      const chosen = all.reduce<Chosen>((now, [group, value]) => choose(bowl, now, group!, value!), {})
      for (const { id, values } of bowl.specs) {
        for (const value of values) {
          const reachable = bowl.skus.some(one => (one.left === null || one.left > 0)
            && bowl.specs.every((group, place) =>
              (group.id === id ? value.id : chosen[group.id] ?? one.valueIds[place]) === one.valueIds[place]))
          expect(valueState(bowl, chosen, id, value.id) === 'Free').toBe(reachable)
        }
      }
    }))
  })
})
