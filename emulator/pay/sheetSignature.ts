import { createVerify } from 'node:crypto'
import { signPayment } from './cloudpay/paySign.ts'
import type { Trade } from './ledger.ts'
import type { Pay } from './pay.ts'

/** What a page hands to `wx.requestPayment` besides the prepay id. */
export interface PaymentSignature {
  timeStamp: string
  nonceStr: string
  signType: string
  paySign: string
}

/**
 * Whether `wx.requestPayment` may open the sheet. Orders of API v3 need the merchant's RSA signature; for those of cloudPay, which
 * WeChat signed itself, a page may leave the signature out, but not change it.
 */
export async function isRightlySigned(pay: Pay, trade: Trade, prepayId: string, given: PaymentSignature): Promise<boolean> {
  if (trade.gateway === 'v3') return given.signType === 'RSA' && await isSignedByMerchant(pay, prepayId, given)
  if (given.paySign === '') return true
  const { timeStamp, nonceStr, signType } = given
  const payment = { appId: pay.settings.app.appid, timeStamp, nonceStr, package: `prepay_id=${prepayId}`, signType }
  return given.paySign === signPayment(payment, pay.providerKey)
}

/** Four lines, each with its end. Source: PAYSK 签名与验签规则. */
async function isSignedByMerchant(pay: Pay, prepayId: string, { timeStamp, nonceStr, paySign }: PaymentSignature): Promise<boolean> {
  const { merchantPublicKey } = await pay.credentials()
  const message = `${pay.settings.app.appid}\n${timeStamp}\n${nonceStr}\nprepay_id=${prepayId}\n`
  return createVerify('sha256').update(message).verify(merchantPublicKey, paySign, 'base64')
}
