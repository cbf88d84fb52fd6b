import { randomBytes, randomUUID } from 'node:crypto'
import type { Files } from './files.ts'
import { isCloudPath } from './files.ts'

const permitLifeMs = 30 * 60_000
const mostFilesPerCall = 50

/** The body of one `storage.*` request of the SDK. */
export interface StorageRequest {
  action: string
  [field: string]: unknown
}

export interface StorageSettings {
  files: Files
  envId: string
  /** Where a browser or a phone finds the files. */
  publicUrl: string
  nowMs(): number
}

/** Answers the storage requests of the SDK, and remembers which uploads it permitted. */
export class Storage {
  private readonly permits = new Map<string, { path: string, untilMs: number }>()

  constructor(private readonly settings: StorageSettings) {}

  async answer(request: StorageRequest): Promise<Record<string, unknown>> {
    const requestId = randomUUID()
    if (request.action === 'storage.getUploadMetadata') return { requestId, ...this.permitUpload(request.path) }
    if (request.action === 'storage.batchGetDownloadUrl') {
      return this.forEach(requestId, request.file_list, 'download_list', entry => this.link(entry))
    }
    if (request.action === 'storage.batchDeleteFile') {
      return this.forEach(requestId, request.fileid_list, 'delete_list', entry => this.remove(entry))
    }
    return { requestId, code: 'INVALID_PARAM', message: `${request.action} is not emulated.` }
  }

  /** True once for each permit that getUploadMetadata gave for this very path. */
  takePermit(authorization: unknown, path: string): boolean {
    const permit = this.permits.get(String(authorization))
    if (permit?.path !== path || permit.untilMs < this.settings.nowMs()) return false
    return this.permits.delete(String(authorization))
  }

  private permitUpload(path: unknown): Record<string, unknown> {
    if (!isCloudPath(path)) return { code: 'STORAGE_SIGN_PARAM_INVALID', message: `invalid cloudPath: ${String(path)}` }
    this.forgetOldPermits()
    const authorization = randomUUID()
    this.permits.set(authorization, { path, untilMs: this.settings.nowMs() + permitLifeMs })
    const url = `${this.settings.publicUrl}/cos/${path.split('/').map(encodeURIComponent).join('/')}`
    return { data: { url, token: randomUUID(), authorization, fileId: this.idOf(path), cosFileId: randomBytes(16).toString('hex') } }
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
    const { fileid, max_age: maxAge } = entry as { fileid?: unknown, max_age?: number }
    const fileID = String(fileid)
    const path = this.pathOf(fileID)
    if (path === null || !await this.settings.files.exists(path)) return { code: 'STORAGE_FILE_NONEXIST', fileID, tempFileURL: '' }
    // Not percent-encoded: the SDK encodes the link itself before it downloads.
    return { code: 'SUCCESS', fileID, tempFileURL: `${this.settings.publicUrl}/cos/${path}`, ...(maxAge === undefined ? {} : { maxAge }) }
  }

  private async remove(entry: unknown): Promise<object> {
    const fileID = String(entry)
    const path = this.pathOf(fileID)
    const isRemoved = path !== null && await this.settings.files.remove(path)
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
