import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StartError } from '../../emulator/emulator.ts'
import { makeFunctionFolder } from './functionFolder.ts'
import type { FunctionFolder } from './functionFolder.ts'
import { startTestEmulator } from './harness.ts'
import type { TestEmulator } from './harness.ts'

const mostBytes = 6 * 1024 * 1024
let folder: FunctionFolder
let emulator: TestEmulator

beforeAll(async () => {
  folder = await makeFunctionFolder({
    'large/index.js': 'exports.main = async ({ bytes }) => "x".repeat(bytes - 2)',
    'zone/index.js': 'exports.main = async () => [process.env.TZ, new Date("2026-01-01T00:00:00").toISOString()]',
    'answer/index.js': 'exports.main = async ({ queryStringParameters: { json } }) => JSON.parse(json)',
    'echo/index.js': 'exports.main = async event => ({ statusCode: 200, headers: { "X-Kind": "echo" }, body: event })',
  })
  emulator = await startTestEmulator({ functionsDir: folder.path, environment: { zone: { NAME: 'x'.repeat(4 * 1024 - 4) } } })
})
afterAll(async () => {
  await emulator.dispose()
  await folder.dispose()
})

describe('A result', () => {
  it('may have 6 MB and no more', async () => {
    expect(await emulator.call<string>('large', { bytes: mostBytes })).toHaveLength(mostBytes - 2)
    const tooLarge = await emulator.post('/functions/large', { bytes: mostBytes + 1 })
    expect(tooLarge).toMatchObject({ errCode: -604001, errMsg: expect.stringContaining('EXCEED_MAX_RESPONSE_SIZE') as string })
    expect(await emulator.call('zone', {})).toHaveLength(2)
  })
})

describe('The event of a nested call', () => {
  it('may have 6 MB and no more', async () => {
    const nested = (bytes: number) => emulator.post<{ code?: string }>('/admin', {
      action: 'functions.invokeFunction', function_name: 'zone', request_data: JSON.stringify({ text: 'x'.repeat(bytes - '{"text":""}'.length) }),
    })
    expect(await nested(mostBytes)).toHaveProperty('data')
    expect(await nested(mostBytes + 1)).toMatchObject({ code: 'EXCEED_MAX_PAYLOAD_SIZE' })
  })
})

describe('The environment of a function', () => {
  it('has the time zone UTC', async () => {
    expect(await emulator.call('zone', {})).toEqual(['UTC', '2026-01-01T00:00:00.000Z'])
  })

  it('has variables of 4 KB and no more, those for all functions counted in', async () => {
    const refusalOf = async (environment: Record<string, Record<string, string>>) => {
      const outcome = await startTestEmulator({ functionsDir: folder.path, environment }).catch((error: unknown) => error)
      expect(outcome).toBeInstanceOf(StartError)
      return (outcome as StartError).message
    }
    expect(await refusalOf({ '*': { COMMON: 'x' }, 'zone': { NAME: 'x'.repeat(4 * 1024 - 4) } })).toMatch(/^The environment variables of the function zone take 4103 bytes/)
    expect(await refusalOf({ '*': { COMMON: '中'.repeat(2_000) } })).toMatch(/^The environment variables of every function take 6006 bytes/)
  })
})

describe('The HTTP access service', () => {
  it.each([
    ['"hello gateway"', 'text/plain; charset=utf-8', 'hello gateway'],
    ['123', 'text/plain; charset=utf-8', '123'],
    ['{"foo":"bar"}', 'application/json; charset=utf-8', '{"foo":"bar"}'],
    ['[1]', 'application/json; charset=utf-8', '[1]'],
    ['{"statusCode":200,"body":"<p>"}', 'text/plain; charset=utf-8', '<p>'],
    ['{"statusCode":200,"headers":{"content-type":"text/html"},"body":"<p>"}', 'text/html', '<p>'],
  ])('answers %s as %s', async (json, type, body) => {
    const response = await fetch(`${emulator.url}/http/answer?json=${encodeURIComponent(json)}`)
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, type, body])
  })

  it('hands over the environment, and each value of a header that comes twice', async () => {
    const headers: [string, string][] = [['x-twice', 'a'], ['x-twice', 'b'], ['x-wx-openid', 'o-alice']]
    const response = await fetch(`${emulator.url}/http/echo/a/b?c=1`, { headers, method: 'DELETE' })
    const event = await response.json() as Record<string, Record<string, unknown>>
    expect(event).toMatchObject({ path: '/a/b', httpMethod: 'DELETE', requestContext: { envId: 'local-env' } })
    expect(event.headers?.['x-twice']).toBe('a, b')
    expect(event.multiValueHeaders?.['user-agent']).toHaveLength(1)
    expect(event.multiValueHeaders).not.toHaveProperty('x-wx-openid')
    expect(response.headers.get('x-kind')).toBe('echo')
  })
})
