import { createPrivateKey, generateKeyPair, randomBytes, randomInt, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beijingStamp } from '../../wechat/beijingTime.ts'
import { makeCertificate } from './certificate.ts'

const makeKeyPair = promisify(generateKeyPair)
const fiveYearsMs = 5 * 365 * 24 * 3600_000

/** A key of WeChat Pay's, and the name by which the merchant knows it. */
export interface PlatformKey {
  serial: string
  privateKey: KeyObject
}

/** The merchant's and WeChat Pay's keys: what the merchant platform would show, and what WeChat Pay keeps to itself. */
export interface Credentials {
  merchantSerial: string
  merchantPublicKey: KeyObject
  merchantPrivateKeyFile: string
  /** 32 characters; encrypts notices and certificates. */
  apiV3Key: string
  /** Signs in public-key mode; its serial is the PUB_KEY_ID_…. */
  publicKey: PlatformKey
  publicKeyFile: string
  /** Signs in certificate mode. */
  certificate: PlatformKey
  certificateFile: string
  certificatePem: string
  certificateFromMs: number
  certificateUntilMs: number
}

const names = {
  merchantKey: 'apiclient_key.pem',
  merchantCertificate: 'apiclient_cert.pem',
  publicKey: 'pub_key.pem',
  publicKeysPrivateKey: 'pub_key_private.pem',
  certificate: 'wechatpay_cert.pem',
  certificateKey: 'wechatpay_cert_key.pem',
  settings: 'settings.json',
}

/** What is kept beside the keys. */
interface Settings {
  publicKeyId: string
  apiV3Key: string
}

/** Reads the credentials in a folder, after making them where there are none. Private ones are readable for their owner only. */
export async function openCredentials(folder: string, merchantId: string, nowMs: number): Promise<Credentials> {
  const settings = await readSettings(folder) ?? await makeCredentials(folder, merchantId, nowMs)
  const read = (name: string) => readFile(join(folder, name), 'utf8')
  const merchantCertificate = new X509Certificate(await read(names.merchantCertificate))
  const certificatePem = await read(names.certificate)
  const certificate = new X509Certificate(certificatePem)
  return {
    merchantSerial: merchantCertificate.serialNumber,
    merchantPublicKey: merchantCertificate.publicKey,
    merchantPrivateKeyFile: join(folder, names.merchantKey),
    apiV3Key: settings.apiV3Key,
    publicKey: { serial: settings.publicKeyId, privateKey: createPrivateKey(await read(names.publicKeysPrivateKey)) },
    publicKeyFile: join(folder, names.publicKey),
    certificate: { serial: certificate.serialNumber, privateKey: createPrivateKey(await read(names.certificateKey)) },
    certificateFile: join(folder, names.certificate),
    certificatePem,
    certificateFromMs: Date.parse(certificate.validFrom),
    certificateUntilMs: Date.parse(certificate.validTo),
  }
}

async function readSettings(folder: string): Promise<Settings | null> {
  try {
    return JSON.parse(await readFile(join(folder, names.settings), 'utf8')) as Settings
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** The settings are written last: a folder that has them is complete. */
async function makeCredentials(folder: string, merchantId: string, nowMs: number): Promise<Settings> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const [merchant, platform, publicPair] = await Promise.all([newKeyPair(), newKeyPair(), newKeyPair()])
  const write = (name: string, content: string | Buffer, mode = 0o600) => writeFile(join(folder, name), content, { mode })
  const certify = (pair: KeyPair, commonName: string, organisation: string) => (
    makeCertificate({ commonName, organisation, ...pair, fromMs: nowMs, untilMs: nowMs + fiveYearsMs }).pem
  )
  await Promise.all([
    write(names.merchantKey, privatePem(merchant)),
    write(names.merchantCertificate, certify(merchant, merchantId, 'Local merchant'), 0o644),
    write(names.certificateKey, privatePem(platform)),
    write(names.certificate, certify(platform, 'Tenpay.com sign', 'Local WeChat Pay'), 0o644),
    write(names.publicKeysPrivateKey, privatePem(publicPair)),
    write(names.publicKey, publicPair.publicKey.export({ type: 'spki', format: 'pem' }), 0o644),
  ])
  const settings = { publicKeyId: newPublicKeyId(merchantId, nowMs), apiV3Key: newApiV3Key() }
  await write(`${names.settings}.new`, `${JSON.stringify(settings, null, 2)}\n`)
  await rename(join(folder, `${names.settings}.new`), join(folder, names.settings))
  return settings
}

export interface KeyPair {
  publicKey: KeyObject
  privateKey: KeyObject
}

/** Two keys that belong together, as large as WeChat Pay wants them. */
export function newKeyPair(): Promise<KeyPair> {
  return makeKeyPair('rsa', { modulusLength: 2048 })
}

function privatePem({ privateKey }: KeyPair): string | Buffer {
  return privateKey.export({ type: 'pkcs8', format: 'pem' })
}

function newPublicKeyId(merchantId: string, nowMs: number): string {
  return `PUB_KEY_ID_01${merchantId}${beijingStamp(nowMs)}${String(randomInt(10_000)).padStart(4, '0')}`
}

function newApiV3Key(): string {
  return randomBytes(16).toString('hex')
}
