import jsqr from 'jsqr'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestEmulator } from './harness.ts'
import type { TestEmulator } from './harness.ts'

interface CodeReply {
  contentType?: string
  image?: string
  errCode?: number
}

// The package is a CommonJS module: its function sits in `default` under some loaders.
const readCode = (jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr

let emulator: TestEmulator

beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.dispose())

const getCode = (given: object) => emulator.call<CodeReply>('codes', { api: 'wxacode.getUnlimited', given })

describe('A mini program code', () => {
  it('is a picture that a scanner reads as the page and its scene', async () => {
    const { contentType, image = '' } = await getCode({ scene: 't=Ab3dE9&s=K7', page: 'pages/menu/index', width: 300, checkPath: false })
    expect(contentType).toBe('image/png')
    const { data, info } = await sharp(Buffer.from(image, 'base64')).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
    expect(info.width).toBe(300)
    const address = new URL(readCode(new Uint8ClampedArray(data), info.width, info.height)?.data ?? '')
    expect(address.origin).toBe(emulator.url)
    expect(address.pathname).toBe('/pages/menu/index')
    expect(address.searchParams.get('scene')).toBe('t=Ab3dE9&s=K7')
  })

  it('has a scene of 1 to 32 plain characters', async () => {
    for (const scene of ['', 'x'.repeat(33), '中文', 'a%b', 'a b']) expect(await getCode({ scene })).toMatchObject({ errCode: 40129 })
    expect(await getCode({ scene: 'x'.repeat(32) })).toMatchObject({ contentType: 'image/png' })
  })

  it('has a page without a leading slash and without a query', async () => {
    for (const page of ['/pages/menu/index', 'pages/menu/index?a=1']) expect(await getCode({ scene: 'a', page })).toMatchObject({ errCode: 41030 })
  })

  it('is between 280 and 1280 pixels wide', async () => {
    for (const width of [279, 1281, 300.5]) expect(await getCode({ scene: 'a', width })).toMatchObject({ errCode: 40097 })
  })
})

describe('The colour of a code', () => {
  it('may be given as any number', async () => {
    for (const r of [1.5, -3, 999, 'red']) expect(await getCode({ scene: 'a', lineColor: { r, g: 0, b: 0 } })).toMatchObject({ contentType: 'image/png' })
  })
})

describe('An interface that is not emulated', () => {
  it('answers -604100', async () => {
    expect(await emulator.call('codes', { api: 'some.thing', given: {} })).toMatchObject({ errCode: -604100 })
  })
})
