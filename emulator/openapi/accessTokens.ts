import { randomBytes } from 'node:crypto'
import type { AppIdentity } from '../emulator.ts'
import type { SqliteFile } from '../sqliteFile.ts'
import { beijingClock, beijingInstantMs } from '../wechat/beijingTime.ts'
import { refuse } from './answers.ts'
import type { Given, JsonAnswer } from './answers.ts'
import type { OpenInterface } from './registry.ts'

const lifeMs = 7200_000
const renewalMs = 5 * 60_000
const forcedPerDay = 20
const forcedPauseMs = 30_000

type TokenKind = 'stable' | 'plain'

interface Token {
  token: string
  kind: TokenKind
  isForced: number
  createdAtMs: number
  expiresAtMs: number
  /** From when on another one holds in its place; null for the latest. */
  replacedAtMs: number | null
}

/** The table behind AccessTokens. */
export const tokenTables = `
  CREATE TABLE IF NOT EXISTS accessTokens (
    token TEXT PRIMARY KEY, kind TEXT NOT NULL, isForced INTEGER NOT NULL, createdAtMs INTEGER NOT NULL,
    expiresAtMs INTEGER NOT NULL, replacedAtMs INTEGER
  );
`

/** The keys of WeChat's HTTPS interfaces. The stable kind and the plain kind do not touch each other. */
export class AccessTokens {
  constructor(private readonly tables: SqliteFile, private readonly app: AppIdentity, private readonly nowMs: () => number) {}

  /** `stable_token` and `token`, which need no token themselves. */
  interfaces(): OpenInterface[] {
    const common = { isHttpsOnly: true, isOpen: true } as const
    return [
      { ...common, name: 'auth.getStableAccessToken', paths: ['/cgi-bin/stable_token'], answer: given => this.checked(given) ?? this.stable(given) },
      { ...common, name: 'auth.getAccessToken', paths: ['/cgi-bin/token'], methods: ['GET'], answer: given => this.checked(given) ?? this.plain() },
    ]
  }

  /** Why a request with this token is refused; null when it is not. */
  findProblem(token: string | null): JsonAnswer | null {
    if (!token) return refuse(41001)
    const known = this.tables.one<Token>('SELECT * FROM accessTokens WHERE token = ?', token)
    if (!known || (known.replacedAtMs !== null && known.replacedAtMs <= this.nowMs())) return refuse(40001)
    return known.expiresAtMs <= this.nowMs() ? refuse(42001) : null
  }

  private checked(given: Given): JsonAnswer | null {
    if (!given.appid) return refuse(41002)
    if (!given.secret) return refuse(41004)
    if (given.grant_type !== 'client_credential') return refuse(40002)
    if (given.appid !== this.app.appid) return refuse(40013)
    return given.secret === this.app.secret ? null : refuse(40125)
  }

  /** The same token until five minutes before its end; a forced one ends the one before at once. */
  private stable({ force_refresh: isForced }: Given): JsonAnswer {
    const nowMs = this.nowMs()
    const latest = this.latest('stable')
    if (isForced !== true) return shown(latest && latest.expiresAtMs - nowMs > renewalMs ? latest : this.create('stable', false), nowMs)
    if (latest?.isForced && nowMs - latest.createdAtMs < forcedPauseMs) return shown(latest, nowMs)
    if (this.forcedToday() >= forcedPerDay) return refuse(45009)
    this.tables.run('UPDATE accessTokens SET replacedAtMs = ? WHERE kind = \'stable\' AND replacedAtMs IS NULL', nowMs)
    return shown(this.create('stable', true), nowMs)
  }

  /** A new token each time; the one before holds for five more minutes. */
  private plain(): JsonAnswer {
    const nowMs = this.nowMs()
    this.tables.run('UPDATE accessTokens SET replacedAtMs = ? WHERE kind = \'plain\' AND replacedAtMs IS NULL', nowMs + renewalMs)
    return shown(this.create('plain', false), nowMs)
  }

  private latest(kind: TokenKind): Token | undefined {
    return this.tables.one<Token>(
      'SELECT * FROM accessTokens WHERE kind = ? AND replacedAtMs IS NULL AND expiresAtMs > ? ORDER BY createdAtMs DESC, rowid DESC',
      kind, this.nowMs(),
    )
  }

  private forcedToday(): number {
    const midnightMs = beijingInstantMs({ ...beijingClock(this.nowMs()), hour: 0, minute: 0, second: 0 })
    const counted = this.tables.one<{ count: number }>('SELECT count(*) AS count FROM accessTokens WHERE isForced = 1 AND createdAtMs >= ?', midnightMs)
    return counted?.count ?? 0
  }

  private create(kind: TokenKind, isForced: boolean): Token {
    const createdAtMs = this.nowMs()
    // Long enough to be told that a token has expired, and to count a day's forced ones.
    this.tables.run('DELETE FROM accessTokens WHERE createdAtMs < ?', createdAtMs - 48 * 3600_000)
    const token = `90_${randomBytes(96).toString('base64url')}`
    const created: Token = { token, kind, isForced: isForced ? 1 : 0, createdAtMs, expiresAtMs: createdAtMs + lifeMs, replacedAtMs: null }
    this.tables.insert('accessTokens', { ...created })
    return created
  }
}

function shown({ token, expiresAtMs }: Token, nowMs: number): JsonAnswer {
  return { access_token: token, expires_in: Math.floor((expiresAtMs - nowMs) / 1000) }
}
