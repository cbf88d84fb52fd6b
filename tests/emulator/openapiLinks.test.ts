import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EmulatorOptions } from '../../emulator/emulator.ts'
import { startOpenApiEmulator } from './openapiHarness.ts'
import type { OpenApiEmulator } from './openapiHarness.ts'

const dayMs = 24 * 3600_000

let folder: string
let options: Partial<EmulatorOptions>
let emulator: OpenApiEmulator

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pages-'))
  const pagesFile = join(folder, 'pages.json')
  await writeFile(pagesFile, `{
    // The pages of a shop, as uni-app lists them.
    "pages": [{ "path": "pages/home/home" }, { "path": "pages/menu/menu", "style": { "title": "a // b" } }],
    "subPackages": [{ "root": "packages/order/", "pages": [{ "path": "order/order" }] }] /* the end */
  }`)
  options = { pagesFile, app: { merchantName: '小铺' } }
  emulator = await startOpenApiEmulator(options)
})
afterAll(async () => {
  await emulator.dispose()
  await rm(folder, { recursive: true, force: true })
})

const open = (address: string) => fetch(address, { redirect: 'manual' })
const secondsFromNow = async (seconds: number) => Math.floor((await emulator.get<{ nowMs: number }>('/manage/clock')).nowMs / 1000) + seconds

describe('A URL Link', () => {
  it('opens the page of the H5 build with its query, and with what was appended to it', async () => {
    const { urlLink } = await emulator.open('urllink.generate', { path: '/packages/order/order/order', query: 'id=7&from=sms' })
    expect(String(urlLink)).toMatch(new RegExp(`^${emulator.url}/link/[\\w-]+$`))
    const opened = await open(`${String(urlLink)}?cq=a%3D1`)
    expect([opened.status, opened.headers.get('location')]).toEqual([302, '/packages/order/order/order?id=7&from=sms&a=1'])
  })

  it('without a path opens the home page', async () => {
    const { urlLink } = await emulator.open('urllink.generate', {})
    expect((await open(String(urlLink))).headers.get('location')).toBe('/')
  })

  it('ends after its days, and says so on a page', async () => {
    const { urlLink } = await emulator.open('urllink.generate', { path: 'pages/home/home', expireType: 1, expireInterval: 2 })
    await emulator.wait(2 * dayMs - 60_000)
    expect((await open(String(urlLink))).status).toBe(302)
    await emulator.wait(60_000)
    const expired = await open(String(urlLink))
    expect(expired.status).toBe(410)
    expect(await expired.text()).toContain('链接已过期')
  })

  it('that nobody made is not found', async () => {
    expect((await open(`${emulator.url}/link/nothing`)).status).toBe(404)
    expect(await emulator.open('urllink.query', { urlLink: `${emulator.url}/link/nothing` })).toMatchObject({ errCode: 85403 })
  })

  it('can be looked up, with the parameters that were appended to it', async () => {
    const expireTime = await secondsFromNow(3600)
    const { urlLink } = await emulator.open('urllink.generate', { path: 'pages/menu/menu', query: 'a=1', expireTime, envVersion: 'trial' })
    expect(await emulator.open('urllink.query', { urlLink: `${String(urlLink)}?cq=b%3D2`, queryType: 0 })).toMatchObject({
      urlLinkInfo: { path: 'pages/menu/menu', query: 'a=1&b=2', expireTime, envVersion: 'trial' },
    })
    expect(await emulator.open('urllink.query', { queryType: 1 })).toMatchObject({ quotaInfo: { remainVisitQuota: 6_000_000 } })
  })
})

