import type { IncomingMessage } from 'node:http'
import type { AppIdentity } from '../emulator.ts'
import { Refusal } from '../http/refusal.ts'
import { sendJson } from '../http/router.ts'
import type { Route } from '../http/router.ts'
import type { CustomerService } from '../openapi/customerService.ts'
import { imageTypeOf } from '../openapi/images.ts'
import type { OpenData } from '../openapi/openData.ts'
import type { PhoneNumbers } from '../openapi/phoneNumber.ts'
import type { Interfaces } from '../openapi/registry.ts'
import type { TradeKey } from '../openapi/shipping/paidTrades.ts'
import type { Shipping } from '../openapi/shipping/shipping.ts'
import type { Consent, Subscriptions } from '../openapi/subscribeMessage.ts'
import type { TempMedia } from '../openapi/tempMedia.ts'
import type { Push } from './messagePush.ts'
import type { Messages } from './messages.ts'
import { openidFrom, readPerson } from './personRequests.ts'
import type { PersonGiven } from './personRequests.ts'
import { stepsOf } from './steps.ts'

/** The name under which a fault of the phone number button is planned; it is no interface of servers. */
export const phoneButton = 'getPhoneNumber'
/** A picture of 2 MB, as base64. */
const longestPictureBytes = 3 * 1024 * 1024

export interface PersonServices {
  app: AppIdentity
  interfaces: Interfaces
  phones: PhoneNumbers
  openData: OpenData
  subscriptions: Subscriptions
  customers: CustomerService
  media: TempMedia
  messages: Messages
  shipping: Shipping
  nowMs(): number
}

/** What people do in WeChat around the mini program: each address stands for a button or a component of the client. */
export function personRoutes(services: PersonServices): Route[] {
  return [
    action('/wechat/phone', ({ openid }) => agreeToPhone(services, openid)),
    action('/wechat/werun', ({ openid }) => shareSteps(services, openid)),
    action('/wechat/subscribe', ({ openid, tmplIds }) => services.subscriptions.ask(openid, readConsents(tmplIds))),
    action('/wechat/customer', given => writeToCustomerService(services, given)),
    action('/wechat/confirm-receipt', given => confirmReceipt(services, given)),
    {
      method: 'GET',
      path: '/wechat/messages',
      handle: ({ response, url }) => sendJson(response, { messages: services.messages.list(openidFrom(url)) }),
    },
  ]
}

function action(path: string, perform: (given: PersonGiven) => unknown): Route {
  const read = (request: IncomingMessage) => readPerson(request, longestPictureBytes)
  return { method: 'POST', path, handle: async ({ request, response }) => sendJson(response, await perform(await read(request))) }
}

/** The phone number button. Without quota the client gets an errno instead of a code. */
function agreeToPhone({ interfaces, phones }: PersonServices, openid: string): object {
  const fault = interfaces.takeFault(phoneButton)
  return fault === undefined ? phones.agree(openid) : { errMsg: 'getPhoneNumber:fail no quota', errno: fault }
}

/** `wx.getWeRunData`: the steps of the last thirty days, as an id for the cloud. */
function shareSteps({ app, openData, nowMs }: PersonServices, openid: string): object {
  const watermark = { appid: app.appid, timestamp: Math.floor(nowMs() / 1000) }
  return { errMsg: 'getWeRunData:ok', cloudID: openData.add(openid, { stepInfoList: stepsOf(openid, nowMs()), watermark }) }
}

function readConsents(value: unknown): Record<string, Consent> {
  const consents = Object.entries(typeof value === 'object' && value !== null ? value : {})
  const isConsent = ([, consent]: [string, unknown]) => ['accept', 'reject', 'ban'].includes(consent as string)
  if (!consents.every(isConsent)) throw new Refusal(400, 'tmplIds must be an object of template ids with accept, reject or ban.')
  return Object.fromEntries(consents) as Record<string, Consent>
}

function writeToCustomerService(services: PersonServices, given: PersonGiven): Promise<object> {
  const { openid, enter, sessionFrom = '' } = given
  if (enter === true) return services.customers.enter(openid, String(sessionFrom))
  return services.customers.hear(openid, readMessage(services, given))
}

function readMessage({ app, media }: PersonServices, { text, image, page }: PersonGiven): Push {
  if (typeof text === 'string' && text !== '') return { MsgType: 'text', Content: text }
  if (typeof image === 'string') {
    const content = Buffer.from(image, 'base64')
    const contentType = imageTypeOf(content)
    if (contentType === null) throw new Refusal(400, 'image must be a PNG, JPEG or GIF in base64.')
    return { MsgType: 'image', PicUrl: `data:${contentType};base64,${image}`, MediaId: media.keep(contentType, content) }
  }
  const { title, path } = (page ?? {}) as { title?: unknown, path?: unknown }
  if (typeof title === 'string' && typeof path === 'string') {
    return { MsgType: 'miniprogrampage', Title: title, AppId: app.appid, PagePath: path, ThumbUrl: '', ThumbMediaId: '' }
  }
  throw new Refusal(400, 'Give a text, an image in base64, a page {title, path}, or enter: true.')
}

/** `wx.openBusinessView` with the confirm-receipt component; answers its extraData. */
function confirmReceipt({ shipping }: PersonServices, given: PersonGiven): object {
  const result = shipping.confirm(given.openid, readTradeKey(given))
  return { extraData: result === 'ok' ? { status: 'success' } : { status: 'fail', errormsg: result } }
}

function readTradeKey({ transactionId, merchantId, merchantTradeNo }: PersonGiven): TradeKey {
  if (typeof transactionId === 'string') return { transactionId }
  if (typeof merchantId === 'string' && typeof merchantTradeNo === 'string') return { mchid: merchantId, outTradeNo: merchantTradeNo }
  throw new Refusal(400, 'Give a transactionId, or a merchantId and a merchantTradeNo.')
}
