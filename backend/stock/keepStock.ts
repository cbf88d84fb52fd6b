import type { ParsedOf } from '../../contracts/action.ts'
import type { MerchantActions } from '../../contracts/merchant.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { StockMoveView, StockView } from '../../contracts/stock.ts'
import { below } from '../database.ts'
import type { Transaction, Where } from '../database.ts'
import type { World } from '../ports.ts'
import { auditIdOf } from '../staff/audits.ts'
import { shelfStore, stockIdOf } from './rules.ts'
import type { Wanted } from './rules.ts'
import { moveOf, stockMoves } from './moves.ts'
import type { StockMoveDocument } from './moves.ts'
import { heldIn, stock } from './stock.ts'
import type { StockDocument } from './stock.ts'

const PAGE = 30

type Input = ParsedOf<MerchantActions['changeStock']>

/**
 * Puts pieces on a shelf, or corrects what was counted, and writes it into the ledger in the same transaction. One requestId
 * of one person moves once. Pieces that somebody holds or has bought cannot be counted away.
 */
export async function changeStock(world: World, input: Input, { openid }: { openid: string }) {
  const refusal = await world.database.transact(transaction => write(world, transaction, input, openid))
  if (refusal) return refused(refusal.code, refusal.detail)
  const shelf = await stock(world.database).read(shelfIdOf(world, input))
  return shelf ? done(viewStock(shelf, input)) : refused('NotCounted')
}

async function write(world: World, transaction: Transaction, input: Input, by: string) {
  const { kind, change, note } = input
  const stockId = shelfIdOf(world, input)
  const atMs = world.clock.nowMs()
  const move = moveOf({ stockId, kind, change, subject: auditIdOf('ChangeStock', by, input.requestId) }, { atMs, by, note })
  if (await transaction.read<StockMoveDocument>('stockMoves', move._id)) return null
  const shelf = await transaction.read<StockDocument>('stock', stockId)
  if (!shelf || shelf.day !== undefined) return { code: 'NotCounted' as const }
  if (shelf.available + change < 0) return { code: 'StockTooLow' as const, detail: { left: shelf.available } }
  await transaction.change('stock', stockId, { inc: { available: change, supplied: change } })
  await transaction.add<StockMoveDocument>('stockMoves', move)
  return null
}

/** A shelf and its ledger, the newest line first. Two database operations. */
export async function readStock(world: World, { cursor, ...wanted }: { productId: string, skuId?: string, cursor?: string }) {
  const stockId = shelfIdOf(world, wanted)
  const older: Where = cursor === undefined ? {} : { sortKey: below(cursor) }
  const [shelf, moves] = await Promise.all([
    stock(world.database).read(stockId),
    stockMoves(world).find({ where: { stockId, ...older }, sort: ['sortKey', 'desc'], limit: PAGE + 1 }),
  ])
  if (!shelf || shelf.day !== undefined) return refused('NotCounted')
  const shown = moves.slice(0, PAGE)
  const nextCursor = moves.length > PAGE ? shown.at(-1)!.sortKey : null
  return done({ stock: viewStock(shelf, wanted), moves: shown.map(viewMove), nextCursor })
}

/** The shelf of goods in this store, or of one of their SKUs. */
const shelfIdOf = ({ settings }: World, { productId, skuId }: Wanted): string =>
  stockIdOf({ productId, ...skuId === undefined ? {} : { skuId }, ...shelfStore(settings) })

function viewStock(shelf: StockDocument, { productId, skuId }: Wanted): StockView {
  const { available, sold, supplied } = shelf
  return { productId, ...skuId === undefined ? {} : { skuId }, available, held: heldIn(shelf), sold, supplied }
}

const viewMove = ({ _id: id, kind, change, subject, note, atMs }: StockMoveDocument): StockMoveView =>
  ({ id, kind, change, subject, note, atMs })
