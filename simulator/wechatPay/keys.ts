import { generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeCertificate } from '../../emulator/pay/v3/certificate.ts'

/** What the functions of a shop are told that pays through API v3: the environment variables of one merchant. */
export type V3Account = Readonly<Record<string, string>>

/** Where API v3 is reached, and where it reports to. */
export const payHost = 'simulated.wechatpay'
export const notifyUrl = 'http://127.0.0.1/pay-notify'

const certified = { fromMs: Date.UTC(2026, 0, 1), untilMs: Date.UTC(2031, 0, 1) }
/** Shorter than WeChat Pay's: nobody is to be kept out here, and a seed signs hundreds of messages. */
const keyBits = 1024
const names = { publicKeyId: 'PUB_KEY_ID_0119000001092026030200000001', apiV3Key: '0123456789abcdef'.repeat(2) }

let folder: string | undefined

/**
 * A folder with the keys of WeChat Pay and of the merchant, made once a process and outside of every simulation: what they
 * are made from must not come out of a seed's chance. No trace tells of a signature, so two processes may have different ones.
 */
export function keysFolder(): string {
  if (folder !== undefined) return folder
  const made = mkdtempSync(path.join(tmpdir(), 'xiaopu-simulator-'))
  process.on('exit', () => rmSync(made, { recursive: true, force: true }))
  const write = (name: string, content: string | Buffer) => writeFileSync(path.join(made, name), content)
  write('provider_key', '0'.repeat(32))
  for (const [key, certificate] of [['apiclient_key', 'apiclient_cert'], ['wechatpay_cert_key', 'wechatpay_cert']] as const) {
    const pair = newPair()
    write(`${key}.pem`, privatePem(pair))
    write(`${certificate}.pem`, makeCertificate({ commonName: certificate, organisation: 'Simulated', ...pair, ...certified }).pem)
  }
  const pair = newPair()
  write('pub_key_private.pem', privatePem(pair))
  write('pub_key.pem', pair.publicKey.export({ type: 'spki', format: 'pem' }))
  write('settings.json', JSON.stringify(names))
  folder = made
  return made
}

const newPair = () => generateKeyPairSync('rsa', { modulusLength: keyBits })
const privatePem = ({ privateKey }: { privateKey: KeyObject }) => privateKey.export({ type: 'pkcs8', format: 'pem' })

/** The merchant's account, as it stands in the environment of the functions. */
export function v3Account(merchantId: string, merchantSerial: string): V3Account {
  const read = (name: string) => readFileSync(path.join(keysFolder(), name), 'utf8')
  return {
    PAY_MCH_ID: merchantId,
    PAY_MCH_SERIAL: merchantSerial,
    PAY_MCH_PRIVATE_KEY: read('apiclient_key.pem'),
    PAY_API_V3_KEY: names.apiV3Key,
    PAY_PUBLIC_KEY_ID: names.publicKeyId,
    PAY_PUBLIC_KEY: read('pub_key.pem'),
    PAY_NOTIFY_URL: notifyUrl,
    PAY_API_BASE: `http://${payHost}`,
  }
}
