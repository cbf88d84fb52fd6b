import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from './harness.ts'
import { pngOf, sdks, startOpenApiEmulator } from './openapiHarness.ts'
import type { OpenApiEmulator } from './openapiHarness.ts'

const hourMs = 3600_000
/** What WeChat's manual gives for trying. */
const testText = '特3456书yuuo莞6543李zxcz蒜7782法fgnv级'

let emulator: OpenApiEmulator

beforeAll(async () => {
  emulator = await startOpenApiEmulator({ messagePush: { wxa_media_check: 'service-desk' } })
})
afterAll(() => emulator.dispose())

const login = () => emulator.post('/wechat/login', { person: 'alice' })
const check = (content: string, change: object = {}, functionName = 'open-api') =>
  emulator.open('security.msgSecCheck', { version: 2, scene: 2, openid: 'o-alice', content, ...change }, { functionName })

describe.each(sdks)('The check of a text through $sdk', ({ functionName }) => {
  it('passes what is harmless and minds WeChat\'s own test text', async () => {
    await login()
    expect(await check('好喝', {}, functionName)).toMatchObject({ errCode: 0, traceId: expect.any(String) as string, result: { suggest: 'pass', label: 100 } })
    const { result, detail } = await check(`a ${testText} b`, {}, functionName)
    expect(result).toMatchObject({ suggest: 'risky' })
    expect(detail).toMatchObject([{ strategy: 'content_model', suggest: 'risky', prob: 90 }, { strategy: 'keyword', errcode: 0 }])
  })
})

describe('The check of a text', () => {
  it('says what was planned for words that match', async () => {
    await login()
    await emulator.post('/manage/content', { pattern: '咖啡.*难喝', suggest: 'review', label: 20003 })
    expect(await check('这咖啡真难喝')).toMatchObject({ result: { suggest: 'review', label: 20003 } })
    expect(await check('ok', { scene: 1, nickname: '咖啡难喝' })).toMatchObject({ result: { suggest: 'review' } })
    expect(await emulator.post('/manage/content', { pattern: '(', suggest: 'risky' })).toMatchObject({ message: expect.stringContaining('regular expression') as string })
    expect(await emulator.post('/manage/content', { pattern: 'x', suggest: 'bad' })).toMatchObject({ message: expect.stringContaining('pass, review, risky') as string })
  })

  it('needs a scene, a person of this mini program, and a text of 2500 characters at most', async () => {
    await login()
    expect(await check('a', { scene: 5 })).toMatchObject({ errCode: 40129 })
    expect(await check('a', { openid: 'x' })).toMatchObject({ errCode: 43104 })
    expect(await check('a', { version: 3 })).toMatchObject({ errCode: 40097 })
    expect(await check('')).toMatchObject({ errCode: 44004 })
    expect(await check('一'.repeat(2501))).toMatchObject({ errCode: 45002 })
    expect(await check('一'.repeat(2500))).toMatchObject({ errCode: 0 })
  })

  it('needs a person who used the mini program within two hours, by login or by a call', async () => {
    expect(await check('a', { openid: 'o-carol' })).toMatchObject({ errCode: 61010 })
    await emulator.call('open-api', {}, 'carol')
    await emulator.wait(2 * hourMs - 60_000)
    expect(await check('a', { openid: 'o-carol' })).toMatchObject({ errCode: 0 })
    await emulator.wait(60_001)
    expect(await check('a', { openid: 'o-carol' })).toMatchObject({ errCode: 61010 })
  })

  it('in its first version knows no person and answers 87014', async () => {
    expect(await emulator.open('security.msgSecCheck', { content: testText })).toMatchObject({ errCode: 87014 })
    expect(await emulator.https('/wxa/msg_sec_check', { content: '好喝' })).toMatchObject({ errcode: 0 })
  })
})

describe('The check of a file', () => {
  const checkMedia = (mediaUrl: string, change: object = {}) =>
    emulator.open('security.mediaCheckAsync', { mediaUrl, mediaType: 2, version: 2, scene: 2, openid: 'o-alice', ...change })
  const events = () => emulator.invocations().filter(({ functionName }) => functionName === 'service-desk').map(({ event }) => event as Record<string, unknown>)

  it('tells its result to the function of message push a few seconds later', async () => {
    await login()
    await emulator.post('/manage/content', { pattern: 'nude\\.jpg$', suggest: 'risky', label: 20002 })
    const { nowMs } = await emulator.get<{ nowMs: number }>('/manage/clock')
    const { traceId } = await checkMedia('https://shop.example/nude.jpg')
    await emulator.wait(3_000)
    await until(() => events().length === 1)
    expect(events()[0]?.CreateTime).toBeGreaterThanOrEqual(Math.floor((nowMs + 3_000) / 1000))
    expect(events()[0]).toMatchObject({
      MsgType: 'event', Event: 'wxa_media_check', FromUserName: 'o-alice', trace_id: traceId, version: 2, result: { suggest: 'risky', label: '20002' },
    })
  })

  it('still tells it after a restart', async () => {
    await login()
    const { traceId } = await checkMedia('https://shop.example/cake.jpg')
    await emulator.close()
    emulator = await startOpenApiEmulator({ messagePush: { wxa_media_check: 'service-desk' }, dataDir: emulator.dataDir })
    await emulator.wait(24 * hourMs)
    await until(() => events().length === 1)
    expect(events()[0]).toMatchObject({ trace_id: traceId, result: { suggest: 'pass' } })
  })

  it('needs an address and the kind of the file', async () => {
    await login()
    expect(await checkMedia('cake')).toMatchObject({ errCode: 40097 })
    expect(await checkMedia('https://shop.example/a', { mediaType: 3 })).toMatchObject({ errCode: 40097 })
  })

  it('looks at a picture at once in its first version', async () => {
    const picture = pngOf(99)
    expect(await emulator.open('security.imgSecCheck', {}, { media: picture })).toMatchObject({ errCode: 0 })
    await emulator.post('/manage/content', { pattern: createHash('sha256').update(picture).digest('hex'), suggest: 'risky' })
    expect(await emulator.open('security.imgSecCheck', {}, { media: picture })).toMatchObject({ errCode: 87014 })
    expect(await emulator.open('security.imgSecCheck', {})).toMatchObject({ errCode: 41005 })
  })
})
