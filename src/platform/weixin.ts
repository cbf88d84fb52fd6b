import type { PaymentParams } from '@contracts/order.ts'
import type { PaymentAnswer, WeChat } from './wechat'

function login(): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.login({
      success: ({ code }) => resolve(code),
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    })
  })
}

function requestPayment(payment: PaymentParams): Promise<PaymentAnswer> {
  return new Promise((resolve) => {
    wx.requestPayment({
      ...payment,
      success: () => resolve('ok'),
      fail: ({ errMsg }) => resolve(errMsg.includes('cancel') ? 'cancel' : 'fail'),
    })
  })
}

/** WeChat on a phone. */
export const weixin: WeChat = {
  // Without a name this is the environment that belongs to the mini program.
  launch: () => wx.cloud.init(),
  login,
  requestPayment,
  // An image of a mini program shows a cloud file id as it is.
  pictureUrl: fileId => fileId,
  tap: () => wx.vibrateShort({ type: 'light' }),
}
