import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestEmulator, until } from './harness.ts'
import type { TestEmulator } from './harness.ts'

interface Seen {
  event: Record<string, unknown>
  before: Record<string, unknown>
  after: Record<string, unknown>
  secret?: string
  common?: string
  names: string[]
}

let emulator: TestEmulator

beforeAll(async () => {
  emulator = await startTestEmulator({ environment: { '*': { COMMON: 'for all' }, 'whoami': { SECRET: 'for whoami' } } })
})
afterAll(() => emulator.dispose())

async function statusOf(path: string, init: RequestInit): Promise<{ status: number, body: Record<string, unknown> }> {
  const response = await fetch(emulator.url + path, init)
  return { status: response.status, body: await response.json() as Record<string, unknown> }
}

describe('The identity of a caller', () => {
  it('reaches the function as OPENID, APPID, SOURCE and ENV', async () => {
    const { after, event } = await emulator.call<Seen>('whoami', { greeting: 'hi' }, 'alice')
    expect(after).toEqual({ OPENID: 'o-alice', APPID: 'wxlocal0000000001', CLIENTIP: '127.0.0.1', SOURCE: 'wx_client', ENV: 'local-env' })
    expect(event).toEqual({ greeting: 'hi', userInfo: { openId: 'o-alice', appId: 'wxlocal0000000001' } })
  })

  it('stays with its own call while fifty calls are under way', async () => {
    const people = Array.from({ length: 50 }, (_, index) => `person-${index}`)
    const seen = await Promise.all(people.map((person, index) => emulator.call<Seen>('whoami', { waitMs: (index * 7) % 100 }, person)))
    expect(seen.map(one => one.before.OPENID)).toEqual(people.map(person => `o-${person}`))
    expect(seen.map(one => one.after.OPENID)).toEqual(people.map(person => `o-${person}`))
  })

  it('is missing for a call without one, and such an event carries no userInfo', async () => {
    const { after, event } = await emulator.call<Seen>('whoami', {})
    expect(after).not.toHaveProperty('OPENID')
    expect(event).toEqual({})
  })

  it('cannot be forged by what a client sends', async () => {
    const forged = { userInfo: { openId: 'o-bob' }, OPENID: 'o-bob', SOURCE: 'wx_paycallback', TCB_SOURCE: 'wx_paycallback' }
    const { after, event } = await emulator.call<Seen>('whoami', forged, 'alice')
    expect(after).toMatchObject({ OPENID: 'o-alice', SOURCE: 'wx_client' })
    expect(event.userInfo).toEqual({ openId: 'o-alice', appId: 'wxlocal0000000001' })
  })

  it('passes on to a nested call, whose source chain is longer by one link', async () => {
    const { after, event } = await emulator.call<Seen>('relay', { name: 'whoami', data: { a: 1 } }, 'alice')
    expect(after).toMatchObject({ OPENID: 'o-alice', SOURCE: 'wx_client,scf' })
    expect(event).toEqual({ a: 1 })
    const twice = await emulator.call<Seen>('relay', { name: 'relay', data: { name: 'whoami', data: {} } }, 'alice')
    expect(twice.after.SOURCE).toBe('wx_client,scf,scf')
  })
})

describe('A function', () => {
  it('sees its own environment variables and those for all, and nothing of the emulator', async () => {
    expect(await emulator.call<Seen>('whoami', {})).toMatchObject({ secret: 'for whoami', common: 'for all' })
    const { names } = await emulator.call<Seen>('whoami', {})
    expect(names).toContain('WX_CONTEXT_KEYS')
    expect(names).not.toContain('VITEST')
  })

  it('that throws answers -504002 with its stack', async () => {
    const { status, body } = await statusOf('/functions/crasher', { method: 'POST', body: '{"how":"throw"}' })
    expect(status).toBe(200)
    expect(body.errCode).toBe(-504002)
    expect(body.errMsg).toContain('Error: boom')
  })

  it('that nobody wrote answers -501000 and 404', async () => {
    const { status, body } = await statusOf('/functions/nobody', { method: 'POST', body: '{}' })
    expect({ status, errCode: body.errCode }).toEqual({ status: 404, errCode: -501000 })
  })

  it('takes 100 KB of text and no more', async () => {
    const event = (size: number) => JSON.stringify({ text: 'x'.repeat(size - '{"text":""}'.length) })
    expect((await statusOf('/functions/crasher', { method: 'POST', body: event(100 * 1024) })).status).toBe(200)
    const { status, body } = await statusOf('/functions/crasher', { method: 'POST', body: event(100 * 1024 + 1) })
    expect(status).toBe(413)
    expect(body.errMsg).toContain('EXCEED_MAX_PAYLOAD_SIZE')
  })

  it('that exceeds its time limit answers -504003, and what it sends afterwards has no effect', async () => {
    const { body } = await statusOf('/functions/slow', { method: 'POST', body: '{"how":"late","cloudPath":"late.txt"}' })
    expect(body.errCode).toBe(-504003)
    await new Promise(resolve => setTimeout(resolve, 1_000))
    expect((await fetch(`${emulator.url}/cos/late.txt`)).status).toBe(404)
  })

  it('writes its console to functions.log, with the request it belongs to', async () => {
    await emulator.call('whoami', { say: 'a line for the log' })
    const requestId = emulator.invocations().at(-1)?.requestId
    await until(async () => (await readFile(join(emulator.dataDir, 'functions.log'), 'utf8')).includes(`whoami ${requestId} log a line for the log`))
  })
})

