import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { Alarm } from '../pay/alarm.ts'
import type { SqliteFile } from '../sqliteFile.ts'
import { isOpenid } from '../wechat/identity.ts'
import type { MessagePush } from '../wechat/messagePush.ts'
import type { People } from '../wechat/people.ts'
import { done, refuse } from './answers.ts'
import type { Given, JsonAnswer } from './answers.ts'
import { isFileArgument } from './images.ts'
import type { OpenInterface } from './registry.ts'
import { harmless, riskyWords } from './riskyWords.ts'
import type { Suggestion, Verdict } from './riskyWords.ts'

const recentUseMs = 2 * 3600_000
const longestText = 2500
const largestImageBytes = 1024 * 1024
const mediaCheckMs = 3_000

interface MediaCheck {
  traceId: string
  openid: string
  suggest: Suggestion
  label: number
  dueAtMs: number
}

/** The table behind the checks that take a while. */
export const contentTables = `
  CREATE TABLE IF NOT EXISTS mediaChecks (
    traceId TEXT PRIMARY KEY, openid TEXT NOT NULL, suggest TEXT NOT NULL, label INTEGER NOT NULL, dueAtMs INTEGER NOT NULL
  );
`

export interface ContentSafetySettings {
  tables: SqliteFile
  people: People
  push: MessagePush
  appid: string
  clock: Clock
}

/** `security.*`: what people may write and show. Version 2 needs somebody who used the mini program within two hours. */
export class ContentSafety {
  private readonly plans: { pattern: RegExp, verdict: Verdict }[] = []
  private readonly alarm: Alarm

  constructor(private readonly settings: ContentSafetySettings) {
    this.alarm = new Alarm({ nextAtMs: () => this.pending()[0]?.dueAtMs ?? null, ring: () => this.tellDue(), clock: settings.clock })
  }

  interfaces(): OpenInterface[] {
    return [
      { name: 'security.msgSecCheck', paths: ['/wxa/msg_sec_check'], answer: given => this.checkText(given) },
      { name: 'security.mediaCheckAsync', paths: ['/wxa/media_check_async'], answer: given => this.checkMedia(given) },
      { name: 'security.imgSecCheck', paths: ['/wxa/img_sec_check'], answer: given => this.checkImage(given) },
    ]
  }

  /** From now on texts and addresses that match get this verdict; the latest plan comes first. */
  plan(pattern: RegExp, verdict: Verdict): void {
    this.plans.unshift({ pattern, verdict })
  }

  /** What the check makes of a text, the address of a file, or the SHA-256 of a picture. */
  judge(text: string): Verdict {
    const planned = this.plans.find(({ pattern }) => pattern.test(text))
    return planned?.verdict ?? riskyWords.find(({ word }) => text.includes(word))?.verdict ?? harmless
  }

  /** Takes up the checks that an earlier run left undone. */
  start(): void {
    this.alarm.set()
  }

  stop(): void {
    this.alarm.stop()
  }

  private checkText({ version, content, openid, scene, nickname = '', title = '', signature = '' }: Given): JsonAnswer {
    if (typeof content !== 'string' || content === '') return refuse(44004)
    if ([...content].length > longestText) return refuse(45002)
    // Version 1 knows no person and has only two answers.
    if (version === undefined) return this.judge(content).suggest === 'risky' ? refuse(87014) : done()
    const refusal = this.findMistake({ version, openid, scene })
    if (refusal) return refusal
    const verdict = this.judge([content, nickname, title, signature].map(String).join('\n'))
    return done({ detail: details(verdict), trace_id: newTraceId(), result: { ...verdict } })
  }

  private checkMedia({ version, media_url: url, media_type: type, openid, scene }: Given): JsonAnswer {
    if (typeof url !== 'string' || !URL.canParse(url) || (type !== 1 && type !== 2)) return refuse(40097)
    const refusal = this.findMistake({ version, openid, scene })
    if (refusal) return refusal
    const traceId = newTraceId()
    const dueAtMs = this.settings.clock.nowMs() + mediaCheckMs
    this.settings.tables.insert('mediaChecks', { traceId, openid: String(openid), ...this.judge(url), dueAtMs })
    this.alarm.set()
    return done({ trace_id: traceId })
  }

  private checkImage({ media }: Given): JsonAnswer {
    if (!isFileArgument(media) || media.content.length === 0) return refuse(41005)
    if (media.content.length > largestImageBytes) return refuse(40009)
    const verdict = this.judge(createHash('sha256').update(media.content).digest('hex'))
    return verdict.suggest === 'risky' ? refuse(87014) : done()
  }

  private findMistake({ version, openid, scene }: Given): JsonAnswer | null {
    if (Number(version) !== 2) return refuse(40097)
    if (![1, 2, 3, 4].includes(Number(scene))) return refuse(40129)
    if (!isOpenid(openid)) return refuse(43104)
    const seenAtMs = this.settings.people.seenAtMs(openid)
    return seenAtMs === null || this.settings.clock.nowMs() - seenAtMs > recentUseMs ? refuse(61010) : null
  }

  private pending(): MediaCheck[] {
    return this.settings.tables.all<MediaCheck>('SELECT * FROM mediaChecks ORDER BY dueAtMs')
  }

  private async tellDue(): Promise<void> {
    const { tables, push, appid, clock } = this.settings
    for (const check of this.pending().filter(({ dueAtMs }) => dueAtMs <= clock.nowMs())) {
      tables.run('DELETE FROM mediaChecks WHERE traceId = ?', check.traceId)
      // The label is a text in this event and a number in the answers of the interfaces.
      const verdict = { suggest: check.suggest, label: String(check.label) }
      const fields = { appid, trace_id: check.traceId, version: 2, errcode: 0, errmsg: 'ok', result: verdict }
      const detail = [{ strategy: 'content_model', errcode: 0, ...verdict, prob: 90 }]
      await push.send(check.openid, { MsgType: 'event', Event: 'wxa_media_check', ...fields, detail })
    }
  }
}

function details(verdict: Verdict): object[] {
  return [{ strategy: 'content_model', errcode: 0, ...verdict, prob: 90 }, { strategy: 'keyword', errcode: 0 }]
}

function newTraceId(): string {
  return [4, 4, 4].map(bytes => randomBytes(bytes).toString('hex')).join('-')
}
