import { receiveNotice } from '../../backend/payment/receiveNotice.ts'
import { wxContext } from '../../backend/wechat/cloud.ts'
import { readToldRefund } from '../../backend/wechat/cloudPayGateway.ts'
import { openWorld } from '../../backend/wechat/world.ts'

/** Results of cloudPay. Clients may not invoke it, and one that does learns nothing and moves nothing. */
export const main = (event: Record<string, unknown>) =>
  receiveNotice(openWorld(), wxContext().SOURCE, event, readToldRefund(event))
