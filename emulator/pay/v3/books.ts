import type { AppIdentity } from '../../emulator.ts'
import type { Ledger } from '../ledger.ts'
import type { Trading } from '../trading.ts'
import type { BillFiles } from './billFiles.ts'
import type { Credentials } from './credentials.ts'
import type { Json } from './fields.ts'

/** What every call of API v3 works with. */
export interface V3Books {
  app: AppIdentity
  ledger: Ledger
  trading: Trading
  billFiles: BillFiles
  /** The fee in hundredths of a percent. */
  feeBasisPoints: number
  nowMs(): number
  credentials(): Promise<Credentials>
}

/** A call that the merchant has signed. */
export interface V3Call {
  /** The variable parts of the path, decoded. */
  path: string[]
  query: URLSearchParams
  body: Json
  /** Where the merchant reached us, e.g. `http://127.0.0.1:7777`. */
  origin: string
  /** Which of WeChat Pay's keys the request names, '' for none: sensitive fields are encrypted for it. */
  platformSerial: string
}

/** A reply: with a JSON body, with none, or with a file that is not signed. */
export interface V3Reply {
  status: number
  body?: object
  file?: Buffer
}
