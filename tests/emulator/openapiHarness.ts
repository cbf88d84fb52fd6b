import { join } from 'node:path'
import type { EmulatorOptions } from '../../emulator/emulator.ts'
import { identityOf } from '../../emulator/wechat/identity.ts'
import { functionsDir, startTestEmulator } from './harness.ts'
import type { TestEmulator } from './harness.ts'

/** Both SDKs, and the function that uses each. */
export const sdks = [
  { sdk: 'wx-server-sdk 4.0.2', functionName: 'open-api' },
  { sdk: 'wx-server-sdk 3.0.4', functionName: 'open-api-3' },
]

export const app = identityOf()

export type Reply = Record<string, unknown> & { errCode: number, errMsg: string }
export type HttpsReply = Record<string, unknown> & { errcode?: number, errmsg?: string }

/** An emulator with the functions that call open interfaces, and shorthands for what tests ask of it. */
export interface OpenApiEmulator extends TestEmulator {
  /** One call of `cloud.openapi`; an error comes back as its errCode. */
  open(api: string, given?: object, options?: { functionName?: string, person?: string, media?: Buffer }): Promise<Reply>
  /** One request to an HTTPS form, with a valid token. */
  https(path: string, body?: object): Promise<HttpsReply>
  /** Lets time pass at once. */
  wait(ms: number): Promise<void>
}

export async function startOpenApiEmulator(options: Partial<EmulatorOptions> = {}): Promise<OpenApiEmulator> {
  const emulator = await startTestEmulator({ functionsDir: join(functionsDir, 'openapi'), ...options })
  return {
    ...emulator,
    open: (api, given = {}, { functionName = 'open-api', person, media } = {}) =>
      emulator.call<Reply>(functionName, { api, given, ...(media ? { media: media.toString('base64') } : {}) }, person ?? null),
    https: async (path, body = {}) => {
      const { access_token: token } = await stableToken(emulator)
      return emulator.post<HttpsReply>(`${path}?access_token=${String(token)}`, body)
    },
    wait: async (ms) => {
      await emulator.post('/manage/clock', { advanceMs: ms })
    },
  }
}

/** Bytes that begin like a PNG. */
export function pngOf(size: number): Buffer {
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(size - 8)])
}

/** The stable token of the mini program. */
export function stableToken(emulator: TestEmulator, extra: object = {}): Promise<HttpsReply> {
  return emulator.post<HttpsReply>('/cgi-bin/stable_token', { grant_type: 'client_credential', appid: app.appid, secret: app.secret, ...extra })
}
