import postcss from 'postcss'
import { describe, expect, it } from 'vitest'
import { framed, framedPages } from '../../scripts/steps/vite/pageFrame.ts'
import { textScale } from '../../scripts/steps/vite/textScale.ts'
import { scaleOf, scaleOfPhone } from '../../src/appearance/rules.ts'

const grown = (css: string) => postcss([textScale()]).process(css, { from: undefined }).css

describe('large letters', () => {
  it('grow every size of letters and lines, and nothing else', () => {
    expect(grown('a { font-size: 28rpx; width: 28rpx; line-height: 40rpx }'))
      .toBe('a { font-size: calc(28rpx * var(--text-scale, 1)); width: 28rpx; line-height: calc(40rpx * var(--text-scale, 1)) }')
    expect(grown('a { line-height: 1.5; font-size: 0 }')).toBe('a { line-height: 1.5; font-size: 0 }')
    expect(grown('a { font: 28rpx/1.5 sans-serif }')).toBe('a { font: calc(28rpx * var(--text-scale, 1))/1.5 sans-serif }')
  })

  it('do not grow twice', () => {
    const once = grown('a { font-size: 28rpx }')
    expect(grown(once)).toBe(once)
  })

  it('follow the phone until somebody chooses', () => {
    expect([14, 16, 17, 20, 23, 40].map(scaleOfPhone)).toEqual([1, 1, 1, 1.25, 1.35, 1.35])
    expect(scaleOf({}, 20)).toBe(1.25)
    expect(scaleOf({ text: 'usual' }, 20)).toBe(1)
    expect(scaleOf({ text: 'large' }, 16)).toBe(1.3)
  })
})

describe('the frame of a page', () => {
  const page = '<script setup lang="ts">\nimport { a } from \'a\'\n</script>\n\n<template>\n  <view><template #x>x</template></view>\n</template>\n'

  it('stands around every page of a mini program, its <page-meta> first of all', () => {
    const whole = framed(page, { tabs: ['home', 'me'], hasOwnBar: false }, 'mp-weixin')
    expect(whole).toContain('<template><page-meta :page-style="pageFrameStyle" />\n  <view>')
    expect(whole).toContain('usePageFrame({ tabs: ["home","me"] })')
    expect(whole.trimEnd().endsWith('<NetworkNotice :is-low="false" />\n</template>')).toBe(true)
  })

  it('has no <page-meta> in the browser, which has a document', () => {
    expect(framed(page, { tabs: [], hasOwnBar: true }, 'h5')).not.toContain('page-meta')
  })

  it('knows every page and its bars', () => {
    const pages = framedPages()
    expect(pages.get('pages/home/home')).toEqual({ tabs: ['home', 'menu', 'mall', 'orders', 'me'], hasOwnBar: true })
    expect(pages.get('packages/checkout/checkout/checkout')).toEqual({ tabs: [], hasOwnBar: false })
  })
})
