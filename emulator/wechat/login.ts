import { randomBytes, randomUUID } from 'node:crypto'
import type { AppIdentity } from '../emulator.ts'
import { openidOf, unionidOf } from './identity.ts'

const codeLifeMs = 5 * 60_000
/** Used and expired codes are remembered for a while, so that each gets the error that WeChat gives it. */
const codeMemoryMs = 60 * 60_000

interface LoginCode {
  openid: string
  createdAtMs: number
  isUsed: boolean
}

/** The answer of code2session. As in WeChat, success carries no errcode. */
export type SessionReply =
  | { openid: string, session_key: string, unionid?: string }
  | { errcode: number, errmsg: string }

const faultTexts: Record<number, string> = {
  [-1]: 'system error',
  40226: 'code blocked',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
}

/** WeChat's login: hands out codes to people, and exchanges each code once for who the person is. */
export class Login {
  private readonly codes = new Map<string, LoginCode>()
  private readonly faults: number[] = []

  constructor(private readonly app: AppIdentity, private readonly nowMs: () => number) {}

  /** `wx.login` of a person: a code that works once, for five minutes. */
  createCode(person: string): string {
    this.forgetOldCodes()
    const code = randomUUID().replaceAll('-', '')
    this.codes.set(code, { openid: openidOf(person), createdAtMs: this.nowMs(), isUsed: false })
    return code
  }

  /** `code2session`: the parameters are those of WeChat's address, still as text. */
  exchange(given: { appid?: string | null, secret?: string | null, js_code?: string | null, grant_type?: string | null }): SessionReply {
    if (!given.appid) return refuse(41002, 'appid missing')
    const fault = this.faults.shift()
    if (fault !== undefined) return refuse(fault, faultTexts[fault] ?? 'system error')
    if (given.appid !== this.app.appid) return refuse(40013, 'invalid appid')
    if (!given.secret) return refuse(41004, 'appsecret missing')
    if (given.secret !== this.app.secret) return refuse(40125, 'invalid appsecret')
    if (given.grant_type !== 'authorization_code') return refuse(40002, 'invalid grant_type')
    return this.useCode(given.js_code ?? '')
  }

  /** The next exchanges fail with this errcode. */
  failNext(errcode: number, times: number): void {
    this.faults.push(...Array<number>(times).fill(errcode))
  }

  private useCode(text: string): SessionReply {
    if (text === '') return refuse(41008, 'missing code')
    const code = this.codes.get(text)
    if (!code) return refuse(40029, 'invalid code')
    if (code.isUsed) return refuse(40163, 'code been used')
    if (this.nowMs() - code.createdAtMs > codeLifeMs) return refuse(40029, 'invalid code')
    code.isUsed = true
    const unionid = unionidOf(code.openid, this.app)
    return { session_key: randomBytes(16).toString('base64'), openid: code.openid, ...(unionid === undefined ? {} : { unionid }) }
  }

  private forgetOldCodes(): void {
    const oldest = this.nowMs() - codeMemoryMs
    for (const [text, { createdAtMs }] of this.codes) if (createdAtMs < oldest) this.codes.delete(text)
  }
}

function refuse(errcode: number, errmsg: string): SessionReply {
  return { errcode, errmsg: `${errmsg}, rid: ${randomBytes(4).toString('hex')}-${randomBytes(4).toString('hex')}` }
}
