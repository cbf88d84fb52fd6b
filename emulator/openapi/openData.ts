import { randomUUID } from 'node:crypto'

const lifeMs = 5 * 60_000
/** More of them in one call stay what they are. */
const mostPerCall = 5

/** Open data in the place of its id, or why there is none. */
export type OpenDataItem =
  | { cloudID: string, data: unknown }
  | { cloudID: string, errCode: number, errMsg: string }

interface Entry {
  openid: string
  data: unknown
  createdAtMs: number
}

/**
 * Data that the mini program passes on without seeing it: it holds a `cloudID`, and the cloud puts the data in its place.
 * WeChat's manual, "服务端获取开放数据".
 */
export class OpenData {
  private readonly entries = new Map<string, Entry>()

  constructor(private readonly nowMs: () => number) {}

  /** An id for data of a person. It holds for five minutes. */
  add(openid: string, data: unknown): string {
    this.forgetOld()
    const cloudID = `43_${randomUUID().replaceAll('-', '')}`
    this.entries.set(cloudID, { openid, data, createdAtMs: this.nowMs() })
    return cloudID
  }

  /** The data of an id; only calls of the person it belongs to get it. */
  resolve(cloudID: string, openid: string | undefined): OpenDataItem {
    const entry = this.entries.get(cloudID)
    if (!entry) return { cloudID, errCode: -601005, errMsg: 'invalid cloudID.' }
    if (this.nowMs() - entry.createdAtMs > lifeMs) return { cloudID, errCode: -601006, errMsg: 'cloudID expired.' }
    if (entry.openid !== openid) return { cloudID, errCode: -601007, errMsg: 'cloudID and calling user does not match.' }
    return { cloudID, data: entry.data }
  }

  /**
   * The event of a call, with data for each `wx.cloud.CloudID` at its top. Such a value travels as `{cloudID}`; further
   * down it becomes the bare text.
   */
  fill(event: Record<string, unknown>, openid: string | undefined): Record<string, unknown> {
    let filled = 0
    return Object.fromEntries(Object.entries(event).map(([name, value]) => {
      if (!isCloudId(value)) return [name, withBareIds(value)]
      filled += 1
      return [name, filled > mostPerCall ? value.cloudID : this.resolve(value.cloudID, openid)]
    }))
  }

  private forgetOld(): void {
    const oldest = this.nowMs() - 12 * lifeMs
    for (const [cloudID, { createdAtMs }] of this.entries) if (createdAtMs < oldest) this.entries.delete(cloudID)
  }
}

function isCloudId(value: unknown): value is { cloudID: string } {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false
  return typeof (value as { cloudID?: unknown }).cloudID === 'string'
}

function withBareIds(value: unknown): unknown {
  if (isCloudId(value)) return value.cloudID
  if (Array.isArray(value)) return value.map(withBareIds)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withBareIds(inner)]))
}
