import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../../scripts/steps/root.ts'
import { findSecrets, isCheckout, requireNoSecrets, scanTracked } from '../../scripts/steps/secrets.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }) as string
const bare = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
const hex = randomBytes(16).toString('hex')
const key = 'aB3dE6gH9jK2mN5pQ8sT1vW4xY7zA0cF'

/** Made here, so that this very file holds none of them. */
const planted: [what: string, text: string][] = [
  ['a private key', pem],
  ['a private key', pkcs1],
  ['a private key', JSON.stringify({ PAY_MCH_PRIVATE_KEY: pem })],
  ['a private key', `PAY_MCH_PRIVATE_KEY=${bare}`],
  // One key in some hundred is a little shorter than the others.
  ...['MIIEu', 'MIIEv', 'MIIEog', 'MIIEow', 'MIIEpA', 'MIIEpQ'].map((begin): [string, string] =>
    ['a private key', `PAY_MCH_PRIVATE_KEY=${begin}${bare.slice(begin.length)}`]),
  ['a Tencent Cloud SecretId', `const id = '${'AK'}ID${key}'`],
  ['a Tencent Cloud SecretKey', `TENCENT_SECRET_KEY=${key}`],
  ['a Tencent Cloud SecretKey', `{ "secretKey": "${key}" }`],
  ['an AppSecret', `WECHAT_APP_SECRET: ${hex}`],
  ['an AppSecret', `appSecret = '${hex}'`],
  ['an APIv3 key', `PAY_API_V3_KEY="${key}"`],
  ['an APIv3 key', `apiV3Key: '${key}',`],
]

describe('A committed secret', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'secrets-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(planted)('is found: %s', (what, text) => {
    expect(findSecrets('a.ts', `// first\n${text}\n`)).toEqual([{ file: 'a.ts', line: 2, what }])
  })

  it('is found in any file that git tracks, named by its line, and never repeated', () => {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' })
    git('init')
    writeFileSync(path.join(folder, 'notes with 空格.txt'), `first\nWECHAT_APP_SECRET=${hex}\n`)
    expect(scanTracked(folder)).toEqual([])
    git('add', '.')
    expect(() => requireNoSecrets(folder)).toThrow('notes with 空格.txt:2 holds an AppSecret.')
    expect(() => requireNoSecrets(folder)).not.toThrow(hex)
  })

  it('is not seen in public keys, placeholders, names of variables and ordinary hashes', () => {
    const harmless = [
      publicKey.export({ type: 'spki', format: 'pem' }) as string, `-----BEGIN \${label}-----`, 'PAY_API_V3_KEY=your-key', `appSecret: '${'0'.repeat(32)}'`,
      'PAY_API_V3_KEY', `sha256 ${hex}${hex}`, 'secretKey: process.env.TENCENT_SECRET_KEY', 'const apiV3Key = Buffer.from(text(\'apiV3Key\'))',
    ]
    for (const text of harmless) expect(findSecrets('a.ts', text)).toEqual([])
  })
})

it.skipIf(!isCheckout(root))('no file of this project holds a secret', () => {
  expect(scanTracked(root)).toEqual([])
})
