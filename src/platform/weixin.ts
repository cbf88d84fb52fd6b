import { weixinDarkroom } from './weixinDarkroom'
import type { PaymentParams } from '@contracts/order.ts'
import type { PaymentAnswer, ReceiptAnswer, WeChat } from './wechat'

function login(): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.login({
      success: ({ code }) => resolve(code),
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    })
  })
}

function askToTell(templateIds: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    if (templateIds.length === 0) return resolve()
    // Old phones lack it, and a person may have switched messages off: neither is anybody's business here.
    if (typeof wx.requestSubscribeMessage !== 'function') return resolve()
    wx.requestSubscribeMessage({ tmplIds: [...templateIds], complete: () => resolve() })
  })
}

function requestPayment(payment: PaymentParams, askFor: readonly string[]): Promise<PaymentAnswer> {
  return new Promise((resolve) => {
    wx.requestPayment({
      ...payment,
      success: () => void askToTell(askFor).then(() => resolve('ok')),
      fail: ({ errMsg }) => resolve(errMsg.includes('cancel') ? 'cancel' : 'fail'),
    })
  })
}

/** Codes pressed long, and codes from the album. Source: developers.weixin.qq.com/miniprogram/dev/reference/scene-list.html. */
const byPicture: readonly number[] = [1012, 1013, 1031, 1032, 1048, 1049]

/** Missing from the typings. Source: wx.openBusinessView, base library 2.6.0. */
interface BusinessView {
  openBusinessView?: (options: {
    businessType: 'weappOrderConfirm'
    extraData: { transaction_id: string }
    success: (answer: { extraData?: { status?: string } }) => void
    fail: (failure: { errMsg: string }) => void
  }) => void
}

function confirmReceipt(transactionId: string): Promise<ReceiptAnswer> {
  const { openBusinessView } = wx as unknown as BusinessView
  return new Promise((resolve) => {
    if (typeof openBusinessView !== 'function') return resolve('unavailable')
    openBusinessView({
      businessType: 'weappOrderConfirm',
      extraData: { transaction_id: transactionId },
      success: ({ extraData }) => resolve(extraData?.status === 'success' ? 'confirmed' : extraData?.status === 'cancel' ? 'cancel' : 'unavailable'),
      fail: ({ errMsg }) => resolve(errMsg.includes('cancel') ? 'cancel' : 'unavailable'),
    })
  })
}

function choosePictures(max: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    wx.chooseMedia({
      count: max, mediaType: ['image'], sizeType: ['compressed'],
      success: ({ tempFiles }) => resolve(tempFiles.map(file => file.tempFilePath)),
      fail: ({ errMsg }) => errMsg.includes('cancel') ? resolve([]) : reject(new Error(errMsg)),
    })
  })
}

/** WeChat on a phone. */
export const weixin: WeChat = {
  // Without a name this is the environment that belongs to the mini program.
  launch: () => wx.cloud.init(),
  cameByPicture: () => byPicture.includes(wx.getEnterOptionsSync().scene),
  login,
  requestPayment,
  confirmReceipt,
  askToTell,
  choosePictures,
  darkroom: weixinDarkroom,
  uploadPicture: async (filePath, cloudPath) => (await wx.cloud.uploadFile({ filePath, cloudPath })).fileID,
  // An image of a mini program shows a cloud file id as it is.
  pictureUrl: fileId => fileId,
  fontSizePx: () => wx.getAppBaseInfo().fontSizeSetting ?? 16,
  theme: () => wx.getAppBaseInfo().theme === 'dark' ? 'dark' : 'light',
  onTheme: listen => wx.onThemeChange(({ theme }) => listen(theme === 'dark' ? 'dark' : 'light')),
  tap: () => wx.vibrateShort({ type: 'light' }),
}