describe('A link', () => {
  it('leads to a page that the mini program has, with a query of plain characters', async () => {
    for (const path of ['pages/none', 'pages/home/home?a=1', '/\\evil.example']) {
      expect(await emulator.open('urllink.generate', { path })).toMatchObject({ errCode: 40165 })
      expect(await emulator.open('urlscheme.generate', { jumpWxa: { path } })).toMatchObject({ errCode: 40165 })
    }
    for (const query of ['名=1', 'a b', 'x'.repeat(1025)]) expect(await emulator.open('urllink.generate', { query })).toMatchObject({ errCode: 40212 })
    expect(await emulator.open('urllink.generate', { query: 'x'.repeat(1024) })).toMatchObject({ errCode: 0 })
    expect(await emulator.open('urllink.generate', { envVersion: 'beta' })).toMatchObject({ errCode: 85402 })
  })

  it('lives thirty days at most', async () => {
    const make = async (life: object) => (await emulator.open('urlscheme.generate', life)).errCode
    expect(await make({ expireType: 1, expireInterval: 30 })).toBe(0)
    expect(await make({ expireType: 1, expireInterval: 31 })).toBe(85401)
    expect(await make({ expireType: 0, expireTime: await secondsFromNow(30 * 86_400) })).toBe(0)
    expect(await make({ expireType: 0, expireTime: await secondsFromNow(31 * 86_400) })).toBe(85401)
    expect(await make({ expireType: 0, expireTime: await secondsFromNow(-10) })).toBe(85401)
    const { openlink } = await emulator.open('urlscheme.generate', { isExpire: false })
    const { schemeInfo } = await emulator.open('urlscheme.query', { scheme: openlink })
    expect((schemeInfo as { expireTime: number }).expireTime).toBeLessThanOrEqual(await secondsFromNow(30 * 86_400))
  })

  it('survives a restart', async () => {
    const { url_link: address } = await emulator.https('/wxa/generate_urllink', { path: 'pages/home/home' })
    const ticket = String(address).split('/').at(-1)
    await emulator.close()
    emulator = await startOpenApiEmulator({ ...options, dataDir: emulator.dataDir })
    expect((await open(`${emulator.url}/link/${ticket}`)).headers.get('location')).toBe('/pages/home/home')
  })
})

describe('A Short Link', () => {
  it('names the mini program and a title of twenty characters', async () => {
    const { link } = await emulator.open('shortlink.generate', { pageUrl: 'pages/menu/menu?table=5', pageTitle: '一二三四五六七八九十一二三四五六七八九十多', isPermanent: true })
    expect(link).toMatch(/^#小程序:\/\/小铺\/一二三四五六七八九十一二三四五六七八九十\.\.\.\/[\w-]+$/)
    const ticket = String(link).split('/').at(-1)
    expect((await open(`${emulator.url}/link/${ticket}`)).headers.get('location')).toBe('/pages/menu/menu?table=5')
  })

  it('leads to a page without a leading slash that exists', async () => {
    for (const pageUrl of ['/pages/menu/menu', 'pages/none', '', `pages/menu/menu?${'x'.repeat(1010)}`]) {
      expect(await emulator.open('shortlink.generate', { pageUrl })).toMatchObject({ errCode: 40066 })
    }
  })
})

describe('A message', () => {
  it('leads to a page that the mini program has', async () => {
    const send = async (page: string) => (await emulator.open('subscribeMessage.send', { touser: 'o-alice', templateId: 't', data: {}, page })).errCode
    expect([await send('pages/none?a=1'), await send('pages/menu/menu?a=1')]).toEqual([41030, 43101])
  })
})

describe('A mini program code', () => {
  it('of a page that the mini program does not have is refused, unless it is told not to check', async () => {
    expect(await emulator.open('wxacode.getUnlimited', { scene: 'a', page: 'pages/none' })).toMatchObject({ errCode: 41030 })
    expect(await emulator.open('wxacode.getUnlimited', { scene: 'a', page: 'pages/none', checkPath: false })).toMatchObject({ contentType: 'image/png' })
    expect(await emulator.open('wxacode.getUnlimited', { scene: 'a', page: 'packages/order/order/order' })).toMatchObject({ contentType: 'image/png' })
  })
})
