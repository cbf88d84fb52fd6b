// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { merchant, shop } from '@/cloud/call'
import { storage } from '@/platform/storage'
import { cloud, inTurn } from './support/cloud'
import { done, loginNeeded, refused } from './support/goods'
import { freshPhone } from './support/phone'

vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
const { login } = vi.hoisted(() => ({ login: vi.fn(async () => 'code-of-wechat') }))
vi.mock('@/platform', () => ({ wechat: { login } }))

const entered = done({ member: { id: 'm', joinedAtMs: 0, role: null }, session: 'token' })

beforeEach(() => {
  freshPhone()
  cloud.reset()
  login.mockClear()
})

it('logs in once for several calls that all need it, and repeats each', async () => {
  let isIn = false
  cloud.replies.login = () => { isIn = true; return entered }
  cloud.replies.me = () => isIn ? done({ unpaidCount: 0 }) : loginNeeded
  cloud.replies.orders = () => isIn ? done({ orders: [] }) : loginNeeded
  const answers = await Promise.all([shop.call('me', {}), shop.call('orders', { tab: 'All' })])
  expect(answers.every(answer => answer.ok)).toBe(true)
  expect(cloud.actions().filter(action => action === 'login')).toHaveLength(1)
  expect(storage.read('session')).toBe('token')
})

it('fetches a fresh code when the first was too old, but only once', async () => {
  cloud.replies.me = () => loginNeeded
  cloud.replies.login = () => refused('CodeExpired')
  expect(await shop.call('me', {})).toMatchObject({ kind: 'refused', code: 'CodeExpired' })
  expect(login).toHaveBeenCalledTimes(2)
})

it('does not ask for ever when the server does not know its own session', async () => {
  cloud.replies.login = () => entered
  cloud.replies.me = () => loginNeeded
  expect(await shop.call('me', {})).toEqual(loginNeeded)
  expect(cloud.actions()).toEqual(['me', 'login', 'me'])
})

it('lets people browse without logging in', async () => {
  cloud.replies.menu = () => done({})
  await shop.call('menu', {})
  expect(login).not.toHaveBeenCalled()
})

it('tells a dead network from a broken server', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  cloud.replies.menu = () => { throw new Error('timeout') }
  expect(await shop.call('menu', {})).toMatchObject({ kind: 'broken', code: 'Offline' })
  cloud.replies.menu = () => '<html>502 Bad Gateway</html>'
  expect(await shop.call('menu', {})).toMatchObject({ kind: 'broken', code: 'Broken' })
  warned.mockRestore()
})

it('says offline when WeChat itself cannot be reached for a login', async () => {
  cloud.replies.orders = () => loginNeeded
  login.mockRejectedValueOnce(new Error('fail'))
  expect(await merchant.call('orders', { tab: 'ToMake' })).toMatchObject({ code: 'Offline' })
})

it('tries again after a login that failed', async () => {
  cloud.replies.me = () => loginNeeded
  cloud.replies.login = inTurn(refused('WeChatBusy'), entered)
  await shop.call('me', {})
  cloud.replies.me = inTurn(loginNeeded, done({ unpaidCount: 0 }))
  expect(await shop.call('me', {})).toMatchObject({ ok: true })
})
