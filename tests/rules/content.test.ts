import { describe, expect, it } from 'vitest'
import { isOwnPhoto, worstOf } from '../../backend/content/rules.ts'

describe('words and pictures that WeChat has looked at', () => {
  it('are as bad as the worst of them, in whatever order they were looked at', () => {
    expect(worstOf([])).toBe('Fine')
    expect(worstOf(['Fine', 'Fine'])).toBe('Fine')
    expect(worstOf(['Unclear', 'Fine'])).toBe('Unclear')
    expect(worstOf(['Unclear', 'TooLarge', 'Fine'])).toBe('TooLarge')
    for (const verdicts of [['Risky', 'Unclear', 'TooLarge'], ['TooLarge', 'Unclear', 'Risky']] as const) expect(worstOf(verdicts)).toBe('Risky')
  })
})

describe('a photo', () => {
  const own = `m${'a'.repeat(23)}`
  const whose = { envId: 'shop-1a2b', memberId: own }
  const at = (path: string, env = 'shop-1a2b') => `cloud://${env}.7368-shop-1a2b-125/${path}`

  it('counts from the customer\'s own folder of our own storage alone', () => {
    expect(isOwnPhoto(at(`aftersale/${own}/cup.jpg`), 'aftersale', whose)).toBe(true)
    expect(isOwnPhoto(`cloud://shop-1a2b/aftersale/${own}/cup.jpg`, 'aftersale', whose)).toBe(true)
    expect(isOwnPhoto(at(`aftersale/${own}/cup.jpg`, 'evil'), 'aftersale', whose)).toBe(false)
    expect(isOwnPhoto(at(`aftersale/${own}/cup.jpg`, 'shop-1a2bc'), 'aftersale', whose)).toBe(false)
    expect(isOwnPhoto(at(`aftersale/m${'b'.repeat(23)}/cup.jpg`), 'aftersale', whose)).toBe(false)
    expect(isOwnPhoto(at(`products/aftersale/${own}/cup.jpg`), 'aftersale', whose)).toBe(false)
    expect(isOwnPhoto(at(`review/${own}/cup.jpg`), 'aftersale', whose)).toBe(false)
    expect(isOwnPhoto(at(`aftersale/${own}/../m/cup.jpg`), 'aftersale', whose)).toBe(false)
  })
})
