import type { RefundState } from '../../contracts/order.ts'
import type { Transaction } from '../database.ts'
import { assertMove } from '../machine.ts'
import type { World } from '../ports.ts'
import { movedTo } from './afterSales.ts'
import type { AfterSaleDocument } from './afterSales.ts'
import { afterSaleMachine, follows } from './rules.ts'

/** Moves the request that a refund belongs to, in the transaction that moves the refund. */
export async function tellAfterSale(
  world: World, transaction: Transaction, refund: { afterSaleId: string | null }, to: RefundState, by = 'WeChat',
): Promise<void> {
  if (refund.afterSaleId === null) return
  const request = await transaction.read<AfterSaleDocument>('afterSales', refund.afterSaleId)
  const next = request && follows(request.state, to)
  if (!request || !next) return
  assertMove(afterSaleMachine, request.state, next)
  await transaction.change('afterSales', request._id, movedTo(world, next, by))
}
