import type { ParsedOf } from '../../contracts/action.ts'
import type { StaffGoods, StaffPart, goodsActions } from '../../contracts/goods.ts'
import { done, refused } from '../../contracts/outcome.ts'
import { above, oneOf } from '../database.ts'
import type { Where } from '../database.ts'
import type { World } from '../ports.ts'
import { searchIn } from '../search/rules.ts'
import { readIndex } from '../search/searchIndex.ts'
import { auditIdOf, writeAudit } from '../staff/audits.ts'
import { theStore } from '../store/stores.ts'
import { categories, isSoldAt, products, withLeft } from './products.ts'
import type { OptionGroupDocument, ProductDocument, ProductOnSale } from './products.ts'
import { hasTarget, markOf, soldOutUntil, untilOf } from './soldOut.ts'

const PAGE = 30
/** Goods of one search: nobody looks further, and a cursor from elsewhere cannot make us. */
const FOUND_MAX = 90
type Actions = typeof goodsActions

interface Page { documents: ProductDocument[], nextCursor: string | null }

/** A page of goods as staff keep them, with the categories on the first one. Two database operations, and two more for these. */
export async function listGoods(world: World, input: ParsedOf<Actions['staffGoods']>) {
  const isFirst = input.cursor === undefined
  const [page, menu, mall] = await Promise.all([
    input.text ? foundGoods(world, input.text, input.cursor) : goodsInOrder(world, input),
    isFirst ? categories(world, 'Menu') : [],
    isFirst ? categories(world, 'Mall') : [],
  ])
  const sold = page.documents.filter(document => isSoldAt(document, world.settings.storeId))
  return done({ categories: [...menu, ...mall], items: await viewAll(world, sold), nextCursor: page.nextCursor })
}

async function goodsInOrder(world: World, { categoryId, cursor }: ParsedOf<Actions['staffGoods']>): Promise<Page> {
  const where: Where = { onSale: true, ...categoryId === undefined ? {} : { categoryId }, ...cursor === undefined ? {} : { 'keys.sort': above(cursor) } }
  const found = await products(world).find({ where, sort: ['keys.sort', 'asc'], limit: PAGE + 1 })
  const documents = found.slice(0, PAGE)
  return { documents, nextCursor: found.length > PAGE ? documents.at(-1)!.keys?.sort ?? null : null }
}

async function foundGoods(world: World, text: string, cursor = '0_found'): Promise<Page> {
  const found = searchIn(await readIndex(world), text).slice(0, FOUND_MAX)
  const from = Number(cursor.split('_')[0])
  const ids = found.slice(from, from + PAGE).map(({ id }) => id)
  const read = ids.length === 0 ? [] : await products(world).find({ where: { _id: oneOf(ids), onSale: true }, limit: ids.length })
  const byId = new Map(read.map(document => [document._id, document]))
  return { documents: ids.flatMap(id => byId.get(id) ?? []), nextCursor: from + PAGE < found.length ? `${from + PAGE}_found` : null }
}

/** Takes something off in this store, or brings it back, with a row of who did it. Changes nothing where it is so already. */
export async function setSoldOut(world: World, { productId, target, until }: ParsedOf<Actions['setSoldOut']>, { openid }: { openid: string }) {
  const nowMs = world.clock.nowMs()
  const { storeId } = world.settings
  const untilMs = untilOf(until, await theStore(world), nowMs)
  const mark = markOf(target)
  const changed = await world.database.transact(async (transaction) => {
    const product = await transaction.read<ProductDocument>('products', productId)
    if (!product || !product.onSale || !isSoldAt(product, storeId) || !hasTarget(product, target)) return null
    if ((soldOutUntil(product, target, { storeId, nowMs }) ?? 0) === untilMs) return product
    const soldOutIn = withMark(product, storeId, { [mark]: untilMs })
    await transaction.change('products', productId, { set: { soldOutIn } })
    const what = untilMs === 0 ? 'BringBack' as const : 'TakeOff' as const
    const _id = auditIdOf(what, storeId, productId, mark, String(nowMs))
    await writeAudit(world, transaction, { _id, what, by: openid, subject: productId, orderId: '', amountFen: 0, note: `${storeId} ${mark} ${until}` })
    return { ...product, soldOutIn }
  })
  return changed ? done((await viewAll(world, [changed]))[0]!) : refused('GoodsUnknown')
}

const withMark = ({ soldOutIn = {} }: ProductDocument, storeId: string, mark: Record<string, number>) =>
  ({ ...soldOutIn, [storeId]: { ...soldOutIn[storeId], ...mark } })

/** What is left of goods counts here also while they are sold out, so it is looked up as if they were not. */
async function viewAll(world: World, documents: readonly ProductDocument[]): Promise<StaffGoods[]> {
  const plain = documents.map(({ soldOutUntilMs: _until, soldOutIn: _marks, ...document }) => document)
  const counted = await withLeft(world, plain)
  return documents.map((document, index) => viewForStaff(world, document, counted[index]!))
}

/** What is added to a drink runs out; its size and its sugar hardly ever do. */
const addOnsFirst = (groups: readonly OptionGroupDocument[]): OptionGroupDocument[] =>
  [...groups.filter(({ min }) => min === 0), ...groups.filter(({ min }) => min > 0)]

function viewForStaff(world: World, document: ProductDocument, { skus, specs, left }: ProductOnSale): StaffGoods {
  const { _id: id, categoryId, kind, name, picture, priceFen, counted, perDay, optionGroups } = document
  const now = { storeId: world.settings.storeId, nowMs: world.clock.nowMs() }
  const part = (of: 'Choice' | 'Sku', partId: string): Pick<StaffPart, 'id' | 'soldOutUntilMs'> =>
    ({ id: partId, soldOutUntilMs: soldOutUntil(document, { kind: of, id: partId }, now) })
  const values = specs.flatMap(group => group.values)
  return {
    id, categoryId, kind, name, picture, priceFen, left, isCounted: counted, ...perDay === undefined ? {} : { perDay },
    soldOutUntilMs: soldOutUntil(document, { kind: 'Product' }, now),
    choices: addOnsFirst(optionGroups).flatMap(group => group.choices).map(choice => ({ ...part('Choice', choice.id), names: [choice.name] })),
    skus: skus.map(sku => ({
      ...part('Sku', sku.id), left: sku.left, names: values.filter(value => sku.valueIds.includes(value.id)).map(value => value.name),
    })),
  }
}
