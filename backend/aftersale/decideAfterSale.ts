import type { CodeOf, OutputOf, ParsedOf } from '../../contracts/action.ts'
import type { MerchantActions } from '../../contracts/merchant.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { Outcome, Refused } from '../../contracts/outcome.ts'
import type { Transaction } from '../database.ts'
import { assertMove } from '../machine.ts'
import type { OrderDocument } from '../order/orders.ts'
import type { World } from '../ports.ts'
import { giveBack } from '../refund/giveBack.ts'
import type { GiveBackRefusal } from '../refund/giveBack.ts'
import { payOut } from '../refund/payOut.ts'
import { auditIdOf } from '../staff/audits.ts'
import { afterSales, movedTo, viewForStaff, withItsPhotos } from './afterSales.ts'
import type { AfterSaleDocument } from './afterSales.ts'
import { afterSaleMachine, isWithin } from './rules.ts'

type Input = ParsedOf<MerchantActions['approveAfterSale']>
type Code = CodeOf<MerchantActions['approveAfterSale']>

/**
 * Sends back what a customer asked for, or less of it. Of several decisions at once the first counts: a request that is
 * approved already is answered as it stands, one that was declined or withdrawn is refused.
 */
export async function approveAfterSale(
  world: World, input: Input, { openid }: { openid: string },
): Promise<Outcome<OutputOf<MerchantActions['approveAfterSale']>, Code>> {
  const outcome = await world.database.transact(transaction => approve(world, transaction, input, openid))
  if ('ok' in outcome) return outcome
  if ('code' in outcome) return refused(outcome.code, outcome.detail)
  if (outcome.outRefundNo !== null) await payOut(world, outcome.outRefundNo)
  return readForStaff(world, input.afterSaleId)
}

async function approve(
  world: World, transaction: Transaction, input: Input, by: string,
): Promise<{ outRefundNo: string | null } | Refused<Code> | GiveBackRefusal> {
  const request = await transaction.read<AfterSaleDocument>('afterSales', input.afterSaleId)
  if (request?.storeId !== world.settings.storeId) return refused('AfterSaleUnknown')
  if (request.approvedFen !== null) return { outRefundNo: null }
  if (request.state !== 'Requested') return refused('AfterSaleDecided', { state: request.state })
  const order = await transaction.read<OrderDocument>('orders', request.orderId)
  if (!order) throw new Error(`Request ${request._id} has no order.`)
  if (!isWithin(request, input.wish)) return refused('TooManyPieces')
  const { wish, goodsReturned, expectedFen } = input
  const afterSaleId = request._id
  const audit = { _id: auditIdOf('ApproveAfterSale', afterSaleId), what: 'ApproveAfterSale' as const, by, subject: afterSaleId, note: '' }
  const given = await giveBack(world, transaction, order, { wish, goodsReturned, expectedFen, because: 'AfterSale', afterSaleId, audit })
  if ('code' in given) return given
  assertMove(afterSaleMachine, request.state, 'Approved')
  await transaction.change('afterSales', afterSaleId, movedTo(world, 'Approved', by, { approvedFen: given.amountFen }))
  return given
}

/** Says no, and why. Declining twice is no error; the first answer stays. */
export async function declineAfterSale(world: World, input: { afterSaleId: string, answer: string }, by: { openid: string }) {
  const { afterSaleId, answer } = input
  assertMove(afterSaleMachine, 'Requested', 'Declined')
  const change = movedTo(world, 'Declined', by.openid, { answer })
  const where = { state: 'Requested', storeId: world.settings.storeId }
  const isDeclined = await afterSales(world).changeIf(afterSaleId, where, { ...change, inc: { declines: 1 } })
  const outcome = await readForStaff(world, afterSaleId)
  if (isDeclined || !outcome.ok || outcome.value.state === 'Declined') return outcome
  return refused('AfterSaleDecided', { state: outcome.value.state })
}

async function readForStaff(world: World, afterSaleId: string) {
  const request = await afterSales(world).read(afterSaleId)
  return request?.storeId === world.settings.storeId ? done(await withItsPhotos(world, viewForStaff(request))) : refused('AfterSaleUnknown')
}
