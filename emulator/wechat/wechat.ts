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
import type { OpenInterface } from '../openapi/registry.ts'
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
  private readonly services: Services

  constructor(settings: WechatSettings) {
    this.tables = new SqliteFile(settings.file, schema)
    this.services = createServices(settings, this.tables)
    const interfaces = new Interfaces(allInterfaces(settings, this.tables, this.services))
    this.openApis = { interfaces, openData: this.services.openData }
    this.routes = allRoutes(settings, this.services, interfaces)
  }

  /** Takes up what an earlier run left undone. */
  start(): void {
    this.services.content.start()
    this.services.shipping.start()
  }

  /** The event of a call that the mini program makes: with open data in the place of its ids. */
  admit(event: Record<string, unknown>, openid: string | undefined): Record<string, unknown> {
    if (openid !== undefined) this.services.people.see(openid)
    return this.services.openData.fill(event, openid)
  }

  /** Begins nothing any more. */
  stop(): void {
    this.services.content.stop()
    this.services.shipping.stop()
  }

  /** Stops, and closes the file. The functions must have stopped before. */
  close(): void {
    this.stop()
    this.tables.close()
  }
}

type Services = ReturnType<typeof createServices>

function createServices({ app, publicUrl, clock, pages, ...settings }: WechatSettings, tables: SqliteFile) {
  const nowMs = () => clock.nowMs()
  const people = new People(tables, nowMs)
  const messages = new Messages(tables, nowMs)
  const push = new MessagePush({ targets: settings.pushTargets, appid: app.appid, nowMs, callFunction: settings.callFunction })
  const media = new TempMedia(tables, nowMs)
  const openData = new OpenData(nowMs)
  return {
    people,
    messages,
    media,
    openData,
    login: new Login(app, nowMs),
    tokens: new AccessTokens(tables, app, nowMs),
    links: new Links({ tables, app, publicUrl, pages, nowMs }),
    phones: new PhoneNumbers(app, openData, nowMs),
    subscriptions: new Subscriptions({ tables, messages, pages, templateIds: settings.templateIds }),
    customers: new CustomerService({ tables, messages, media, push, pages, nowMs }),
    content: new ContentSafety({ tables, people, push, appid: app.appid, clock }),
    nearby: new Nearby(tables, nowMs),
    shipping: new Shipping({ ...settings, pages, clock, tables, messages, push, merchantId: app.merchantId }),
  }
}

function allInterfaces({ app, publicUrl, pages }: WechatSettings, tables: SqliteFile, services: Services): OpenInterface[] {
  const { tokens, links, phones, subscriptions, customers, media, content, nearby, shipping } = services
  return [
    ...[tokens, links, phones, subscriptions, customers, media, content, nearby].flatMap(service => service.interfaces()),
    ...miniCodes({ tables, publicUrl, pages }),
    ...shippingInterfaces(shipping, app.appid),
  ]
}

function allRoutes({ app, clock }: WechatSettings, services: Services, interfaces: Interfaces): Route[] {
  return [
    ...loginRoutes(services.login, openid => services.people.see(openid)),
    ...personRoutes({ ...services, app, interfaces, nowMs: () => clock.nowMs() }),
    ...wechatManageRoutes({ ...services, interfaces }),
    ...httpsRoutes(interfaces, services.tokens),
    ...linkRoutes(services.links),
  ]
}
