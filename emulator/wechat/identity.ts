import { createHash } from 'node:crypto'
import type { AppIdentity } from '../emulator.ts'

const defaults: AppIdentity = {
  appid: 'wxlocal0000000001',
  secret: 'local-app-secret',
  merchantId: '1900000109',
  envId: 'local-env',
}

/** The identity of the mini program: what was given, and the defaults for the rest. */
export function identityOf(given: Partial<AppIdentity> = {}): AppIdentity {
  return { ...defaults, ...given }
}

/** The openid of a person who uses this WeChat: the same name is the same user everywhere. */
export function openidOf(person: string): string {
  return `o-${person}`
}

/** True for a name that a person may have here: short, and safe in a header, a URL and a query. */
export function isPerson(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{1,32}$/.test(value)
}

/** True for the openid of somebody who could use this mini program. */
export function isOpenid(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('o-') && isPerson(value.slice(2))
}

/** The id of a person across the apps of one Open Platform account; undefined where the mini program belongs to none. */
export function unionidOf(openid: string, app: AppIdentity): string | undefined {
  return app.unionid === true ? openid.replace(/^o-/, 'u-') : undefined
}

/** A person's mobile number, always the same. No operator in China has been given numbers that begin with 154. */
export function phoneNumberOf(openid: string): string {
  const digest = createHash('sha256').update(openid).digest().readUInt32BE(0)
  return `154${String(digest % 100_000_000).padStart(8, '0')}`
}
