import type { SqliteFile } from '../sqliteFile.ts'
import { isOpenid } from '../wechat/identity.ts'
import type { Messages } from '../wechat/messages.ts'
import { done, refuse } from './answers.ts'
import type { Given, JsonAnswer } from './answers.ts'
import { findFieldMistake } from './messageFields.ts'
import type { Pages } from './pages.ts'
import type { OpenInterface } from './registry.ts'

const mostTemplates = 5
const states = ['formal', 'trial', 'developer']
const languages = ['zh_CN', 'en_US', 'zh_HK', 'zh_TW']

/** What a person answers to the question for one template. */
export type Consent = 'accept' | 'reject' | 'ban'

/** The table behind Subscriptions. */
export const subscriptionTables = `
  CREATE TABLE IF NOT EXISTS subscriptions (
    openid TEXT NOT NULL, templateId TEXT NOT NULL, credits INTEGER NOT NULL, PRIMARY KEY (openid, templateId)
  );
`

export interface SubscriptionsSettings {
  tables: SqliteFile
  messages: Messages
  pages: Pages
  /** The templates of the account; every id counts as one when it is missing. */
  templateIds?: string[]
}

/** Subscription messages: each "accept" is the right to send one. */
export class Subscriptions {
  constructor(private readonly settings: SubscriptionsSettings) {}

  interfaces(): OpenInterface[] {
    return [{ name: 'subscribeMessage.send', paths: ['/cgi-bin/message/subscribe/send'], answer: given => this.send(given) }]
  }

  /** `wx.requestSubscribeMessage` and what the person taps; answers what the mini program gets. */
  ask(openid: string, consents: Record<string, Consent>): Record<string, unknown> {
    const templateIds = Object.keys(consents)
    const fail = (errCode: number, reason: string) => ({ errMsg: `requestSubscribeMessage:fail ${reason}`, errCode })
    if (templateIds.length === 0) return fail(10001, 'TmplIds can\'t be empty')
    if (templateIds.length > mostTemplates) return fail(20003, 'Templates count out of max bounds')
    if (!templateIds.every(id => this.knows(id))) return fail(20001, 'No template data return, verify the template id exist')
    for (const id of templateIds) if (consents[id] === 'accept') this.grant(openid, id)
    return { errMsg: 'requestSubscribeMessage:ok', ...consents }
  }

  private grant(openid: string, templateId: string): void {
    this.settings.tables.run(
      'INSERT INTO subscriptions (openid, templateId, credits) VALUES (?, ?, 1) ON CONFLICT (openid, templateId) DO UPDATE SET credits = credits + 1',
      openid, templateId,
    )
  }

  private knows(templateId: unknown): templateId is string {
    if (typeof templateId !== 'string' || templateId === '') return false
    return this.settings.templateIds?.includes(templateId) ?? true
  }

  private send(given: Given): JsonAnswer {
    const { touser, template_id: templateId, page, data, miniprogram_state: state = 'formal', lang = 'zh_CN' } = given
    if (!isOpenid(touser)) return refuse(40003)
    if (!this.knows(templateId)) return refuse(40037)
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return refuse(47001)
    if (!states.includes(String(state)) || !languages.includes(String(lang))) return refuse(40097)
    const mistake = findFieldMistake(data as Record<string, unknown>)
    if (mistake !== null) return refuse(47003, mistake)
    if (page !== undefined && (typeof page !== 'string' || !this.settings.pages.has(page.replace(/^\//, '')))) return refuse(41030)
    if (!this.spend(touser, templateId)) return refuse(43101)
    this.settings.messages.deliver(touser, 'subscribe', { templateId, page: page ?? null, data, state, lang })
    return done()
  }

  private spend(openid: string, templateId: string): boolean {
    const { tables } = this.settings
    const credits = tables.one<{ credits: number }>('SELECT credits FROM subscriptions WHERE openid = ? AND templateId = ?', openid, templateId)?.credits ?? 0
    if (credits > 0) tables.run('UPDATE subscriptions SET credits = credits - 1 WHERE openid = ? AND templateId = ?', openid, templateId)
    return credits > 0
  }
}
