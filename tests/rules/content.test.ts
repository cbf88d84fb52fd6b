import { describe, expect, it } from 'vitest'
import { worstOf } from '../../backend/content/rules.ts'

describe('words and pictures that WeChat has looked at', () => {
  it('are as bad as the worst of them, in whatever order they were looked at', () => {
    expect(worstOf([])).toBe('Fine')
    expect(worstOf(['Fine', 'Fine'])).toBe('Fine')
    expect(worstOf(['Unclear', 'Fine'])).toBe('Unclear')
    expect(worstOf(['Unclear', 'TooLarge', 'Fine'])).toBe('TooLarge')
    for (const verdicts of [['Risky', 'Unclear', 'TooLarge'], ['TooLarge', 'Unclear', 'Risky']] as const) expect(worstOf(verdicts)).toBe('Risky')
  })
})
