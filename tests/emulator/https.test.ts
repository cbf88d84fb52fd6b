import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { app, pngOf, stableToken, startOpenApiEmulator } from './openapiHarness.ts'
import type { HttpsReply, OpenApiEmulator } from './openapiHarness.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const path = '/wxa/genwxashortlink'

let emulator: OpenApiEmulator

beforeEach(async () => {
  emulator = await startOpenApiEmulator()
})
afterEach(() => emulator.dispose())

const use = (token: unknown) => emulator.post<HttpsReply>(`${path}?access_token=${String(token)}`, { page_url: 'pages/a' })
const plainToken = (query = `grant_type=client_credential&appid=${app.appid}&secret=${app.secret}`) => emulator.get<HttpsReply>(`/cgi-bin/token?${query}`)

describe('A stable token', () => {
  it('is the same until five minutes before its end, and both hold while they overlap', async () => {
    const first = await stableToken(emulator)
    expect(first).toEqual({ access_token: expect.any(String) as string, expires_in: 7200 })
    await emulator.wait(114 * minuteMs)
    expect((await stableToken(emulator)).access_token).toBe(first.access_token)
    await emulator.wait(minuteMs)
    const second = await stableToken(emulator)
    expect(second.access_token).not.toBe(first.access_token)
    expect([await use(first.access_token), await use(second.access_token)]).toMatchObject([{ errcode: 0 }, { errcode: 0 }])
    await emulator.wait(5 * minuteMs)
    expect([await use(first.access_token), await use(second.access_token)]).toMatchObject([{ errcode: 42001 }, { errcode: 0 }])
  })

  it('that is forced ends the one before at once, but not twice within thirty seconds', async () => {
    const first = await stableToken(emulator)
    const forced = await stableToken(emulator, { force_refresh: true })
    expect(await use(first.access_token)).toMatchObject({ errcode: 40001 })
    expect((await stableToken(emulator, { force_refresh: true })).access_token).toBe(forced.access_token)
    await emulator.wait(30_000)
    expect((await stableToken(emulator, { force_refresh: true })).access_token).not.toBe(forced.access_token)
  })

  it('can be forced twenty times a day', async () => {
    const { nowMs } = await emulator.get<{ nowMs: number }>('/manage/clock')
    // A day begins in Beijing; the test must not run across its end.
    await emulator.wait(dayMs - (nowMs + 8 * 60 * minuteMs) % dayMs + minuteMs)
    const codes: unknown[] = []
    for (let round = 0; round < 21; round += 1) {
      codes.push((await stableToken(emulator, { force_refresh: true })).errcode)
      await emulator.wait(30_000)
    }
    expect(codes).toEqual([...Array<undefined>(20).fill(undefined), 45009])
    await emulator.wait(dayMs)
    expect((await stableToken(emulator, { force_refresh: true })).errcode).toBeUndefined()
  })

  it('survives a restart', async () => {
    const { access_token: token } = await stableToken(emulator)
    await emulator.close()
    emulator = await startOpenApiEmulator({ dataDir: emulator.dataDir })
    expect((await stableToken(emulator)).access_token).toBe(token)
  })
})

describe('A plain token', () => {
  it('is a new one each time; the one before holds for five more minutes, and the stable one is untouched', async () => {
    const stable = await stableToken(emulator)
    const first = await plainToken()
    const second = await plainToken()
    expect(first.access_token).not.toBe(second.access_token)
    await emulator.wait(4 * minuteMs)
    expect(await use(first.access_token)).toMatchObject({ errcode: 0 })
    await emulator.wait(minuteMs)
    expect(await use(first.access_token)).toMatchObject({ errcode: 40001 })
    expect([await use(second.access_token), await use(stable.access_token)]).toMatchObject([{ errcode: 0 }, { errcode: 0 }])
  })
})

describe('Whoever asks for a token', () => {
  it('must say who they are', async () => {
    for (const [extra, errcode] of [
      [{ appid: undefined }, 41002], [{ secret: undefined }, 41004], [{ appid: 'wx0' }, 40013], [{ secret: 'wrong' }, 40125], [{ grant_type: 'x' }, 40002],
    ] as const) expect(await stableToken(emulator, extra)).toMatchObject({ errcode })
    expect(await plainToken(`grant_type=client_credential&appid=${app.appid}`)).toMatchObject({ errcode: 41004 })
    expect(await plainToken(`grant_type=client_credential&appid=${app.appid}&secret=x`)).toMatchObject({ errcode: 40125 })
  })
})

describe('A request to an HTTPS form', () => {
  it('without a token, or with one that nobody handed out, is refused', async () => {
    expect(await emulator.post(path, { page_url: 'pages/a' })).toMatchObject({ errcode: 41001 })
    expect(await use('made-up')).toMatchObject({ errcode: 40001 })
  })

  it('of an unknown address gets 404 and WeChat\'s words', async () => {
    const response = await fetch(`${emulator.url}/wxa/nothing?access_token=x`, { method: 'POST', body: '{}' })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ errcode: 40066, errmsg: expect.stringContaining('invalid url') as string })
  })

  it('must have the right method, and a body that is a JSON object', async () => {
    const { access_token: token } = await stableToken(emulator)
    const send = async (method: string, address: string, body?: string) => {
      const response = await fetch(`${emulator.url}${address}?access_token=${String(token)}`, { method, ...(body === undefined ? {} : { body }) })
      return (await response.json() as HttpsReply).errcode
    }
    expect(await send('GET', path)).toBe(43002)
    expect(await send('POST', '/cgi-bin/media/get', '{}')).toBe(43001)
    expect(await send('POST', path, '')).toBe(44002)
    expect(await send('POST', path, 'page_url=x')).toBe(47001)
    expect(await send('POST', path, '[]')).toBe(47001)
  })

  it('gives a picture as a picture', async () => {
    const { access_token: token } = await stableToken(emulator)
    const response = await fetch(`${emulator.url}/wxa/getwxacodeunlimit?access_token=${String(token)}`, { method: 'POST', body: '{"scene":"a"}' })
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await response.arrayBuffer()).subarray(1, 4).toString()).toBe('PNG')
  })

  it('can upload a picture as a form, and fetch it again', async () => {
    const { access_token: token } = await stableToken(emulator)
    const picture = pngOf(100)
    const form = new FormData()
    form.append('media', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'a.png')
    const uploaded = await (await fetch(`${emulator.url}/cgi-bin/media/upload?type=image&access_token=${String(token)}`, { method: 'POST', body: form })).json() as HttpsReply
    expect(uploaded).toMatchObject({ errcode: 0, type: 'image', media_id: expect.any(String) as string })
    const fetched = await fetch(`${emulator.url}/cgi-bin/media/get?media_id=${String(uploaded.media_id)}&access_token=${String(token)}`)
    expect(fetched.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await fetched.arrayBuffer()).equals(picture)).toBe(true)
  })
})
