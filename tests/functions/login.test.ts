import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestShop, postJson } from '../support/localShop.ts'
import type { TestShop } from '../support/localShop.ts'

let shop: TestShop
beforeAll(async () => { shop = await openTestShop() })
afterAll(() => shop.close())

const codeFor = async (person: string) => (await postJson(`${shop.url}/wechat/login`, { person })).code as string
const overHttp = (action: string, input: unknown, session?: string) =>
  postJson(`${shop.url}/http/shop`, session === undefined ? { action, input } : { action, input, session })

describe('login', () => {
  it('makes a member once and answers a session', async () => {
    const first = await shop.as('o-alice').login()
    const second = await shop.as('o-alice').login()
    expect(first).toMatchObject({ ok: true, value: { member: { role: null }, session: expect.stringMatching(/^[0-9a-f]{64}$/) } })
    expect(second).toMatchObject({ ok: true, value: { member: first.ok ? first.value.member : null } })
  })

  it('makes one member of two first logins at the same time', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => shop.as('o-twins').login()))
    expect(outcomes).toMatchObject([{ ok: true }, { ok: true }, { ok: true }])
    expect(await shop.admin.count('members', { openid: 'o-twins' })).toBe(1)
  })

  it('never tells the session key', async () => {
    const { code } = await postJson(`${shop.url}/wechat/login`, { person: 'secretive' })
    const answer = JSON.stringify(await shop.as('o-secretive').invoke('shop', { action: 'login', input: { code } }))
    expect(answer).not.toMatch(/session_?key/i)
  })

  it('denies a code that belongs to someone else', async () => {
    const code = await codeFor('bob')
    const { result } = await shop.as('o-mallory').invoke('shop', { action: 'login', input: { code } })
    expect(result).toEqual({ ok: false, kind: 'denied', code: 'NotAllowed' })
  })

  it.each([['unknown', 'never-given'], ['used before', null]])('asks for a new code when it is %s', async (_why, given) => {
    const code = given ?? await codeFor('carol')
    if (given === null) await shop.as('o-carol').invoke('shop', { action: 'login', input: { code } })
    const { result } = await shop.as('o-carol').invoke('shop', { action: 'login', input: { code } })
    expect(result).toEqual({ ok: false, kind: 'refused', code: 'CodeExpired' })
  })

  it.each([[40226, 'AccountBlocked', 1], [45011, 'TooOften', 1], [-1, 'WeChatBusy', 3]])('answers errcode %d with %s', async (errcode, code, times) => {
    await shop.manage('faults', { api: 'jscode2session', errcode, times })
    expect(await shop.as('o-dave').login()).toEqual({ ok: false, kind: 'refused', code })
  })

  it('waits and asks again when WeChat is busy for a moment', async () => {
    await shop.manage('faults', { api: 'jscode2session', errcode: -1, times: 2 })
    expect(await shop.as('o-erin').login()).toMatchObject({ ok: true })
  })
})

describe('over HTTP', () => {
  it('the session that code2session made is the identity', async () => {
    const login = await overHttp('login', { code: await codeFor('frank') }) as { value: { session: string } }
    expect(await overHttp('me', {}, login.value.session)).toMatchObject({ ok: true, value: { unpaidCount: 0 } })
  })

  it('nobody is logged in without a session, with a wrong one, or with somebody else\'s header', async () => {
    const loginNeeded = { ok: false, kind: 'denied', code: 'LoginNeeded' }
    expect(await overHttp('me', {})).toEqual(loginNeeded)
    expect(await overHttp('me', {}, '0'.repeat(64))).toEqual(loginNeeded)
    expect(await postJson(`${shop.url}/http/shop`, { action: 'me', input: {} }, { 'x-wx-openid': 'o-owner' })).toEqual(loginNeeded)
  })

  it('a session ends after its time', async () => {
    const login = await overHttp('login', { code: await codeFor('grace') }) as { value: { session: string } }
    const { createHash } = await import('node:crypto')
    await shop.admin.change('sessions', createHash('sha256').update(login.value.session).digest('hex'), { expiresAtMs: Date.now() - 1 })
    expect(await overHttp('me', {}, login.value.session)).toMatchObject({ kind: 'denied', code: 'LoginNeeded' })
    await shop.manage('timers/timer')
    expect(await shop.admin.count('sessions', { openid: 'o-grace' })).toBe(0)
  })

  it('says what is wrong with a request that is no POST or no JSON', async () => {
    expect((await fetch(`${shop.url}/http/shop`)).status).toBe(405)
    expect((await fetch(`${shop.url}/http/shop`, { method: 'POST', body: '{' })).status).toBe(400)
  })
})

it('someone whom the platform names but who never logged in is asked to', async () => {
  expect(await shop.as('o-stranger').shop('me', {})).toEqual({ ok: false, kind: 'denied', code: 'LoginNeeded' })
})
