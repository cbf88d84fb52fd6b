import { randomBytes } from 'node:crypto'
import type { SqliteFile } from '../sqliteFile.ts'
import { done, refuse } from './answers.ts'
import type { Answer, Given } from './answers.ts'
import { imageTypeOf, isFileArgument } from './images.ts'
import type { OpenInterface } from './registry.ts'

const lifeMs = 3 * 24 * 3600_000
const largestBytes = 2 * 1024 * 1024

/** The table behind TempMedia. */
export const mediaTables = `
  CREATE TABLE IF NOT EXISTS tempMedia (
    mediaId TEXT PRIMARY KEY, contentType TEXT NOT NULL, content TEXT NOT NULL, createdAtMs INTEGER NOT NULL
  );
`

/** Pictures of customer service. They live three days. */
export class TempMedia {
  constructor(private readonly tables: SqliteFile, private readonly nowMs: () => number) {}

  interfaces(): OpenInterface[] {
    return [
      { name: 'customerServiceMessage.uploadTempMedia', paths: ['/cgi-bin/media/upload'], answer: given => this.upload(given) },
      { name: 'customerServiceMessage.getTempMedia', paths: ['/cgi-bin/media/get'], methods: ['GET'], answer: given => this.download(given) },
    ]
  }

  has(mediaId: unknown): boolean {
    return this.find(mediaId) !== undefined
  }

  /** Keeps a picture, and gives its media id. */
  keep(contentType: string, content: Buffer): string {
    const createdAtMs = this.nowMs()
    this.tables.run('DELETE FROM tempMedia WHERE createdAtMs < ?', createdAtMs - lifeMs)
    const mediaId = randomBytes(36).toString('base64url')
    this.tables.insert('tempMedia', { mediaId, contentType, content: content.toString('base64'), createdAtMs })
    return mediaId
  }

  private upload({ type = 'image', media }: Given): Answer {
    if (!isFileArgument(media)) return refuse(41005)
    const contentType = imageTypeOf(media.content)
    if (type !== 'image' || contentType === null) return refuse(40137)
    if (media.content.length > largestBytes) return refuse(40009)
    const mediaId = this.keep(contentType, media.content)
    return done({ type: 'image', media_id: mediaId, created_at: Math.floor(this.nowMs() / 1000) })
  }

  private download({ media_id: mediaId }: Given): Answer {
    const found = this.find(mediaId)
    return found ? { contentType: found.contentType, content: Buffer.from(found.content, 'base64') } : refuse(40007)
  }

  private find(mediaId: unknown): { contentType: string, content: string } | undefined {
    if (typeof mediaId !== 'string') return undefined
    return this.tables.one('SELECT contentType, content FROM tempMedia WHERE mediaId = ? AND createdAtMs >= ?', mediaId, this.nowMs() - lifeMs)
  }
}
