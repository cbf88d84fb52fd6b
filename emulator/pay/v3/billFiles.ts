import { createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Clock } from '../../clock.ts'

/** How long a download address can be used. Source: WeChat Pay, 申请交易账单. */
const lifeMs = 5 * 60_000

interface BillFile {
  bytes: Buffer
  untilMs: number
}

/** What the merchant is told of a bill before fetching it. */
export interface BillTicket {
  hash_type: 'SHA1'
  /** Of the bill itself, also where it is packed for the way. */
  hash_value: string
  download_url: string
}

/** Bills that were asked for, each behind an address that nobody can guess and that lives for five minutes. */
export class BillFiles {
  private readonly files = new Map<string, BillFile>()

  constructor(private readonly clock: Clock) {}

  keep(bill: string, isPacked: boolean, origin: string): BillTicket {
    this.forgetOld()
    const token = randomBytes(48).toString('base64url')
    this.files.set(token, { bytes: isPacked ? gzipSync(bill) : Buffer.from(bill), untilMs: this.clock.nowMs() + lifeMs })
    return {
      hash_type: 'SHA1',
      hash_value: createHash('sha1').update(bill).digest('hex'),
      download_url: `${origin}/v3/billdownload/file?token=${token}${isPacked ? '&tartype=gzip' : ''}`,
    }
  }

  fetch(token: string): Buffer | undefined {
    this.forgetOld()
    return this.files.get(token)?.bytes
  }

  private forgetOld(): void {
    for (const [token, { untilMs }] of this.files) if (untilMs <= this.clock.nowMs()) this.files.delete(token)
  }
}
