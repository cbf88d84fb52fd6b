import type { PointMoveKind, PointMoveView } from '../../contracts/points.ts'
import type { Transaction } from '../database.ts'
import { memberIdOf } from '../member/members.ts'
import type { MemberDocument } from '../member/members.ts'
import type { OrderDocument } from '../order/orders.ts'
import { sortKeyOf } from '../order/rules.ts'
import type { World } from '../ports.ts'
import type { StoreDocument } from '../store/stores.ts'
import { pointsFor } from './rules.ts'

/** One line of the ledger of points. Of every member: Σ change = the balance in the member's document. */
export interface PointMoveDocument {
  _id: string
  openid: string
  orderId: string
  kind: PointMoveKind
  change: number
  balance: number
  atMs: number
  sortKey: string
}

/** What an order has brought. The rate is that of the moment in which it was paid; a later one changes nothing. */
export interface OrderPoints { perYuan: number, given: number, moves: number }

export const pointMoves = (world: World) => world.database.collection<PointMoveDocument>('pointMoves')

/**
 * Brings a member's points to what the order is worth now, in the caller's transaction: ledger and balance change together.
 * Looks at the order alone, so it can be repeated, and a refund may come before the earning. Answers what the caller has to
 * write into the order; null when nothing changes.
 */
export async function followPoints(world: World, transaction: Transaction, order: OrderDocument): Promise<OrderPoints | null> {
  const { perYuan, given, moves } = order.points ?? { perYuan: await rateOf(transaction, order.storeId), given: 0, moves: 0 }
  const worth = pointsFor(order, perYuan)
  const change = worth - given
  const member = change === 0 ? null : await transaction.read<MemberDocument>('members', memberIdOf(order.openid))
  // Whoever has had their data erased keeps no points.
  if (!member) return null
  const atMs = world.clock.nowMs()
  const balance = (member.points ?? 0) + change
  const _id = `${order._id}_${moves + 1}`
  await transaction.add<PointMoveDocument>('pointMoves', {
    _id, openid: order.openid, orderId: order._id, kind: change > 0 ? 'Earned' : 'TakenBack', change, balance, atMs, sortKey: sortKeyOf(atMs, _id),
  })
  await transaction.change('members', member._id, { set: { points: balance } })
  return { perYuan, given: worth, moves: moves + 1 }
}

async function rateOf(transaction: Transaction, storeId: string): Promise<number> {
  return (await transaction.read<StoreDocument>('stores', storeId))?.pointsPerYuan ?? 0
}

export const viewMove = ({ _id, kind, orderId, change, balance, atMs }: PointMoveDocument): PointMoveView =>
  ({ id: _id, kind, orderId, change, balance, atMs })
