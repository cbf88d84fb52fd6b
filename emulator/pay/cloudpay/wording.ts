import type { AppIdentity } from '../../emulator.ts'
import { newNonce } from '../numbers.ts'
import type { Wording } from '../trading.ts'
import { providerFields } from './books.ts'
import { camelCased } from './names.ts'
import { paymentFields } from './orders.ts'
import { refundEvent } from './refunds.ts'

/** The events that a cloud function receives. */
export function cloudPayWording(app: AppIdentity): Wording {
  return {
    payment: (trade) => {
      const event = {
        return_code: 'SUCCESS',
        result_code: 'SUCCESS',
        ...providerFields(app),
        ...paymentFields(trade),
        out_trade_no: trade.outTradeNo,
        ...(trade.attach === null ? {} : { attach: trade.attach }),
        nonce_str: newNonce(),
      }
      return { ...camelCased(event), userInfo: { appId: app.appid, openId: trade.openid } }
    },
    refund: (refund, trade) => camelCased(refundEvent({ app }, refund, trade)),
  }
}
