import { merchantActions } from '../../contracts/merchant.ts'
import { hostDoor } from '../../backend/door/host.ts'
import { barOrders, markCollected, markReady } from '../../backend/staff/serve.ts'

/** The staff's door. Roles are read from the database in every call. */
export const main = hostDoor(merchantActions, { orders: barOrders, markReady, markCollected })
