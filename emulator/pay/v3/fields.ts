import { wrongField } from './errors.ts'

export type Json = Record<string, unknown>

/** What a text field of a request may be. */
export interface TextRule {
  /** Its name for people, in WeChat's sentences. */
  title: string
  least?: number
  most: number
  pattern?: RegExp
}

/** Reads a text, counted in characters; undefined when it is missing. */
export function optionalText(body: Json, field: string, rule: TextRule): string | undefined {
  const value = at(body, field)
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw wrongField('body', field, `无法将 JSON 输入源“/body/${field}”映射到目标字段“${rule.title}”中，此字段需要一个 string 类型的 Json 值`, value)
  checkText('body', field, value, rule)
  return value
}

export function requiredText(body: Json, field: string, rule: TextRule): string {
  const value = optionalText(body, field, rule)
  if (value === undefined) throw missing(field, rule.title)
  return value
}

/** Checks a text wherever it came from. */
export function checkText(location: 'body' | 'query' | 'uri_template', field: string, value: string, { title, least = 1, most, pattern }: TextRule): void {
  const length = [...value].length
  const source = `输入源“/${location}/${field}”映射到值字段“${title}”字符串规则校验失败`
  if (length < least) throw wrongField(location, field, `${source}，字符数 ${length}，小于最小值 ${least}`, length)
  if (length > most) throw wrongField(location, field, `${source}，字符数 ${length}，大于最大值 ${most}`, length)
  if (pattern && !pattern.test(value)) throw wrongField(location, field, `${source}，字符串只能包含规定的字符`, value)
}

/** Reads an amount in fen: a whole number, one at least. */
export function amountFen(body: Json, field: string, title: string): number {
  const value = at(body, field)
  if (value === undefined || value === null) throw missing(field, title)
  if (!Number.isSafeInteger(value)) {
    throw wrongField('body', field, `无法将 JSON 输入源“/body/${field}”映射到目标字段“${title}”中，此字段需要一个合法的 64 位有符号整数`, value)
  }
  if (Number(value) < 1 || Number(value) > 9_999_999_999) {
    throw wrongField('body', field, `输入源“/body/${field}”映射到数值字段“${title}”规则校验失败，值低于最小值 1 或高于最大值`, value)
  }
  return Number(value)
}

/** Yuan is the only currency here. */
export function checkCurrency(body: Json): void {
  const currency = at(body, 'amount/currency')
  if (currency !== undefined && currency !== 'CNY') throw wrongField('body', 'amount/currency', '货币类型仅支持CNY', currency)
}

export function missing(field: string, title: string): Error {
  return wrongField('body', field, `输入源“/body/${field}”映射到字段“${title}”必填性规则校验失败，此字段为必填项`, null)
}

/** The value at a path such as `amount/total`. */
export function at(body: Json, path: string): unknown {
  return path.split('/').reduce<unknown>((value, name) => typeof value === 'object' && value !== null ? (value as Json)[name] : undefined, body)
}

/** An address for notices: https and without a query. Plain http is taken for this machine, where no certificate can be had. */
export function checkNotifyUrl(field: string, value: string): void {
  const isRight = URL.canParse(value) && isSafe(new URL(value)) && !/[?#]/.test(value)
  if (!isRight) throw wrongField('body', field, '通知地址notify_url必须是https链接，且不能携带参数', value)
}

function isSafe({ protocol, hostname }: URL): boolean {
  const isLocal = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  return protocol === 'https:' || (protocol === 'http:' && isLocal)
}
