import { randomUUID } from 'node:crypto'
import type { SqliteFile } from '../sqliteFile.ts'
import { isOpenid } from '../wechat/identity.ts'
import type { MessagePush, Push, Pushed } from '../wechat/messagePush.ts'
import type { Messages } from '../wechat/messages.ts'
import { done, refuse } from './answers.ts'
import type { Given, JsonAnswer } from './answers.ts'
import { findContentMistake } from './customerMessages.ts'
import type { Pages } from './pages.ts'
import type { OpenInterface } from './registry.ts'
import type { TempMedia } from './tempMedia.ts'

const afterMessage = { replies: 5, windowMs: 48 * 3600_000 }
const afterEntering = { replies: 2, windowMs: 60_000 }
const typingNeedsMs = 30_000
const typingLastsMs = 15_000

/** A conversation with one person: how many replies each of the two windows still allows. */
interface Session {
  openid: string
  wroteAtMs: number
  repliesLeft: number
  enteredAtMs: number
  greetingsLeft: number
  /** The latest message in either direction. */
  activeAtMs: number
  typingAtMs: number
}

/** The table behind CustomerService. */
export const customerTables = `
  CREATE TABLE IF NOT EXISTS customerSessions (
    openid TEXT PRIMARY KEY, wroteAtMs INTEGER NOT NULL, repliesLeft INTEGER NOT NULL, enteredAtMs INTEGER NOT NULL,
    greetingsLeft INTEGER NOT NULL, activeAtMs INTEGER NOT NULL, typingAtMs INTEGER NOT NULL
  );
`

export interface CustomerServiceSettings {
  tables: SqliteFile
  messages: Messages
  media: TempMedia
  push: MessagePush
  pages: Pages
  nowMs(): number
}

/** What became of a person's message. */
export interface CustomerReply {
  pushedTo: string | null
  returned: unknown
  isForStaff: boolean
}

/** Customer service: five replies within 48 hours of a message, two within a minute of entering the conversation. */
export class CustomerService {
  constructor(private readonly settings: CustomerServiceSettings) {}

  interfaces(): OpenInterface[] {
    return [
      {
        name: 'customerServiceMessage.send',
        paths: ['/cgi-bin/message/custom/send', '/cgi-bin/message/custom/business/send'],
        answer: given => this.send(given),
      },
      {
        name: 'customerServiceMessage.setTyping',
        paths: ['/cgi-bin/message/custom/typing', '/cgi-bin/message/custom/business/typing'],
        answer: given => this.setTyping(given),
      },
    ]
  }

  /** A person writes. The message goes to the function of message push, and to the staff when that one hands it on or is missing. */
  async hear(openid: string, message: Push): Promise<CustomerReply> {
    const nowMs = this.settings.nowMs()
    const heard = { ...this.session(openid), wroteAtMs: nowMs, repliesLeft: afterMessage.replies, activeAtMs: nowMs }
    this.keep(heard)
    const MsgId = `${randomUUID().replaceAll('-', '')}_${Math.floor(nowMs / 1000)}`
    const pushed = await this.settings.push.send(openid, { ...message, MsgId })
    const isForStaff = !pushed || isTransfer(pushed)
    this.settings.messages.receive(openid, message, isForStaff)
    return { pushedTo: pushed?.functionName ?? null, returned: pushed?.returned ?? null, isForStaff }
  }

  /** A person opens the conversation from a contact button. */
  async enter(openid: string, sessionFrom: string): Promise<CustomerReply> {
    this.keep({ ...this.session(openid), enteredAtMs: this.settings.nowMs(), greetingsLeft: afterEntering.replies })
    const pushed = await this.settings.push.send(openid, { MsgType: 'event', Event: 'user_enter_tempsession', SessionFrom: sessionFrom })
    return { pushedTo: pushed?.functionName ?? null, returned: pushed?.returned ?? null, isForStaff: false }
  }

  private send(given: Given): JsonAnswer {
    const { touser, msgtype } = given
    if (!isOpenid(touser)) return refuse(40003)
    const mistake = findContentMistake(given, this.settings)
    if (mistake) return mistake
    const spent = this.spend(this.session(touser))
    if (typeof spent === 'number') return refuse(spent)
    this.keep({ ...spent, activeAtMs: this.settings.nowMs(), typingAtMs: 0 })
    this.settings.messages.deliver(touser, 'customer', { msgtype, [String(msgtype)]: given[String(msgtype)] })
    return done()
  }

  /** The session after one more reply, or the errcode that forbids it. */
  private spend(session: Session): Session | number {
    const nowMs = this.settings.nowMs()
    const justEntered = nowMs - session.enteredAtMs <= afterEntering.windowMs
    const hasWritten = nowMs - session.wroteAtMs <= afterMessage.windowMs
    if (!justEntered && !hasWritten) return 45015
    if (justEntered && session.greetingsLeft > 0) return { ...session, greetingsLeft: session.greetingsLeft - 1 }
    if (hasWritten && session.repliesLeft > 0) return { ...session, repliesLeft: session.repliesLeft - 1 }
    return 45047
  }

  private setTyping({ touser, command }: Given): JsonAnswer {
    if (!isOpenid(touser)) return refuse(40003)
    if (command !== 'Typing' && command !== 'CancelTyping') return refuse(45072)
    const nowMs = this.settings.nowMs()
    const session = this.session(touser)
    if (nowMs - session.activeAtMs > typingNeedsMs) return refuse(45080)
    if (command === 'Typing' && nowMs - session.typingAtMs < typingLastsMs) return refuse(45081)
    this.keep({ ...session, typingAtMs: command === 'Typing' ? nowMs : 0 })
    return done()
  }

  private session(openid: string): Session {
    return this.settings.tables.one<Session>('SELECT * FROM customerSessions WHERE openid = ?', openid)
      ?? { openid, wroteAtMs: 0, repliesLeft: 0, enteredAtMs: 0, greetingsLeft: 0, activeAtMs: 0, typingAtMs: 0 }
  }

  private keep(session: Session): void {
    this.settings.tables.atomically(() => {
      this.settings.tables.run('DELETE FROM customerSessions WHERE openid = ?', session.openid)
      this.settings.tables.insert('customerSessions', { ...session })
    })
  }
}

function isTransfer({ returned }: Pushed): boolean {
  return (returned as { MsgType?: unknown } | null)?.MsgType === 'transfer_customer_service'
}
