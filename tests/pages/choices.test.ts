import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstIncompleteGroup, inMenuOrder, suggestedChoices, toggleChoice, unitPriceFen } from '@/goods/choices'
import { extras, size, tea } from './support/goods'

describe('the item sheet', () => {
  it('proposes what is required and nothing that costs extra', () => {
    expect(suggestedChoices(tea)).toEqual(['medium'])
    expect(firstIncompleteGroup(tea, [])).toBe(size)
    expect(firstIncompleteGroup(tea, ['large'])).toBeUndefined()
  })

  it('replaces the size, but never leaves a cup without one', () => {
    expect(toggleChoice(size, ['medium', 'taro'], 'large')).toEqual(['taro', 'large'])
    expect(toggleChoice(size, ['medium'], 'medium')).toEqual(['medium'])
  })

  it('says when a group is full instead of taking something off by itself', () => {
    expect(toggleChoice(extras, ['pearls', 'taro'], 'jelly')).toBe('Full')
    expect(toggleChoice(extras, ['pearls', 'taro'], 'taro')).toEqual(['pearls'])
  })

  it('lets the price follow the choices', () => {
    expect(unitPriceFen(tea, ['large', 'taro'])).toBe(1400 + 300 + 400)
  })

  it('writes the same wish the same way, in whatever order it was tapped', () => {
    fc.assert(fc.property(fc.shuffledSubarray(['large', 'pearls', 'taro']), (tapped) => {
      const inOrder = ['large', 'pearls', 'taro'].filter(id => tapped.includes(id))
      expect(inMenuOrder(tea, tapped)).toEqual(inOrder)
    }))
  })

  it('keeps within the limits, whatever is tapped', () => {
    const all = [...size.choices, ...extras.choices].map(choice => choice.id)
    fc.assert(fc.property(fc.array(fc.constantFrom(...all)), (taps) => {
      let taken = suggestedChoices(tea)
      for (const id of taps) {
        const group = size.choices.some(choice => choice.id === id) ? size : extras
        const next = toggleChoice(group, taken, id)
        if (next !== 'Full') taken = next
      }
      for (const group of tea.optionGroups) {
        const count = group.choices.filter(choice => taken.includes(choice.id)).length
        expect(count).toBeGreaterThanOrEqual(group.min)
        expect(count).toBeLessThanOrEqual(group.max)
      }
    }))
  })
})
