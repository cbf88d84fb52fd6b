import type { Clock } from '../clock.ts'
import type { AppIdentity } from '../emulator.ts'
import type { Route } from '../http/router.ts'
import { AccessTokens, tokenTables } from '../openapi/accessTokens.ts'
import { contentTables, ContentSafety } from '../openapi/contentSafety.ts'
import { CustomerService, customerTables } from '../openapi/customerService.ts'
import { httpsRoutes } from '../openapi/httpsRoutes.ts'
import { linkRoutes } from '../openapi/linkRoutes.ts'
import { Links, linkTables } from '../openapi/links.ts'
import { codeTables, miniCodes } from '../openapi/miniCode.ts'
import { Nearby, nearbyTables } from '../openapi/nearby.ts'
import { OpenData } from '../openapi/openData.ts'
import type { OpenApis } from '../openapi/openapi.ts'
import type { Pages } from '../openapi/pages.ts'
import { PhoneNumbers } from '../openapi/phoneNumber.ts'
import { Interfaces } from '../openapi/registry.ts'
import { shippingInterfaces } from '../openapi/shipping/interfaces.ts'
import type { PaidTrades } from '../openapi/shipping/paidTrades.ts'
import { shippingTables } from '../openapi/shipping/shipments.ts'
import { Shipping } from '../openapi/shipping/shipping.ts'
import { Subscriptions, subscriptionTables } from '../openapi/subscribeMessage.ts'
import { mediaTables, TempMedia } from '../openapi/tempMedia.ts'
import { SqliteFile } from '../sqliteFile.ts'
import { Login } from './login.ts'
import { loginRoutes } from './loginRoutes.ts'
import { wechatManageRoutes } from './manageRoutes.ts'
import { MessagePush } from './messagePush.ts'
import type { MessagePushSettings, PushTargets } from './messagePush.ts'
import { Messages, messageTables } from './messages.ts'
import { People, peopleTables } from './people.ts'
import { personRoutes } from './personRoutes.ts'

const schema = [
  peopleTables, messageTables, tokenTables, codeTables, linkTables, subscriptionTables, customerTables, mediaTables,
  contentTables, nearbyTables, shippingTables,
].join('\n')

export interface WechatSettings {
  /** The file that holds what must survive a restart. */
  file: string
  app: AppIdentity
  publicUrl: string
  clock: Clock
  pages: Pages
  templateIds?: string[]
  pushTargets: PushTargets
  callFunction: MessagePushSettings['callFunction']
  trades: PaidTrades
  tradeDelayMs: number
}

/** WeChat apart from the cloud and from payment: people, messages, and the open interface with its services. */
export class Wechat {
  readonly routes: Route[]
  readonly openApis: OpenApis
  private readonly tables: SqliteFile
  private readonly openData: OpenData
  private readonly people: People
  private readonly content: ContentSafety
  private readonly shipping: Shipping

  constructor(settings: WechatSettings) {
    const { app, publicUrl, clock, pages } = settings
    const nowMs = () => clock.nowMs()
    const tables = new SqliteFile(settings.file, schema)
    const messages = new Messages(tables, nowMs)
    const push = new MessagePush({ targets: settings.pushTargets, appid: app.appid, nowMs, callFunction: settings.callFunction })
    const media = new TempMedia(tables, nowMs)
    const tokens = new AccessTokens(tables, app, nowMs)
    const links = new Links({ tables, app, publicUrl, pages, nowMs })
    const login = new Login(app, nowMs)
    const openData = new OpenData(nowMs)
    this.tables = tables
    this.people = new People(tables, nowMs)
    this.openData = openData
    this.content = new ContentSafety({ tables, people: this.people, push, appid: app.appid, clock })
    this.shipping = new Shipping({ ...settings, tables, messages, push, merchantId: app.merchantId })
    const phones = new PhoneNumbers(app, openData, nowMs)
    const subscriptions = new Subscriptions({ tables, messages, pages, templateIds: settings.templateIds })
    const customers = new CustomerService({ tables, messages, media, push, pages, nowMs })
    const interfaces = new Interfaces([
      ...tokens.interfaces(),
      ...miniCodes({ tables, publicUrl, pages }),
      ...links.interfaces(),
      ...phones.interfaces(),
      ...subscriptions.interfaces(),
      ...customers.interfaces(),
      ...media.interfaces(),
      ...this.content.interfaces(),
      ...new Nearby(tables, nowMs).interfaces(),
      ...shippingInterfaces(this.shipping, app.appid),
    ])
    this.openApis = { interfaces, openData }
    this.routes = [
      ...loginRoutes(login, openid => this.people.see(openid)),
      ...personRoutes({ app, interfaces, phones, openData, subscriptions, customers, media, messages, shipping: this.shipping, nowMs }),
      ...wechatManageRoutes({ login, interfaces, messages, content: this.content }),
      ...httpsRoutes(interfaces, tokens),
      ...linkRoutes(links),
    ]
  }

  /** Takes up what an earlier run left undone. */
  start(): void {
    this.content.start()
    this.shipping.start()
  }

  /** The event of a call that the mini program makes: with open data in the place of its ids. */
  admit(event: Record<string, unknown>, openid: string | undefined): Record<string, unknown> {
    if (openid !== undefined) this.people.see(openid)
    return this.openData.fill(event, openid)
  }

  /** Begins nothing any more. */
  stop(): void {
    this.content.stop()
    this.shipping.stop()
  }

  /** Stops, and closes the file. The functions must have stopped before. */
  close(): void {
    this.stop()
    this.tables.close()
  }
}
