import type { CodeOf, OutputOf, ParsedOf } from '../../contracts/action.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { Outcome, Refused } from '../../contracts/outcome.ts'
import type { ShopActions } from '../../contracts/shop.ts'
import type { Transaction } from '../database.ts'
import { lookAt } from '../content/lookAt.ts'
import { isOwnPhoto } from '../content/rules.ts'
import type { ContentVerdict } from '../content/rules.ts'
import { assertMove } from '../machine.ts'
import { memberIdOf } from '../member/members.ts'
import type { OrderDocument } from '../order/orders.ts'
import { sortKeyOf } from '../order/rules.ts'
import type { World } from '../ports.ts'
import { isCounted, planFor } from '../refund/giveBack.ts'
import type { RefundPlan } from '../refund/rules.ts'
import { afterSaleIdOf, afterSales, movedTo, viewAfterSale, withItsPhotos } from './afterSales.ts'
import type { AfterSaleDocument } from './afterSales.ts'
import { afterSaleMachine, decideRequest } from './rules.ts'

type Input = ParsedOf<ShopActions['requestAfterSale']>
type Code = CodeOf<ShopActions['requestAfterSale']>

/**
 * Asks for money back, or asks once more after a no. The same requestId gives the same request however often it is sent. WeChat
 * looks at words and photos before staff do. While it cannot say, the request is taken all the same and marked: nobody waits for
 * money because a check is busy.
 */
export async function requestAfterSale(
  world: World, openid: string, input: Input,
): Promise<Outcome<OutputOf<ShopActions['requestAfterSale']>, Code>> {
  const whose = { envId: world.settings.envId, memberId: memberIdOf(openid) }
  if (!input.photos.every(photo => isOwnPhoto(photo, 'aftersale', whose))) return refused('PhotoUnknown')
  const verdict = await lookAt(world, openid, { text: input.text, pictures: input.photos })
  const outcome = await world.database.transact(transaction => ask(world, transaction, openid, { ...input, verdict }))
  return 'ok' in outcome ? outcome : done(await withItsPhotos(world, viewAfterSale(outcome)))
}

type Checked = Input & { verdict: ContentVerdict }

async function ask(world: World, transaction: Transaction, openid: string, input: Checked): Promise<AfterSaleDocument | Refused<Code>> {
  const order = await transaction.read<OrderDocument>('orders', input.orderId)
  if (order?.openid !== openid) return refused('OrderUnknown')
  const count = order.afterSales ?? 0
  const last = count > 0 ? await transaction.read<AfterSaleDocument>('afterSales', afterSaleIdOf(order._id, count)) : null
  if (last?.requestId === input.requestId) return last
  if (input.verdict === 'Risky') return refused('ContentRefused')
  if (input.verdict === 'TooLarge') return refused('PhotoTooLarge')
  const decision = decideRequest(last, count)
  if (decision.kind === 'No') return refused(decision.because)
  const plan = planFor(world, order, input.wish)
  if ('code' in plan) return refused(plan.code, plan.detail)
  if (plan.amountFen !== input.expectedFen) return refused('AmountChanged', { totalFen: plan.amountFen })
  if (decision.kind === 'Again' && last) return again(world, transaction, last, contentOf(world, order, plan, input))
  return first(world, transaction, order, { declines: decision.kind === 'First' ? decision.declines : 0, ...contentOf(world, order, plan, input) })
}

type Content = ReturnType<typeof contentOf>

/** What was asked, as it was at that moment. */
function contentOf(world: World, order: OrderDocument, plan: RefundPlan, { requestId, wish, reason, text, photos, verdict }: Checked) {
  const { feesFen, amountFen } = plan
  const lines = plan.lines.map(part => ({ ...part, name: order.lines[part.line]!.name }))
  const requestedAtMs = world.clock.nowMs()
  const sortKey = sortKeyOf(requestedAtMs, order._id)
  const isUnchecked = verdict === 'Unclear'
  return { requestId, wish, lines, feesFen, amountFen, reason, text, photos, isUnchecked, answer: '', requestedAtMs, sortKey }
}

async function again(world: World, transaction: Transaction, last: AfterSaleDocument, content: Content): Promise<AfterSaleDocument> {
  assertMove(afterSaleMachine, last.state, 'Requested')
  const change = movedTo(world, 'Requested', last.openid, content)
  await transaction.change('afterSales', last._id, change)
  const step = { state: 'Requested' as const, atMs: world.clock.nowMs(), by: last.openid }
  return { ...last, ...content, state: 'Requested', steps: [...last.steps, step] }
}

async function first(
  world: World, transaction: Transaction, order: OrderDocument, content: Content & { declines: number },
): Promise<AfterSaleDocument> {
  const nowMs = world.clock.nowMs()
  const number = (order.afterSales ?? 0) + 1
  const request: AfterSaleDocument = {
    _id: afterSaleIdOf(order._id, number), orderId: order._id, openid: order.openid, storeId: order.storeId,
    state: 'Requested', ...content, approvedFen: null,
    pickupNumber: order.pickupNumber, orderTotalFen: order.totalFen,
    shelfLines: order.lines.flatMap((line, place) => isCounted(order, line) ? [place] : []),
    steps: [{ state: 'Requested', atMs: nowMs, by: order.openid }],
    updatedAtMs: nowMs,
  }
  await transaction.add('afterSales', request)
  await transaction.change('orders', order._id, { set: { afterSales: number } })
  return request
}

/** Takes a request back that nobody has decided. Taking it back twice is no error. */
export async function withdrawAfterSale(world: World, openid: string, { afterSaleId }: { afterSaleId: string }) {
  assertMove(afterSaleMachine, 'Requested', 'Withdrawn')
  await afterSales(world).changeIf(afterSaleId, { openid, state: 'Requested' }, movedTo(world, 'Withdrawn', openid))
  const request = await afterSales(world).read(afterSaleId)
  if (request?.openid !== openid) return refused('AfterSaleUnknown')
  return request.state === 'Withdrawn' ? done(await withItsPhotos(world, viewAfterSale(request))) : refused('AfterSaleDecided', { state: request.state })
}
