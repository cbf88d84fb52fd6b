import { readLanguage } from './language'
import { localDarkroom } from './localDarkroom'
import { askLocalReceipt } from './localReceipt'
import { person } from './person'
import type { PaymentParams } from '@contracts/order.ts'
import type { PaymentAnswer, ReceiptAnswer, WeChat } from './wechat'

/** Where the local cloud listens: the page's own origin unless a build says otherwise. */
export const cloudBase: string = import.meta.env.VITE_CLOUD_BASE ?? ''

interface UploadPermit { url: string, authorization: string, fileID: string, errCode?: number, errMsg: string }

interface CashierAnswer { source: 'wechat-pay', prepayId: string, errMsg: string }

function isCashierAnswer(value: unknown): value is CashierAnswer {
  return typeof value === 'object' && value !== null && (value as { source?: unknown }).source === 'wechat-pay'
}

async function login(): Promise<string> {
  const answer = await uni.request({ url: `${cloudBase}/wechat/login`, method: 'POST', data: { person: person() } })
  const { code } = answer.data as { code?: unknown }
  if (typeof code !== 'string') throw new Error('The local WeChat gave no login code')
  return code
}

function openCashier(prepayId: string, { timeStamp, nonceStr, signType, paySign }: PaymentParams): HTMLIFrameElement {
  const query = new URLSearchParams({ prepay_id: prepayId, timeStamp, nonceStr, signType, paySign, person: person(), lang: readLanguage() })
  const cashier = document.createElement('iframe')
  cashier.src = `${cloudBase}/wechat/pay?${query}`
  cashier.className = 'wechat-cashier'
  cashier.setAttribute('allowtransparency', 'true')
  document.body.append(cashier)
  return cashier
}

function readAnswer(errMsg: string): PaymentAnswer {
  if (errMsg === 'requestPayment:ok') return 'ok'
  return errMsg.includes('cancel') ? 'cancel' : 'fail'
}

/** Says yes, as who has ticked "always keep this choice" does on a phone, without seeing a question. */
async function askToTell(templateIds: readonly string[]): Promise<void> {
  if (templateIds.length === 0) return
  const tmplIds = Object.fromEntries(templateIds.map(id => [id, 'accept']))
  try {
    await uni.request({ url: `${cloudBase}/wechat/subscribe`, method: 'POST', data: { person: person(), tmplIds } })
  } catch (error) {
    console.warn('The local WeChat did not hear the answer:', error)
  }
}

async function requestPayment(payment: PaymentParams, askFor: readonly string[]): Promise<PaymentAnswer> {
  const said = await payInCashier(payment)
  if (said === 'ok') await askToTell(askFor)
  return said
}

function payInCashier(payment: PaymentParams): Promise<PaymentAnswer> {
  const prepayId = payment.package.replace('prepay_id=', '')
  const cashier = openCashier(prepayId, payment)
  const origin = new URL(cashier.src).origin
  return new Promise((resolve) => {
    window.addEventListener('message', function listen(event: MessageEvent<unknown>) {
      if (event.origin !== origin || !isCashierAnswer(event.data) || event.data.prepayId !== prepayId) return
      window.removeEventListener('message', listen)
      cashier.remove()
      resolve(readAnswer(event.data.errMsg))
    })
  })
}

async function confirmReceipt(transactionId: string): Promise<ReceiptAnswer> {
  if (!await askLocalReceipt()) return 'cancel'
  const answer = await uni.request({ url: `${cloudBase}/wechat/confirm-receipt`, method: 'POST', data: { person: person(), transactionId } })
  const { extraData } = answer.data as { extraData?: { status?: unknown } }
  return extraData?.status === 'success' ? 'confirmed' : 'unavailable'
}

/** `cloud://<env>.<bucket>/<path>` lies under `/cos/<path>` of the local cloud. */
function pictureUrl(fileId: string): string {
  return fileId.replace(/^cloud:\/\/[^/]+\//, `${cloudBase}/cos/`)
}

/** `medium` is what a person has set in the browser; the document's own size belongs to uni-app. */
function fontSizePx(): number {
  const probe = document.createElement('i')
  probe.style.cssText = 'position: absolute; font-size: medium'
  document.documentElement.append(probe)
  const size = Number.parseFloat(getComputedStyle(probe).fontSize)
  probe.remove()
  return size
}

const darkness = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null

async function choosePictures(max: number): Promise<string[]> {
  try {
    const { tempFilePaths } = await uni.chooseImage({ count: max, sizeType: ['compressed'] })
    return typeof tempFilePaths === 'string' ? [tempFilePaths] : tempFilePaths
  } catch (error) {
    if (String((error as { errMsg?: unknown }).errMsg).includes('cancel')) return []
    throw error
  }
}

/** Both halves of `wx.cloud.uploadFile`: leave to write, then the bytes, on this page's own origin. */
async function uploadPicture(filePath: string, cloudPath: string): Promise<string> {
  const where = `${cloudBase}/storage/upload?path=${encodeURIComponent(cloudPath)}`
  const permit = await (await fetch(where, { method: 'POST', headers: { 'x-wx-openid': `o-${person()}` } })).json() as UploadPermit
  if (permit.errCode !== undefined) throw new Error(permit.errMsg)
  const body = await (await fetch(filePath)).blob()
  const address = `${cloudBase}${new URL(permit.url).pathname}`
  const { ok, status } = await fetch(address, { method: 'PUT', headers: { authorization: permit.authorization }, body })
  if (!ok) throw new Error(`The local cloud did not take the picture: ${status}`)
  return permit.fileID
}

/** WeChat in a browser, as the local cloud plays it. */
export const localWeChat: WeChat = {
  launch: () => undefined,
  // `?by=picture` is a tab that plays a code pressed long in a chat.
  cameByPicture: () => new URLSearchParams(location.search).get('by') === 'picture',
  login,
  requestPayment,
  confirmReceipt,
  askToTell,
  choosePictures,
  darkroom: localDarkroom,
  uploadPicture,
  pictureUrl,
  fontSizePx,
  theme: () => darkness?.matches ? 'dark' : 'light',
  onTheme: listen => darkness?.addEventListener('change', ({ matches }) => listen(matches ? 'dark' : 'light')),
  tap: () => navigator.vibrate?.(10),
}
