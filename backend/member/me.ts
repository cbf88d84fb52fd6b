import { done } from '../../contracts/outcome.ts'
import { countOrders } from '../order/readOrders.ts'
import type { World } from '../ports.ts'
import { joinOrRead } from './members.ts'

/** The Me page in one call. */
export async function me(world: World, openid: string) {
  const [member, counts] = await Promise.all([joinOrRead(world, openid), countOrders(world, openid)])
  return done({ member, ...counts })
}
