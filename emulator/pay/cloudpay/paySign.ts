import { createHash, createHmac } from 'node:crypto'

/** What `wx.requestPayment` signs in version 2, under its own names. */
export interface PaymentToSign {
  appId: string
  timeStamp: string
  nonceStr: string
  package: string
  signType: string
}

/** The signature of version 2: the fields in the order of their names and the key, as MD5 or HMAC-SHA256. */
export function signPayment(payment: PaymentToSign, key: string): string {
  const { appId, nonceStr, package: prepay, signType, timeStamp } = payment
  const text = `appId=${appId}&nonceStr=${nonceStr}&package=${prepay}&signType=${signType}&timeStamp=${timeStamp}&key=${key}`
  const hash = signType === 'HMAC-SHA256' ? createHmac('sha256', key) : createHash('md5')
  return hash.update(text).digest('hex').toUpperCase()
}
