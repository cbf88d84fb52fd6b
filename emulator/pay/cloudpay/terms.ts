import { parseBeijingStamp } from '../../wechat/beijingTime.ts'
import type { Order } from '../trading.ts'

const leastLifeMs = 60_000

type Given = Record<string, unknown>

/** Of the parameters, those that may differ when the same number is ordered again. */
const incidental = new Set(['nonce_str', 'spbill_create_ip', 'time_start'])

interface Rule {
  name: string
  isRequired: boolean
  accepts(value: string): boolean
}

const rules: Rule[] = [
  { name: 'function_name', isRequired: true, accepts: value => /^[A-Za-z][\w-]{0,59}$/.test(value) },
  { name: 'env_id', isRequired: true, accepts: value => value.length <= 64 },
  { name: 'sub_mch_id', isRequired: true, accepts: value => value.length <= 32 },
  { name: 'body', isRequired: true, accepts: value => Buffer.byteLength(value) <= 128 },
  { name: 'out_trade_no', isRequired: true, accepts: value => /^[0-9A-Za-z_-]{1,32}$/.test(value) },
  { name: 'total_fee', isRequired: true, accepts: value => /^[1-9]\d{0,9}$/.test(value) },
  { name: 'spbill_create_ip', isRequired: true, accepts: value => value.length <= 64 },
  { name: 'nonce_str', isRequired: false, accepts: value => value.length <= 32 },
  { name: 'attach', isRequired: false, accepts: value => Buffer.byteLength(value) <= 127 },
  { name: 'detail', isRequired: false, accepts: value => value.length <= 6000 },
  { name: 'trade_type', isRequired: false, accepts: value => value === 'JSAPI' },
  { name: 'fee_type', isRequired: false, accepts: value => value === 'CNY' },
  { name: 'time_start', isRequired: false, accepts: value => parseBeijingStamp(value) !== null },
  { name: 'time_expire', isRequired: false, accepts: value => parseBeijingStamp(value) !== null },
]

/** Reads the parameters of unifiedOrder; a string names the one that is missing or wrong. */
export function readOrder(given: Given, callerOpenid: string | undefined, nowMs: number): Order | string {
  const mistake = findMistake(given)
  if (mistake) return mistake
  const openid = firstText(given.sub_openid, given.openid, callerOpenid)
  if (openid === null) return '缺少参数openid'
  const expiresAtMs = given.time_expire === undefined ? null : parseBeijingStamp(String(given.time_expire))
  if (expiresAtMs !== null && expiresAtMs - nowMs < leastLifeMs) return 'time_expire时间过短，至少在1分钟之后'
  return {
    gateway: 'cloudPay',
    outTradeNo: String(given.out_trade_no),
    totalFee: Number(given.total_fee),
    body: String(given.body),
    attach: firstText(given.attach),
    notifyTo: String(given.function_name),
    openid,
    expiresAtMs,
    terms: termsOf(given, openid),
  }
}

function findMistake(given: Given): string | null {
  for (const { name, isRequired, accepts } of rules) {
    const value = given[name]
    const isMissing = value === undefined || value === null || value === ''
    if (isMissing && isRequired) return `缺少参数${name}`
    if (!isMissing && !(isPlain(value) && accepts(String(value)))) return `参数${name}格式错误`
  }
  return null
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number'
}

function firstText(...values: unknown[]): string | null {
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? null
}

/** One text for equal orders: WeChat refuses a known number with other parameters. */
function termsOf(given: Given, openid: string): string {
  const kept = Object.entries({ ...given, openid }).filter(([name, value]) => !incidental.has(name) && name !== 'sub_openid' && value !== undefined)
  return JSON.stringify(kept.map(([name, value]) => [name, String(value)]).sort())
}
