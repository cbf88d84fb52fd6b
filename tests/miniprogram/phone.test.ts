import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readBuild } from './compile/readBuild.ts'
import { writeFixture } from './fixture.ts'
import { openPhone } from './phone.ts'
import type { Phone } from './phone.ts'

const noCloud = 'http://127.0.0.1:9'

describe('the phone', () => {
  let buildDir: string
  let phone: Phone

  beforeEach(async () => {
    buildDir = writeFixture()
    phone = await openPhone({ buildDir, cloudUrl: noCloud, person: 'alice', path: 'pages/first/first?scene=a%3D1' })
  })
  afterEach(async () => {
    await phone.close()
    rmSync(buildDir, { recursive: true })
  })

  const says = (text: string) => phone.until(text, async () => (await phone.text()).includes(text))

  it('opens a page as WeChat does, and hands the query over as it came', async () => {
    await says('load a%3D1 show')
    await phone.see('part ready')
    expect(phone.problems()).toEqual([])
  })

  it('lets events rise until something catches them', async () => {
    await phone.tap('passing')
    await says('show inner outer-outer')
    await phone.tap('catching')
    await says('inner outer-outer caught')
    await phone.tap('part ready')
    await says('caught told-part')
    expect(phone.problems()).toEqual([])
  })

  it('keeps the styles of the app out of a component, and a component\'s inside', async () => {
    const style = await phone.screen.locator('wx-part wx-view').evaluate((view) => {
      const { fontSize, color } = getComputedStyle(view)
      return { fontSize, color }
    })
    expect(style).toEqual({ fontSize: '20px', color: 'rgb(0, 0, 0)' })
  })

  it('goes to a page and back', async () => {
    await phone.tap('go')
    await phone.see('got %E8%8C%B6')
    expect(await phone.route()).toBe('pages/second/second')
    await phone.tap('返回')
    await says('load a%3D1 show hide show')
    expect(phone.problems()).toEqual([])
  })

  it.each([
    ['send a function', 'setData cannot carry [object Function] at log'],
    ['send too much', 'a phone takes 262144'],
    ['use window', 'Cannot read properties of undefined (reading \'alert\')'],
    ['call unknown', 'wx.openBluetoothAdapter is not a function'],
  ])('reports what a phone would not do: %s', async (text, problem) => {
    await phone.tap(text)
    await phone.until('a problem', () => phone.problems().length > 0)
    expect(phone.problems().join()).toContain(problem)
  })
})

it.each([
  ['an unknown element', { 'pages/second/second.wxml': '<marquee/>' }, '<marquee>'],
  ['a page without a template', { 'app.json': '{"pages":["pages/third/third"]}' }, 'pages/third/third'],
])('does not start a build with %s', (_, changes: Record<string, string>, problem) => {
  const buildDir = writeFixture(changes)
  expect(() => readBuild(buildDir)).toThrow(problem)
  rmSync(buildDir, { recursive: true })
})
