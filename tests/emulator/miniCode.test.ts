import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jsqr from 'jsqr'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeTables } from '../../emulator/openapi/miniCode.ts'
import { SqliteFile } from '../../emulator/sqliteFile.ts'
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

const getCode = (given: object, api = 'wxacode.getUnlimited') => emulator.call<CodeReply>('codes', { api, given })

async function scan(image = ''): Promise<{ width: number, address: URL }> {
  const { data, info } = await sharp(Buffer.from(image, 'base64')).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, address: new URL(readCode(new Uint8ClampedArray(data), info.width, info.height)?.data ?? '') }
}

describe('A mini program code', () => {
  it('is a picture that a scanner reads as the page and its scene', async () => {
    const { contentType, image } = await getCode({ scene: 't=Ab3dE9&s=K7', page: 'pages/menu/index', width: 300, checkPath: false })
    expect(contentType).toBe('image/png')
    const { width, address } = await scan(image)
    expect(width).toBe(300)
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

describe.each(['wxacode.get', 'wxacode.createQRCode'])('A code of %s', (api) => {
  it('leads to a path with its query', async () => {
    const { address } = await scan((await getCode({ path: 'pages/menu/index?table=5' }, api)).image)
    expect(address.pathname + address.search).toBe('/pages/menu/index?table=5')
  })

  it('has a path of 1 to 1024 characters', async () => {
    for (const path of [undefined, '', 'x'.repeat(1025)]) expect(await getCode({ path }, api)).toMatchObject({ errCode: 40159 })
    expect(await getCode({ path: 'x'.repeat(1024) }, api)).toMatchObject({ contentType: 'image/png' })
  })
})

describe('Codes with a path', () => {
  it('number 100,000 at most, of both kinds together, but the same path is the same code', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'codes-'))
    const tables = new SqliteFile(join(dataDir, 'wechat.db'), codeTables)
    tables.run('WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99999) INSERT INTO limitedCodes SELECT \'p\' || i FROM n')
    tables.close()
    const full = await startTestEmulator({ dataDir })
    const make = (api: string, path: string) => full.call<CodeReply>('codes', { api, given: { path } })
    expect(await make('wxacode.get', 'the-last')).toMatchObject({ contentType: 'image/png' })
    expect(await make('wxacode.createQRCode', 'one-more')).toMatchObject({ errCode: 45029 })
    expect(await make('wxacode.createQRCode', 'the-last')).toMatchObject({ contentType: 'image/png' })
    await full.dispose()
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
