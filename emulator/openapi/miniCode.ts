import { toBuffer } from 'qrcode'
import type { SqliteFile } from '../sqliteFile.ts'
import { refuse } from './answers.ts'
import type { Answer, Given, JsonAnswer } from './answers.ts'
import type { Pages } from './pages.ts'
import type { OpenInterface } from './registry.ts'

const widthDefault = 430
/** `wxacode.get` and `wxacode.createQRCode` together may make so many codes, ever. */
const mostLimitedCodes = 100_000
const longestPath = 1024
const envVersions = ['release', 'trial', 'develop']

/** The table behind the codes of which a mini program may have only so many. */
export const codeTables = 'CREATE TABLE IF NOT EXISTS limitedCodes (path TEXT PRIMARY KEY);'

export interface MiniCodeSettings {
  tables: SqliteFile
  /** Where the H5 build is: the codes lead there. */
  publicUrl: string
  pages: Pages
}

/**
 * `wxacode.*`. The real codes are round and only WeChat reads them; these are square QR codes of the page's address in the
 * H5 build, so that any phone on the same network can scan them.
 */
export function miniCodes(settings: MiniCodeSettings): OpenInterface[] {
  return [
    { name: 'wxacode.getUnlimited', paths: ['/wxa/getwxacodeunlimit'], answer: given => unlimitedCode(settings, given) },
    { name: 'wxacode.get', paths: ['/wxa/getwxacode'], answer: given => limitedCode(settings, given) },
    { name: 'wxacode.createQRCode', paths: ['/cgi-bin/wxaapp/createwxaqrcode'], answer: given => limitedCode(settings, given) },
  ]
}

async function unlimitedCode({ publicUrl, pages }: MiniCodeSettings, given: Given): Promise<Answer> {
  const { scene, page } = given
  if (typeof scene !== 'string' || !/^[0-9a-zA-Z!#$&'()*+,/:;=?@\-._~]{1,32}$/.test(scene)) return refuse(40129)
  if (page !== undefined && (typeof page !== 'string' || !/^[^/?#\s][^?#\s]*$/.test(page))) return refuse(41030)
  if (page !== undefined && given.check_path !== false && !pages.has(page)) return refuse(41030)
  return refusalOfLook(given) ?? draw(`${publicUrl}/${page ?? ''}?scene=${encodeURIComponent(scene)}`, given)
}

/** These count: the same path a second time is the same code. */
async function limitedCode({ tables, publicUrl }: MiniCodeSettings, given: Given): Promise<Answer> {
  const { path } = given
  if (typeof path !== 'string' || path === '' || path.length > longestPath) return refuse(40159)
  const refusal = refusalOfLook(given)
  if (refusal) return refusal
  if (countCodes(tables, path) >= mostLimitedCodes) return refuse(45029)
  tables.run('INSERT INTO limitedCodes (path) VALUES (?) ON CONFLICT DO NOTHING', path)
  return draw(`${publicUrl}/${path.replace(/^\//, '')}`, given)
}

function countCodes(tables: SqliteFile, exceptPath: string): number {
  return tables.one<{ count: number }>('SELECT count(*) AS count FROM limitedCodes WHERE path <> ?', exceptPath)?.count ?? 0
}

function refusalOfLook({ width, env_version: envVersion }: Given): JsonAnswer | null {
  if (width !== undefined && !(Number.isInteger(width) && Number(width) >= 280 && Number(width) <= 1280)) return refuse(40097)
  return envVersion === undefined || envVersions.includes(String(envVersion)) ? null : refuse(40097)
}

async function draw(address: string, given: Given): Promise<Answer> {
  const content = await toBuffer(address, {
    width: Number(given.width ?? widthDefault),
    color: { dark: lineColor(given), light: given.is_hyaline === true ? '#ffffff00' : '#ffffffff' },
  })
  return { contentType: 'image/png', content }
}

function lineColor({ auto_color: auto, line_color: color }: Given): string {
  const { r = 0, g = 0, b = 0 } = (auto === true ? {} : color ?? {}) as { r?: unknown, g?: unknown, b?: unknown }
  return `#${[r, g, b].map(part => Math.min(255, Math.max(0, Math.round(Number(part) || 0))).toString(16).padStart(2, '0')).join('')}ff`
}
