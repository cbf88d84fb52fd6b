import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isOwnAddress } from '../../emulator/http/origin.ts'
import { startTestEmulator } from './harness.ts'
import type { TestEmulator } from './harness.ts'

/** This machine's address on its network: what comes from there counts as another device. */
const lanAddress = Object.values(networkInterfaces()).flatMap(list => list ?? []).find(({ family, internal }) => family === 'IPv4' && !internal)?.address

describe.skipIf(lanAddress === undefined)('Another device on the network', () => {
  let emulator: TestEmulator
  let outside: string

  beforeAll(async () => {
    emulator = await startTestEmulator({ host: '0.0.0.0' })
    outside = `http://${lanAddress}:${emulator.port}`
  })
  afterAll(() => emulator.dispose())

  const statusOf = async (path: string, headers: Record<string, string> = {}) => (await fetch(outside + path, { method: 'POST', body: '{}', headers })).status

  it('may not say who it is', async () => {
    expect(await statusOf('/functions/crasher', { 'x-wx-openid': 'o-alice' })).toBe(401)
    expect(await statusOf('/storage/upload?path=a.txt', { 'x-wx-openid': 'o-alice' })).toBe(401)
    expect(await statusOf('/functions/crasher')).toBe(200)
  })

  it('reaches neither the SDK\'s protocol nor the commands', async () => {
    for (const path of ['/admin', '/manage/pay/complete', '/manage/timers/timer', '/manage/faults']) expect(await statusOf(path), path).toBe(401)
    for (const path of ['/manage/invocations', '/manage/logs']) expect((await fetch(outside + path)).status, path).toBe(401)
  })

  it('can open the links to files', async () => {
    const { link, overHttp } = await emulator.call<{ link: { tempFileURL: string }, overHttp: string }>('files', { cloudPath: 'a.txt', content: 'hi' })
    expect(new URL(link.tempFileURL).origin).toBe(outside)
    expect(overHttp).toBe('hi')
  })
})

describe('A page of a foreign site whose name points at this machine', () => {
  let emulator: TestEmulator
  beforeAll(async () => { emulator = await startTestEmulator() })
  afterAll(() => emulator.dispose())

  /** fetch does not let anybody set the header Host. */
  const statusFor = (path: string, host: string, method = 'GET') => new Promise<number | undefined>((resolve, reject) => {
    const sent = request({ port: emulator.port, path, method, headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.on('error', reject).end()
  })

  it('gets nothing, while an address and localhost do', async () => {
    for (const path of ['/manage/pay/trades', '/wechat/pay', '/functions/crasher']) {
      expect(await statusFor(path, `evil.example:${emulator.port}`), path).toBe(403)
    }
    for (const method of ['POST', 'PUT', 'HEAD', 'OPTIONS']) expect(await statusFor('/functions/crasher', 'evil.example', method), method).toBe(403)
    for (const host of ['localhost', '127.0.0.1', '[::1]']) expect(await statusFor('/manage/pay/trades', host), host).toBe(200)
  })

  it('is told from the name that the emulator was asked to listen on', () => {
    const sentTo = (host: string) => ({ headers: { host } }) as IncomingMessage
    expect(isOwnAddress(sentTo('mac.local:7777'), 'Mac.local')).toBe(true)
    expect(isOwnAddress(sentTo('mac.local.evil.example:7777'), 'mac.local')).toBe(false)
    expect(isOwnAddress(sentTo(''), 'localhost')).toBe(false)
  })
})
