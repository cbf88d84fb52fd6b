import { describe, expect, it } from 'vitest'
import { compileTemplates, rewriteTemplate, usedTags } from './compile/wxml.ts'
import { translateSelector } from './compile/wxss.ts'
import { translateValue } from './compile/values.ts'

describe('WXML', () => {
  it('splits event names from their binding, and nothing else', () => {
    expect(rewriteTemplate('<view bindtap="{{a}}" catchtouchmove="b" bind:__l="c" binding="x"/>'))
      .toBe('<view bind:tap="{{a}}" catch:touchmove="b" bind:__l="c" bind:ing="x"/>')
    expect(rewriteTemplate('<view title="how to bindtap = it" capture-bindtap="a"/>'))
      .toBe('<view title="how to bindtap = it" capture-bind:tap="a"/>')
  })

  it('tells elements from comparisons', () => {
    const source = '<view wx:if="{{a<b && c>d}}"><my-part/>{{a<b}}</view><block><slot/></block>'
    expect([...usedTags(source)]).toEqual(['view', 'my-part'])
  })

  it('ends the run where the compiler has something to say', () => {
    expect(() => compileTemplates({ 'pages/a': '<view>{{a +}}</view>' })).toThrow('pages/a.wxml')
  })
})

describe('WXSS', () => {
  it('measures in px of a phone that is 375 px wide', () => {
    expect(translateValue('24rpx -1.5rpx .5rpx')).toBe('12px -0.75px 0.25px')
    expect(translateValue('calc(10rpx + env(safe-area-inset-bottom))')).toBe('calc(5px + var(--safe-area-inset-bottom))')
  })

  it('keeps a component\'s classes to itself and names elements as WeChat does', () => {
    expect(translateSelector('page view > .card.is-open::after', 'page')).toBe('wx-page wx-view > .card.is-open::after')
    expect(translateSelector('.card[data-a="b"] text', 'component')).toBe('.SCOPE__card[data-a="b"] wx-text')
    expect(translateSelector(':host .a', 'component')).toBe('[wx-host="HOST__"] .SCOPE__a')
  })
})
