import type { ProductDocument } from '../catalog/products.ts'
import type { Transaction } from '../database.ts'
import type { OrderDocument } from '../order/orders.ts'
import type { EffectDocument } from '../outbox/outbox.ts'
import type { EffectResult } from '../outbox/rules.ts'
import { followPoints } from '../points/points.ts'
import type { World } from '../ports.ts'
import type { RefundDocument } from '../refund/refunds.ts'
import { beijingDay } from '../store/rules.ts'
import { isOfSale, paidDayOf, piecesBackOf, piecesOf } from './rules.ts'
import { addToDay } from './sales.ts'

/**
 * Counts a paid order, once: its day, its goods and its member's points. Everything is one transaction with the mark on the
 * order, so a try whose answer was lost counts nothing twice.
 */
export async function countSale(world: World, { orderId }: EffectDocument): Promise<EffectResult> {
  return world.database.transact(async (transaction): Promise<EffectResult> => {
    const order = await transaction.read<OrderDocument>('orders', orderId)
    const day = order && paidDayOf(order)
    if (!order || day === null) return { kind: 'NotWanted', because: 'the order was never paid' }
    if (order.countedDay === undefined) await countOrder(transaction, order, day)
    await rememberOnOrder(transaction, order, { countedDay: day, points: await followPoints(world, transaction, order) })
    return { kind: 'Done' }
  })
}

/** Counts money that has arrived with its customer, once, and takes back the points that it had brought. */
export async function countRefund(world: World, { payload }: EffectDocument): Promise<EffectResult> {
  return world.database.transact(async (transaction): Promise<EffectResult> => {
    const refund = await transaction.read<RefundDocument>('refunds', String(payload.refundId))
    const order = refund && await transaction.read<OrderDocument>('orders', refund.orderId)
    if (!refund || !order || !isOfSale(refund)) return { kind: 'NotWanted', because: 'no money of a sale' }
    const { storeId, refundFen, endedAtMs, countedDay } = refund
    if (endedAtMs === undefined) return { kind: 'NotWanted', because: 'the customer does not have it' }
    if (countedDay === undefined) {
      const day = beijingDay(endedAtMs)
      const piecesBack = Object.fromEntries(piecesBackOf(refund, order))
      await addToDay(transaction, { storeId, day }, { refunds: 1, refundedFen: refundFen, piecesBack })
      await transaction.change('refunds', refund._id, { set: { countedDay: day } })
    }
    await rememberOnOrder(transaction, order, { points: await followPoints(world, transaction, order) })
    return { kind: 'Done' }
  })
}

async function countOrder(transaction: Transaction, order: OrderDocument, day: string): Promise<void> {
  const { storeId, totalFen: paidFen } = order
  const pieces = piecesOf(order)
  await addToDay(transaction, { storeId, day }, { paidOrders: 1, paidFen, pieces: Object.fromEntries(pieces) })
  for (const [productId, soldCount] of pieces) {
    // Goods may have been taken off the menu for good.
    const isKnown = await transaction.read<ProductDocument>('products', productId) !== null
    if (isKnown) await transaction.change('products', productId, { inc: { soldCount } })
  }
}

type Remembered = Pick<OrderDocument, 'countedDay'> & { points: OrderDocument['points'] | null }

async function rememberOnOrder(transaction: Transaction, order: OrderDocument, { countedDay, points }: Remembered): Promise<void> {
  const set = {
    ...(points ? { points } : {}),
    ...(countedDay !== undefined && order.countedDay === undefined ? { countedDay } : {}),
  }
  if (Object.keys(set).length > 0) await transaction.change('orders', order._id, { set })
}
