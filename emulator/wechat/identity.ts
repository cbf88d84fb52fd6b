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
