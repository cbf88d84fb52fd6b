import { beforeEach, describe, expect, it } from 'vitest'
import { identityOf } from '../../emulator/wechat/identity.ts'
import { Login } from '../../emulator/wechat/login.ts'

const app = identityOf()
const params = { appid: app.appid, secret: app.secret, grant_type: 'authorization_code' }
let nowMs = 0
let login: Login

beforeEach(() => {
  nowMs = 1_700_000_000_000
  login = new Login(app, () => nowMs)
})

const errcodeOf = (given: object) => (login.exchange(given) as { errcode?: number }).errcode

describe('A login code', () => {
  it('is exchanged for the openid of its person and a session key of 16 bytes, without an errcode', () => {
    const session = login.exchange({ ...params, js_code: login.createCode('alice') })
    expect(session).toEqual({ openid: 'o-alice', session_key: expect.any(String) })
    expect(Buffer.from('session_key' in session ? session.session_key : '', 'base64')).toHaveLength(16)
  })

  it('works once', () => {
    const code = login.createCode('alice')
    login.exchange({ ...params, js_code: code })
    expect(errcodeOf({ ...params, js_code: code })).toBe(40163)
  })

  it('works for five minutes', () => {
    const codes = [login.createCode('alice'), login.createCode('alice')]
    nowMs += 5 * 60_000
    expect(errcodeOf({ ...params, js_code: codes[0] })).toBeUndefined()
    nowMs += 1
    expect(errcodeOf({ ...params, js_code: codes[1] })).toBe(40029)
  })

  it('is not spent by a request that WeChat refuses for another reason', () => {
    const code = login.createCode('alice')
    expect(errcodeOf({ ...params, secret: 'wrong', js_code: code })).toBe(40125)
    expect(errcodeOf({ ...params, appid: 'wx0', js_code: code })).toBe(40013)
    expect(errcodeOf({ ...params, appid: undefined, js_code: code })).toBe(41002)
    expect(errcodeOf({ ...params, js_code: code })).toBeUndefined()
  })

  it('that nobody handed out is invalid', () => {
    expect(errcodeOf({ ...params, js_code: 'made up' })).toBe(40029)
  })
})

describe('A planned fault', () => {
  it('meets the next exchanges, as often as it was planned', () => {
    login.failNext(45011, 2)
    const code = login.createCode('alice')
    expect([1, 2, 3].map(() => errcodeOf({ ...params, js_code: code }))).toEqual([45011, 45011, undefined])
  })
})
