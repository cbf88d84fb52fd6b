import { describe, expect, it } from 'vitest'
import { en } from '@/locales/en'
import { zh } from '@/locales/zh'
import { says, withChip } from '@/orders/remark'

describe('a remark', () => {
  it.each([['zh', zh], ['en', en]] as const)('says each chip once, beside what was written, and no more after a second tap (%s)', (locale, messages) => {
    const chips = new Set(Object.values(messages.checkout.remarkChips).flat())
    expect(chips.size).toBeGreaterThan(5)
    for (const chip of chips) {
      const before = withChip('', 'abc', locale)
      const after = withChip(before, chip, locale)
      expect(after).toBe(`abc${locale === 'zh' ? '，' : ', '}${chip}`)
      expect(says(after, chip)).toBe(true)
      expect(withChip(after, chip, locale)).toBe('abc')
      for (const other of chips) if (other !== chip) expect(says(chip, other)).toBe(false)
    }
  })
})
