import { randomUUID } from 'node:crypto'
import type { AppIdentity } from '../emulator.ts'
import { phoneNumberOf } from '../wechat/identity.ts'
import { done, refuse } from './answers.ts'
import type { Given, JsonAnswer } from './answers.ts'
import type { OpenData } from './openData.ts'
import type { OpenInterface } from './registry.ts'

const codeLifeMs = 5 * 60_000

interface PhoneCode {
  openid: string
  createdAtMs: number
}

/** What the phone number button hands to the mini program. */
export interface PhoneReply {
  errMsg: string
  code: string
  cloudID: string
}

/** Codes of the phone number button, and the numbers behind them. A code works once, for five minutes. */
export class PhoneNumbers {
  private readonly codes = new Map<string, PhoneCode>()

  constructor(private readonly app: AppIdentity, private readonly openData: OpenData, private readonly nowMs: () => number) {}

  interfaces(): OpenInterface[] {
    return [{ name: 'phonenumber.getPhoneNumber', paths: ['/wxa/business/getuserphonenumber'], answer: given => this.exchange(given) }]
  }

  /** A person taps the button and agrees. */
  agree(openid: string): PhoneReply {
    const nowMs = this.nowMs()
    for (const [code, { createdAtMs }] of this.codes) if (nowMs - createdAtMs > codeLifeMs) this.codes.delete(code)
    const code = randomUUID().replaceAll('-', '')
    this.codes.set(code, { openid, createdAtMs: nowMs })
    return { errMsg: 'getPhoneNumber:ok', code, cloudID: this.openData.add(openid, this.phoneInfo(openid)) }
  }

  private exchange({ code }: Given): JsonAnswer {
    const found = typeof code === 'string' ? this.codes.get(code) : undefined
    if (typeof code !== 'string' || !found) return refuse(40029)
    this.codes.delete(code)
    if (this.nowMs() - found.createdAtMs > codeLifeMs) return refuse(40029)
    return done({ phone_info: this.phoneInfo(found.openid) })
  }

  private phoneInfo(openid: string): object {
    const number = phoneNumberOf(openid)
    const watermark = { timestamp: Math.floor(this.nowMs() / 1000), appid: this.app.appid }
    return { phoneNumber: number, purePhoneNumber: number, countryCode: '86', watermark }
  }
}
