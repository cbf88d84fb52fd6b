import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sdks, startOpenApiEmulator } from './openapiHarness.ts'
import type { OpenApiEmulator } from './openapiHarness.ts'

let emulator: OpenApiEmulator

beforeAll(async () => {
  emulator = await startOpenApiEmulator()
})
afterAll(() => emulator.dispose())

describe.each(sdks)('An open interface through $sdk', ({ functionName }) => {
  it('answers under camelCase names what was asked under camelCase names', async () => {
    const { openlink } = await emulator.open('urlscheme.generate', { jumpWxa: { path: 'pages/a', query: 'x=1' }, expireType: 1, expireInterval: 3 }, { functionName })
    expect(openlink).toMatch(/^weixin:\/\/dl\/business\/\?t=\S+$/)
    const { schemeInfo } = await emulator.open('urlscheme.query', { scheme: openlink }, { functionName })
    expect(schemeInfo).toMatchObject({ path: 'pages/a', query: 'x=1', envVersion: 'release' })
  })

  it('answers a picture as bytes with their type', async () => {
    const { contentType, base64 } = await emulator.open('wxacode.createQRCode', { path: 'pages/a?x=1' }, { functionName })
    expect(contentType).toBe('image/png')
    expect(Buffer.from(String(base64), 'base64').subarray(1, 4).toString()).toBe('PNG')
  })

  it('throws what WeChat refuses, with its errcode, its words and the number of the request', async () => {
    const { errCode, errMsg } = await emulator.open('phonenumber.getPhoneNumber', { code: 'made up' }, { functionName })
    expect(errCode).toBe(40029)
    expect(errMsg).toMatch(/invalid code rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}/)
  })

  it('that does not exist, or not for the cloud, answers -604100', async () => {
    for (const api of ['some.thing', 'toString', 'auth.getStableAccessToken', 'wxa.sec.order.opSpecialOrder']) {
      expect(await emulator.open(api, {}, { functionName })).toMatchObject({ errCode: -604100 })
    }
  })
})

describe('A planned fault', () => {
  it('meets the next calls of its interface, over the cloud and over HTTPS, without an effect', async () => {
    await emulator.post('/manage/faults', { api: 'shortlink.generate', errcode: 45009, times: 2 })
    expect(await emulator.open('shortlink.generate', { pageUrl: 'pages/a' })).toMatchObject({ errCode: 45009 })
    expect(await emulator.https('/wxa/genwxashortlink', { page_url: 'pages/a' })).toMatchObject({ errcode: 45009 })
    expect(await emulator.https('/wxa/genwxashortlink', { page_url: 'pages/a' })).toMatchObject({ errcode: 0 })
  })

  it('is refused for an interface that nobody knows, and for an errcode of 0', async () => {
    const refusal = async (fault: object) => (await emulator.post<{ message?: string }>('/manage/faults', fault)).message
    expect(await refusal({ api: 'some.thing', errcode: -1 })).toContain('subscribeMessage.send')
    expect(await refusal({ api: 'shortlink.generate', errcode: 0 })).toContain('other than 0')
    expect(await refusal({ api: 'shortlink.generate', errcode: -1, after: 'later' })).toContain('after')
    expect(await refusal({ api: 'jscode2session', errcode: 40029 })).toContain('40226')
  })
})
