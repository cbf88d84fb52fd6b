import { randomBytes, randomUUID } from 'node:crypto'
import type { StorageRule } from '../emulator.ts'
import type { Files } from './files.ts'
import { isCloudPath } from './files.ts'
import { linkState, signedQuery } from './links.ts'
import type { LinkState } from './links.ts'
import type { Owners } from './owners.ts'
import { ruleFor } from './rules.ts'

const permitLifeMs = 30 * 60_000
const mostFilesPerCall = 50
/** The life of a private file's link that asks for none. WeChat's pages say 10 minutes, 2 hours and 24 hours. */
const linkLifeSeconds = 2 * 3600

/** The body of one `storage.*` request of the SDK. */
export interface StorageRequest {
  action: string
  [field: string]: unknown
}

export interface StorageSettings {
  files: Files
  owners: Owners
  rules: StorageRule[]
  envId: string
  /** Where a browser or a phone finds the files. */
  publicUrl: string
  nowMs(): number
}

/** Leave to write one file once. The openid is that of a client; null stands for a function. */
export interface Permit {
  path: string
  openid: string | null
}

/** What whoever uploads needs: the address and headers of the upload, and the id that the file will have. */
export interface UploadMetadata {
  url: string
  token: string
  authorization: string
  fileId: string
  cosFileId: string
}

/** Answers the storage requests of the SDK, and remembers which uploads it permitted. */
export class Storage {
  private readonly permits = new Map<string, Permit & { untilMs: number }>()

  constructor(private readonly settings: StorageSettings) {}

  async answer(request: StorageRequest): Promise<Record<string, unknown>> {
    const requestId = randomUUID()
    if (request.action === 'storage.getUploadMetadata') return { requestId, ...this.answerUpload(request.path) }
    if (request.action === 'storage.batchGetDownloadUrl') {
      return this.forEach(requestId, request.file_list, 'download_list', entry => this.link(entry))
    }
    if (request.action === 'storage.batchDeleteFile') {
      return this.forEach(requestId, request.fileid_list, 'delete_list', entry => this.remove(entry))
    }
    return { requestId, code: 'INVALID_PARAM', message: `${request.action} is not emulated.` }
  }

  /** Permits one upload, to an address of this cloud that the uploader can reach. */
  permit(permit: Permit, baseUrl: string): UploadMetadata {
    this.forgetOldPermits()
    const authorization = randomUUID()
    this.permits.set(authorization, { ...permit, untilMs: this.settings.nowMs() + permitLifeMs })
    const url = `${baseUrl}/cos/${permit.path.split('/').map(encodeURIComponent).join('/')}`
    return { url, token: randomUUID(), authorization, fileId: this.idOf(permit.path), cosFileId: randomBytes(16).toString('hex') }
  }

  /** Whether somebody has leave to write this path: whoever has none should not send a file either. */
  expects(path: string): boolean {
    return [...this.permits.values()].some(permit => permit.path === path)
  }

  /** The permit of an upload to this very path, once; undefined when it was never given, is used or is too old. */
  takePermit(authorization: unknown, path: string): Permit | undefined {
    const permit = this.permits.get(String(authorization))
    if (permit?.path !== path || permit.untilMs < this.settings.nowMs()) return undefined
    this.permits.delete(String(authorization))
    return permit
  }

  /** Whether a client may write a file: where a rule lets users write, and over nothing that somebody else wrote. */
  async mayWrite(permit: Permit): Promise<boolean> {
    return this.isFree(permit, await this.settings.files.exists(permit.path))
  }

  /** Writes a file, over one of the same path. False when somebody else has taken the path since it was permitted. */
  async write(permit: Permit, content: Buffer): Promise<boolean> {
    const exists = await this.settings.files.exists(permit.path)
    // Nothing may come between the look and the note, else two people take the path at once.
    if (!this.isFree(permit, exists)) return false
    this.settings.owners.note(permit.path, permit.openid)
    await this.settings.files.write(permit.path, content)
    return true
  }

  /** Whether a link with this query opens the file. Links to public files always do. */
  linkState(path: string, query: URLSearchParams): LinkState {
    const { owners, rules, nowMs } = this.settings
    return ruleFor(rules, path).read === 'public' ? 'valid' : linkState(owners.linkKey, path, query, nowMs())
  }

  private isFree({ path, openid }: Permit, exists: boolean): boolean {
    if (openid === null) return true
    const owner = this.settings.owners.find(path)
    return ruleFor(this.settings.rules, path).write === 'user' && (owner === openid || (owner === null && !exists))
  }

  private answerUpload(path: unknown): Record<string, unknown> {
    if (!isCloudPath(path)) return { code: 'STORAGE_SIGN_PARAM_INVALID', message: `invalid cloudPath: ${String(path)}` }
    return { data: this.permit({ path, openid: null }, this.settings.publicUrl) }
  }

  private async forEach(
    requestId: string, list: unknown, name: string, one: (entry: unknown) => Promise<object>,
  ): Promise<Record<string, unknown>> {
    if (!Array.isArray(list) || list.length === 0 || list.length > mostFilesPerCall) {
      return { requestId, code: 'INVALID_PARAM', message: `between 1 and ${mostFilesPerCall} files can be named` }
    }
    return { requestId, data: { [name]: await Promise.all(list.map(one)) } }
  }

  private async link(entry: unknown): Promise<object> {
    const { fileid, max_age: maxAge } = entry as { fileid?: unknown, max_age?: unknown }
    const fileID = String(fileid)
    const path = this.pathOf(fileID)
    if (path === null || !await this.settings.files.exists(path)) return { code: 'STORAGE_FILE_NONEXIST', fileID, tempFileURL: '' }
    // Not percent-encoded: the SDK encodes the link itself before it downloads.
    const tempFileURL = `${this.settings.publicUrl}/cos/${path}`
    if (ruleFor(this.settings.rules, path).read === 'public') return { code: 'SUCCESS', fileID, tempFileURL, ...(maxAge === undefined ? {} : { maxAge }) }
    const lifeSeconds = typeof maxAge === 'number' && maxAge > 0 ? maxAge : linkLifeSeconds
    const untilSeconds = Math.floor(this.settings.nowMs() / 1000 + lifeSeconds)
    return { code: 'SUCCESS', fileID, tempFileURL: `${tempFileURL}?${signedQuery(this.settings.owners.linkKey, path, untilSeconds)}`, maxAge: lifeSeconds }
  }

  private async remove(entry: unknown): Promise<object> {
    const fileID = String(entry)
    const path = this.pathOf(fileID)
    const isRemoved = path !== null && await this.settings.files.remove(path)
    if (isRemoved) this.settings.owners.note(path, null)
    return { code: isRemoved ? 'SUCCESS' : 'STORAGE_FILE_NONEXIST', fileID }
  }

  private idOf(path: string): string {
    return `cloud://${this.settings.envId}.local/${path}`
  }

  private pathOf(fileId: string): string | null {
    const prefix = this.idOf('')
    return fileId.startsWith(prefix) ? fileId.slice(prefix.length) : null
  }

  private forgetOldPermits(): void {
    const nowMs = this.settings.nowMs()
    for (const [authorization, { untilMs }] of this.permits) if (untilMs < nowMs) this.permits.delete(authorization)
  }
}
