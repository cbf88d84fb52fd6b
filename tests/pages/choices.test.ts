// @vitest-environment happy-dom
import './support/phone'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  choicesFrom, firstIncompleteGroup, inMenuOrder, limitText, requiredFirst, roomFor, suggestedChoices, toggleChoice, unitPriceFen,
} from '@/goods/choices'
import { keepChoices, keptChoices } from '@/goods/lastChoices'
import { zh } from '@/locales/zh'
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

  it('lets one of several that must be taken give way to another, and says what is missing until then', () => {
    const snacks = { ...extras, id: 'snacks', min: 2, max: 2 }
    expect(toggleChoice(snacks, ['pearls', 'taro'], 'jelly')).toBe('Full')
    expect(toggleChoice(snacks, ['pearls', 'taro'], 'taro')).toEqual(['pearls'])
    expect(firstIncompleteGroup({ ...tea, optionGroups: [snacks] }, ['pearls'])).toBe(snacks)
    expect(toggleChoice(snacks, ['pearls'], 'jelly')).toEqual(['pearls', 'jelly'])
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

describe('what is sold out for today', () => {
  const withoutPearls = {
    ...tea,
    optionGroups: [{ ...size, choices: size.choices.map(choice => ({ ...choice, isSoldOut: choice.id === 'medium' })) }, extras],
  }

  it('is not proposed', () => {
    expect(suggestedChoices(withoutPearls)).toEqual(['large'])
  })

  it('is left out of what somebody had before, and the shop proposes something in its place', () => {
    expect(choicesFrom(withoutPearls, ['medium', 'taro'])).toEqual(['large', 'taro'])
    expect(choicesFrom(tea, ['medium', 'large', 'nothing'])).toEqual(['medium'])
  })
})

describe('what was chosen the last time', () => {
  it('is proposed again where something must be chosen, and an extra that costs is not', () => {
    expect(keptChoices(tea)).toBeNull()
    keepChoices('tea', ['large', 'pearls'])
    expect(keptChoices(tea)).toEqual(['large'])
  })

  it('is kept for so many products as fit, the latest ones', () => {
    for (let at = 0; at < 70; at += 1) keepChoices(`product-${at}`, ['large'])
    expect(keptChoices({ ...tea, id: 'product-0' })).toBeNull()
    expect(keptChoices({ ...tea, id: 'product-69' })).toEqual(['large'])
  })
})

it('lets an order hold so many as are left and as the shop allows, those in the cart among them', () => {
  expect(roomFor({ left: null }, 50)).toBe(Infinity)
  expect(roomFor({ left: 5, perOrderMax: 3 }, 2)).toBe(1)
  expect(roomFor({ left: 2, perOrderMax: 3 }, 2)).toBe(0)
  expect(limitText({ left: 5, perOrderMax: 3 }, zh)).toBe('每单限购 3 份')
  expect(limitText({ left: 2, perOrderMax: 3 }, zh)).toBe('只剩 2 份了')
})

it('puts what must be chosen before what may be', () => {
  expect(requiredFirst([extras, size]).map(group => group.id)).toEqual(['size', 'extras'])
})