describe('A crash', () => {
  it('after an answer was given leaves that answer alone', async () => {
    expect(await emulator.call('crasher', { how: 'later' })).toMatchObject({ alive: true })
    await new Promise(resolve => setTimeout(resolve, 300))
    expect(await emulator.call('crasher', {})).toMatchObject({ alive: true })
  })
})

describe('The record of calls', () => {
  it('keeps the size of a long body instead of the body', async () => {
    const body = 'x'.repeat(200 * 1024)
    await fetch(`${emulator.url}/http/gateway`, { method: 'POST', body, headers: { 'content-type': 'application/octet-stream' } })
    const size = Math.ceil(body.length / 3) * 4
    expect(emulator.invocations().at(-1)?.event).toMatchObject({ path: '/', httpMethod: 'POST', body: `(${size} bytes)` })
  })

  it('keeps the size of a long event that one function sends another', async () => {
    const event = { action: 'functions.invokeFunction', function_name: 'crasher', request_data: JSON.stringify({ text: 'x'.repeat(300 * 1024) }) }
    await emulator.post('/admin', event)
    expect(emulator.invocations().at(-1)?.event).toBe(`(${event.request_data.length} bytes)`)
  })

  it('holds nothing of calls to functions that nobody wrote', async () => {
    const before = emulator.invocations().length
    for (const path of ['/functions/nobody', '/http/nobody/path']) expect((await statusOf(path, { method: 'POST', body: 'no JSON' })).status).toBe(404)
    expect(emulator.invocations()).toHaveLength(before)
  })

  it('refuses what comes in the name of a call that it does not know', async () => {
    const request = { action: 'storage.getUploadMetadata', path: 'a.txt', wxCloudApiToken: 'of a call long ago' }
    expect(await emulator.post('/admin', request)).toMatchObject({ code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED' })
    expect(await emulator.post('/admin', { ...request, wxCloudApiToken: '' })).toHaveProperty('data')
  })

  it('names the operations of the SDK in each call', async () => {
    await emulator.call('relay', { name: 'whoami', data: {} }, 'alice')
    const { invocations } = await emulator.get<{ invocations: { source: string, operations: string[] }[] }>('/manage/invocations?function=relay&limit=1')
    expect(invocations).toMatchObject([{ source: 'wx_client', operations: ['functions.invokeFunction whoami'], failure: null }])
  })
})

describe('A timer', () => {
  it('that is fired by hand calls its function without an identity', async () => {
    const { result } = await emulator.post<{ result: { event: unknown, context: unknown } }>('/manage/timers/timer', {})
    expect(result.event).toEqual({ Type: 'Timer', TriggerName: 'every-second', Time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) })
    expect(result.context).toEqual({ APPID: 'wxlocal0000000001', SOURCE: 'wx_trigger', ENV: 'local-env' })
  })

  it('fires by itself at its times', async () => {
    const own = await startTestEmulator({ timers: true })
    await until(() => own.invocations().filter(call => call.source === 'wx_trigger').length >= 2)
    expect(own.invocations().every(call => call.functionName === 'timer')).toBe(true)
    await own.dispose()
  })
})

describe('The HTTP access service', () => {
  interface GatewayReply { seen: Record<string, unknown>, context: Record<string, unknown> }

  it('hands the request to the function, without identity and without headers that pose as WeChat', async () => {
    const response = await fetch(`${emulator.url}/http/gateway/plain?a=1&b=%E4%B8%AD`, { headers: { 'X-WX-OPENID': 'o-alice', 'X-Other': 'kept' } })
    const { seen, context } = await response.json() as GatewayReply
    expect(seen).toMatchObject({ path: '/plain', httpMethod: 'GET', queryStringParameters: { a: '1', b: '中' }, body: '', isBase64Encoded: false })
    expect(seen.headers).toMatchObject({ 'x-other': 'kept' })
    expect(seen.headers).not.toHaveProperty('x-wx-openid')
    expect(context).not.toHaveProperty('OPENID')
    expect(context.SOURCE).toBe('wx_http')
  })

  it('answers with the status, headers and body that the function returns', async () => {
    const response = await fetch(`${emulator.url}/http/gateway`, { method: 'PUT', body: '{"n":1}', headers: { 'content-type': 'application/json' } })
    expect(response.status).toBe(201)
    expect(response.headers.get('x-echo')).toBe('PUT')
    expect(await response.json()).toEqual({ n: 1 })
    const picture = await fetch(`${emulator.url}/http/gateway/picture`)
    expect(picture.headers.get('content-type')).toBe('image/gif')
    expect(await picture.text()).toBe('GIF89a')
  })

  it('sends each entry of a list as a header of its own', async () => {
    expect((await fetch(`${emulator.url}/http/gateway/cookies`)).headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  it('passes bytes in base64', async () => {
    const bytes = new Uint8Array([0, 255, 128, 10])
    const response = await fetch(`${emulator.url}/http/gateway/plain`, { method: 'POST', body: bytes, headers: { 'content-type': 'application/octet-stream' } })
    const { seen } = await response.json() as GatewayReply
    expect(seen).toMatchObject({ isBase64Encoded: true, body: Buffer.from(bytes).toString('base64') })
  })

  it('tells the outside nothing of an exception', async () => {
    const response = await fetch(`${emulator.url}/http/gateway/broken`)
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret detail')
  })
})

describe('A page of another site', () => {
  it('may not drive the local WeChat', async () => {
    const { status } = await statusOf('/functions/whoami', { method: 'POST', body: '{}', headers: { origin: 'https://example.com' } })
    expect(status).toBe(403)
  })
})
