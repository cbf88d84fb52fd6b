import { randomBytes } from 'node:crypto'
import type { AppIdentity } from '../emulator.ts'
import type { SqliteFile } from '../sqliteFile.ts'
import { done, refuse } from './answers.ts'
import type { Given, JsonAnswer, Refused } from './answers.ts'
import type { Pages } from './pages.ts'
import type { OpenInterface } from './registry.ts'

const dayMs = 24 * 3600_000
const longestLifeDays = 30
const mostPermanent = 100_000
const opensPerDay = 6_000_000
const longestPath = 1024
const envVersions = ['release', 'trial', 'develop']
const plainQuery = /^[0-9a-zA-Z!#$&'()*+,/:;=?@\-._~%]{0,1024}$/

type LinkKind = 'scheme' | 'url' | 'short'

/** One link into the mini program. */
export interface Link {
  ticket: string
  kind: LinkKind
  path: string
  query: string
  envVersion: string
  createdAtMs: number
  /** Null for a permanent one. */
  expiresAtMs: number | null
}

/** The tables behind Links. */
export const linkTables = `
  CREATE TABLE IF NOT EXISTS links (
    ticket TEXT PRIMARY KEY, kind TEXT NOT NULL, path TEXT NOT NULL, query TEXT NOT NULL, envVersion TEXT NOT NULL,
    createdAtMs INTEGER NOT NULL, expiresAtMs INTEGER
  );
`

export interface LinksSettings {
  tables: SqliteFile
  app: AppIdentity
  publicUrl: string
  pages: Pages
  nowMs(): number
}

/** URL Schemes, URL Links and Short Links: made, looked up, and opened at `/link/<ticket>`. */
export class Links {
  constructor(private readonly settings: LinksSettings) {}

  interfaces(): OpenInterface[] {
    return [
      { name: 'urlscheme.generate', paths: ['/wxa/generatescheme'], answer: given => this.generateScheme(given) },
      { name: 'urlscheme.query', paths: ['/wxa/queryscheme'], answer: given => this.describe(given, 'scheme') },
      { name: 'urllink.generate', paths: ['/wxa/generate_urllink'], answer: given => this.generateUrl(given) },
      { name: 'urllink.query', paths: ['/wxa/query_urllink'], answer: given => this.describe(given, 'url') },
      { name: 'shortlink.generate', paths: ['/wxa/genwxashortlink'], answer: given => this.generateShort(given) },
    ]
  }

  /** The link of a ticket, unless it has expired. */
  find(ticket: string): Link | 'expired' | undefined {
    const link = this.settings.tables.one<Link>('SELECT * FROM links WHERE ticket = ?', ticket)
    return link && link.expiresAtMs !== null && link.expiresAtMs <= this.settings.nowMs() ? 'expired' : link
  }

  private generateScheme(given: Given): JsonAnswer {
    const made = this.make('scheme', { ...given, ...(given.jump_wxa ?? {}) as Given })
    return 'errcode' in made ? made : done({ openlink: `weixin://dl/business/?t=${made.ticket}` })
  }

  private generateUrl(given: Given): JsonAnswer {
    const made = this.make('url', given)
    return 'errcode' in made ? made : done({ url_link: `${this.settings.publicUrl}/link/${made.ticket}` })
  }

  private make(kind: LinkKind, { path = '', query = '', env_version: envVersion = 'release', ...life }: Given): Link | Refused {
    if (typeof path !== 'string' || /[?#\s\\]/.test(path)) return refuse(40165)
    const page = path.replace(/^\/+/, '')
    if (page !== '' && !this.settings.pages.has(page)) return refuse(40165)
    if (typeof query !== 'string' || !plainQuery.test(query)) return refuse(40212)
    if (!envVersions.includes(String(envVersion))) return refuse(85402)
    const expiresAtMs = this.expiry(life)
    return expiresAtMs === null ? refuse(85401) : this.keep({ kind, path: page, query, envVersion: String(envVersion), expiresAtMs })
  }

  /** Every link ends within thirty days, whatever `is_expire` says; one without a term lives so long. */
  private expiry({ expire_type: type = 0, expire_time: time, expire_interval: days }: Given): number | null {
    const nowMs = this.settings.nowMs()
    const latestMs = nowMs + longestLifeDays * dayMs
    const areDays = Number.isInteger(days) && Number(days) >= 1 && Number(days) <= longestLifeDays
    if (type === 1) return areDays ? nowMs + Number(days) * dayMs : null
    if (type !== 0) return null
    if (time === undefined || time === 0) return latestMs
    const atMs = Number(time) * 1000
    return Number.isInteger(time) && atMs >= nowMs + 60_000 && atMs <= latestMs + 60_000 ? atMs : null
  }

  private generateShort({ page_url: url, page_title: title = '', is_permanent: isPermanent = false }: Given): JsonAnswer {
    if (typeof url !== 'string' || !/^[^/\\]/.test(url) || url.length > longestPath || !this.settings.pages.has(url)) return refuse(40066)
    if (typeof title !== 'string') return refuse(40225)
    if (isPermanent === true && this.countPermanent() >= mostPermanent) return refuse(85400)
    const [path = '', ...query] = url.split('?')
    const expiresAtMs = isPermanent === true ? null : this.settings.nowMs() + longestLifeDays * dayMs
    const { ticket } = this.keep({ kind: 'short', path, query: query.join('?'), envVersion: 'release', expiresAtMs })
    const shown = [...title].length > 20 ? `${[...title].slice(0, 20).join('')}...` : title
    return done({ link: `#小程序://${[this.settings.app.merchantName ?? '小程序', shown, ticket].filter(part => part !== '').join('/')}` })
  }

  private countPermanent(): number {
    return this.settings.tables.one<{ count: number }>('SELECT count(*) AS count FROM links WHERE kind = \'short\' AND expiresAtMs IS NULL')?.count ?? 0
  }

  private keep(link: Omit<Link, 'ticket' | 'createdAtMs'>): Link {
    const kept: Link = { ...link, ticket: randomBytes(8).toString('base64url'), createdAtMs: this.settings.nowMs() }
    this.settings.tables.insert('links', { ...kept })
    return kept
  }

  private describe(given: Given, kind: 'scheme' | 'url'): JsonAnswer {
    const { query_type: type = 0 } = given
    if (type === 1) return done({ quota_info: { remain_visit_quota: opensPerDay } })
    const address = kind === 'scheme' ? given.scheme : given.url_link
    if (type !== 0 || typeof address !== 'string' || !URL.canParse(address)) return refuse(40097)
    const { searchParams, pathname } = new URL(address)
    const link = this.settings.tables.one<Link>('SELECT * FROM links WHERE ticket = ? AND kind = ?', ticketOf(searchParams, pathname), kind)
    if (!link) return refuse(85403)
    return done({ [kind === 'scheme' ? 'scheme_info' : 'url_link_info']: this.shown(link, searchParams.get('cq')) })
  }

  private shown(link: Link, customQuery: string | null): object {
    return {
      appid: this.settings.app.appid,
      path: link.path,
      query: joinedQuery(link.query, customQuery),
      create_time: Math.floor(link.createdAtMs / 1000),
      expire_time: Math.floor((link.expiresAtMs ?? 0) / 1000),
      env_version: link.envVersion,
    }
  }
}

function ticketOf(searchParams: URLSearchParams, pathname: string): string {
  return searchParams.get('t') ?? pathname.split('/').at(-1) ?? ''
}

/** What the page gets: the link's own query, and what was appended to the link as `cq`. */
export function joinedQuery(query: string, customQuery: string | null): string {
  return [query, customQuery ?? ''].filter(part => part !== '').join('&')
}
