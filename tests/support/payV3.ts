import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { seal } from '../../emulator/pay/v3/envelope.ts'
import { openCredentials } from '../../emulator/pay/v3/credentials.ts'
import type { Credentials } from '../../emulator/pay/v3/credentials.ts'
import { signatureHeaders } from '../../emulator/pay/v3/signature.ts'
import { localApp } from '../../scripts/steps/localShop.ts'
import { KEYS, openTestShop } from './localShop.ts'
import { prepare } from './prepared.ts'

/** `publicKey`: the merchant has WeChat Pay's public key. `certificate`: an older merchant, with a platform certificate. */
export type PayV3Mode = 'publicKey' | 'certificate'

/** What a merchant writes into the environment of the functions. */
export function payV3Environment(keys: Credentials, mode: PayV3Mode): Record<string, string> {
  const text = (file: string) => readFileSync(file, 'utf8')
  return {
    PAY_GATEWAY: 'wechat-v3',
    PAY_API_BASE: '{url}',
    PAY_NOTIFY_URL: '{url}/http/pay-notify',
    PAY_MCH_ID: localApp.merchantId,
    PAY_MCH_SERIAL: keys.merchantSerial,
    PAY_MCH_PRIVATE_KEY: text(keys.merchantPrivateKeyFile),
    PAY_API_V3_KEY: keys.apiV3Key,
    ...(mode === 'publicKey'
      ? { PAY_PUBLIC_KEY_ID: keys.publicKey.serial, PAY_PUBLIC_KEY: text(keys.publicKeyFile) }
      : { PAY_PLATFORM_CERTIFICATE: text(keys.certificateFile) }),
  }
}

/** A test shop that takes payments by API v3; its keys are made before its functions start. */
export async function openPayV3Shop(mode: PayV3Mode) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'xiaopu-'))
  const open = (folder: string) => openCredentials(folder, localApp.merchantId, Date.now())
  await prepare('keys', path.join(dataDir, KEYS), async (folder) => { await open(folder) })
  const keys = await open(path.join(dataDir, KEYS))
  const environment = payV3Environment(keys, mode)
  const shop = await openTestShop({ dataDir, paySigning: mode, variables: environment })
  const key = mode === 'publicKey' ? keys.publicKey : keys.certificate
  return {
    ...shop,
    environment,
    /** Stops the local WeChat and keeps its data. */
    stop: () => shop.emulator.close(),
    /** A notice as WeChat Pay would write it: encrypted, and its headers signed at `atMs`. */
    notice: (eventType: string, resource: object, { atMs = Date.now(), apiV3Key = keys.apiV3Key, serial = key.serial } = {}) => {
      const body = JSON.stringify({ id: 'test', event_type: eventType, resource: { ...seal(JSON.stringify(resource), 'transaction', apiV3Key) } })
      return { body, headers: signatureHeaders(body, { ...key, serial }, atMs) }
    },
    /** The same key signs whatever text it is given. */
    signed: (body: string) => signatureHeaders(body, key, Date.now()),
    /** Sends a notice to the shop's address for notices; answers the HTTP status. */
    notify: async ({ body, headers }: { body: string, headers: Record<string, string> }) => {
      const response = await fetch(`${shop.url}/http/pay-notify`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
      await response.text()
      return response.status
    },
  }
}

export type PayV3Shop = Awaited<ReturnType<typeof openPayV3Shop>>
