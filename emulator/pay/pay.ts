import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { AppIdentity } from '../emulator.ts'
import { CloudPay } from './cloudpay/cloudPay.ts'
import { functionChannel } from './cloudpay/functionChannel.ts'
import type { CallFunction } from './cloudpay/functionChannel.ts'
import type { PayApi, PayReply } from './cloudpay/payApi.ts'
import { openProviderKey } from './cloudpay/providerKey.ts'
import { cloudPayWording } from './cloudpay/wording.ts'
import { PayFaults } from './faults.ts'
import { Ledger } from './ledger.ts'
import { Notices } from './notices.ts'
import { Trading } from './trading.ts'
import { BillFiles } from './v3/billFiles.ts'
import type { V3Books } from './v3/books.ts'
import { openCredentials } from './v3/credentials.ts'
import type { Credentials } from './v3/credentials.ts'
import { HttpChannel } from './v3/httpChannel.ts'
import type { SigningMode } from './v3/httpChannel.ts'
import { v3Wording } from './v3/wording.ts'

export interface PaySettings {
  /** The file that holds the books. */
  file: string
  /** The folder that holds the keys. */
  keysFolder: string
  app: AppIdentity
  /** Waits between attempts to bring a notice. */
  noticeDelaysMs: number[]
  /** How long an accepted refund takes. */
  refundDelayMs: number
  /** The fee in hundredths of a percent. */
  feeBasisPoints: number
  /** Before every so-manieth notice of API v3 comes one with a wrong signature; never for 0. */
  signTestEvery: number
  /** Which key signs notices and replies of API v3 when nothing else is asked for. */
  signingMode: SigningMode
  callFunction: CallFunction
  clock: Clock
}

/** WeChat Pay: one set of books, the two gateways that merchants reach it by, and the notices that follow. */
export class Pay implements PayApi {
  readonly faults: PayFaults
  readonly ledger: Ledger
  readonly notices: Notices
  readonly trading: Trading
  readonly v3: V3Books
  /** Signs and checks what `wx.requestPayment` gets for orders of cloudPay. */
  readonly providerKey: string
  private readonly cloudPay: CloudPay
  private readonly httpChannel: HttpChannel
  private openingKeys: Promise<Credentials> | undefined

  constructor(readonly settings: PaySettings) {
    const { app, clock, feeBasisPoints } = settings
    const nowMs = () => clock.nowMs()
    const credentials = () => this.credentials()
    this.faults = new PayFaults(clock)
    this.providerKey = openProviderKey(join(settings.keysFolder, 'provider_key'))
    this.ledger = new Ledger(settings.file)
    this.httpChannel = new HttpChannel({ credentials, mode: settings.signingMode })
    this.notices = this.openNotices()
    const wording = { cloudPay: cloudPayWording(app), v3: v3Wording(app, nowMs) }
    this.trading = new Trading({ ...settings, ledger: this.ledger, notices: this.notices, wording })
    const books = { app, ledger: this.ledger, trading: this.trading, feeBasisPoints, nowMs }
    this.cloudPay = new CloudPay({ ...books, providerKey: this.providerKey }, this.faults)
    this.v3 = { ...books, billFiles: new BillFiles(clock), credentials }
  }

  /** Takes up what an earlier run left undone. */
  start(): void {
    this.trading.start()
    this.notices.start()
  }

  /** One call of `cloud.cloudPay`. */
  answer(apiName: string, given: Record<string, unknown>, callerOpenid: string | undefined): Promise<PayReply | Buffer | 'lost'> {
    return this.cloudPay.answer(apiName, given, callerOpenid)
  }

  /** The keys of API v3. They are made when they are first needed, because that takes a second or two. */
  credentials(): Promise<Credentials> {
    this.openingKeys ??= openCredentials(this.settings.keysFolder, this.settings.app.merchantId, Date.now())
    return this.openingKeys
  }

  /** Begins nothing any more: neither a refund nor a notice nor a slow call. */
  stop(): void {
    this.trading.stop()
    this.notices.stop()
    this.httpChannel.stop()
    this.faults.stop()
  }

  /** Stops, and closes the books. The functions must have stopped before. */
  async close(): Promise<void> {
    this.stop()
    await this.notices.close()
    await this.openingKeys?.catch((error: unknown) => console.error(error))
    this.ledger.close()
  }

  private openNotices(): Notices {
    const { noticeDelaysMs, signTestEvery, clock, callFunction } = this.settings
    const channels = { cloudPay: functionChannel(callFunction), v3: this.httpChannel }
    return new Notices({ ledger: this.ledger, delaysMs: noticeDelaysMs, channels, faults: this.faults, signTestEvery, clock })
  }
}
