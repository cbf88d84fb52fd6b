import * as v from 'valibot'

/** What customers are told by a subscription message. */
export type Occasion = 'Paid' | 'Ready' | 'Refunded'

/** What a field of a template can be filled with. */
const factNames = ['goods', 'amount', 'pickupNumber', 'orderNumber', 'time', 'hint'] as const
export type FactName = typeof factNames[number]
export interface Facts extends Record<Exclude<FactName, 'amount' | 'time'>, string> { amount: number, time: number }

const Template = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/)),
  /** `thing1`, `amount3` …: the keys of the template as the admin pages show them. */
  fields: v.record(v.pipe(v.string(), v.regex(/^[a-z_]+[0-9]+$/)), v.picklist(factNames)),
})
export type MessageTemplate = v.InferOutput<typeof Template>

const Templates = v.strictObject({ Paid: v.optional(Template), Ready: v.optional(Template), Refunded: v.optional(Template) })
/** Absent for an occasion of which nobody is told. */
export type MessageTemplates = v.InferOutput<typeof Templates>

/** Reads the setting, which is JSON. Empty means no messages. Throws with the first mistake: half a setting would fail in silence. */
export function readTemplates(text: string): MessageTemplates {
  if (text.trim() === '') return {}
  const result = v.safeParse(Templates, parse(text))
  if (result.success) return result.output
  throw new Error(`SUBSCRIBE_TEMPLATES: ${v.getDotPath(result.issues[0]) ?? 'the whole'}: ${result.issues[0].message}`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new Error(`SUBSCRIBE_TEMPLATES is no JSON: ${String(error)}`)
  }
}

/** The ids that a customer is asked to accept, of what is set up. WeChat asks for at most three at once. */
export const templateIds = (templates: MessageTemplates, occasions: readonly Occasion[]): string[] =>
  occasions.flatMap(occasion => templates[occasion]?.id ?? [])

/**
 * A template's fields with their values. WeChat refuses the whole message for one value that is too long or of the wrong
 * kind, so each is brought into the form that its key asks for. Source: subscribeMessage.send, 参数值限制说明.
 */
export const filled = ({ fields }: MessageTemplate, facts: Facts): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([key, fact]) => [key, inForm(key.replace(/[0-9]+$/, ''), textOf(key, fact, facts))]))

function textOf(key: string, name: FactName, facts: Facts): string {
  if (name === 'time') return beijingMinute(facts.time)
  if (name !== 'amount') return facts[name]
  const yuan = (facts.amount / 100).toFixed(2)
  return key.startsWith('number') ? yuan : `${yuan}元`
}

/** What WeChat takes for a value of each type; `instead` stands in where nothing would be left. */
const forms: Record<string, { keep: RegExp, lengthMax: number, instead: string }> = {
  thing: { keep: /[^\p{C}]/gu, lengthMax: 20, instead: '-' },
  character_string: { keep: /[\x20-\x7e]/g, lengthMax: 32, instead: '-' },
  letter: { keep: /[A-Za-z]/g, lengthMax: 32, instead: 'A' },
  number: { keep: /[0-9.]/g, lengthMax: 32, instead: '0' },
  phrase: { keep: /\p{Script=Han}/gu, lengthMax: 5, instead: '无' },
}

function inForm(type: string, text: string): string {
  const form = forms[type]
  if (!form) return text
  const kept = (text.match(form.keep) ?? []).slice(0, form.lengthMax).join('').trim()
  return kept === '' ? form.instead : kept
}

/** 2026-01-02 15:04 */
const beijingMinute = (atMs: number): string => new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** `拿铁×2、蛋挞×1` */
export const goodsOf = (lines: readonly { name: { zh: string }, quantity: number }[]): string =>
  lines.map(({ name, quantity }) => `${name.zh}×${quantity}`).join('、')
