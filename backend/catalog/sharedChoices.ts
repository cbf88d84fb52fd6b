import type { ParsedOf } from '../../contracts/action.ts'
import type { SharedChoice, goodsActions } from '../../contracts/goods.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { World } from '../ports.ts'
import { auditIdOf, writeAudit } from '../staff/audits.ts'
import type { AuditDocument } from '../staff/audits.ts'
import { theStore } from '../store/stores.ts'
import { isSoldAt, productsOfMenu } from './products.ts'
import type { ChoiceDocument, ProductDocument } from './products.ts'
import { markOf, soldOutUntil, untilOf } from './soldOut.ts'

/** A choice where it stands: in which goods, and whether it may be left out of them. */
interface Place { product: ProductDocument, choice: ChoiceDocument, isAddOn: boolean }

/** What several goods of this store's menu have under one name, add-ons first and then what is in most goods. One database operation. */
export async function listSharedChoices(world: World) {
  const shared = (await readPlaces(world)).map(places => viewShared(world, places)).filter(({ goods }) => goods > 1)
  return done({ items: shared.sort((a, b) => Number(b.isAddOn) - Number(a.isAddOn) || b.goods - a.goods) })
}

/**
 * Takes a choice off in all goods that have one of its name, or brings it back, in one transaction with a row of who did it. One
 * operation for each place that changes; none of these where all is so already.
 */
export async function setChoiceSoldOut(
  world: World, { productId, choiceId, until }: ParsedOf<typeof goodsActions['setChoiceSoldOut']>, { openid }: { openid: string },
) {
  const [opening, all] = await Promise.all([theStore(world), readPlaces(world)])
  const places = all.find(same => same.some(({ product, choice }) => product._id === productId && choice.id === choiceId))
  if (!places) return refused('GoodsUnknown')
  const untilMs = untilOf(until, opening, world.clock.nowMs())
  const changing = places.filter(place => (untilAt(world, place) ?? 0) !== untilMs)
  const note = `${world.settings.storeId} choice-${choiceId} ${until}, in ${changing.length} places`
  if (changing.length > 0) await mark(world, changing, untilMs, { by: openid, subject: productId, note })
  return done(viewShared(world, places, untilMs))
}

async function mark(world: World, places: readonly Place[], untilMs: number, row: Pick<AuditDocument, 'by' | 'subject' | 'note'>): Promise<void> {
  const what = untilMs === 0 ? 'BringBack' as const : 'TakeOff' as const
  const _id = auditIdOf(what, row.subject, row.note, String(world.clock.nowMs()))
  await world.database.transact(async (transaction) => {
    for (const { product, choice } of places) {
      const field = `soldOutIn.${world.settings.storeId}.${markOf({ kind: 'Choice', id: choice.id })}`
      await transaction.change('products', product._id, { set: { [field]: untilMs } })
    }
    await writeAudit(world, transaction, { _id, what, orderId: '', amountFen: 0, ...row })
  })
}

/** All choices of the goods that this store sells, those of one name together. The dishes of set meals are goods of their own. */
async function readPlaces(world: World): Promise<Place[][]> {
  const byName = new Map<string, Place[]>()
  const sold = (await productsOfMenu(world)).filter(product => isSoldAt(product, world.settings.storeId))
  for (const product of sold) {
    for (const { min, choices } of product.optionGroups) {
      for (const choice of choices.filter(({ part }) => part === undefined)) {
        const name = `${choice.name.zh}\n${choice.name.en}`
        byName.set(name, [...byName.get(name) ?? [], { product, choice, isAddOn: min === 0 }])
      }
    }
  }
  return [...byName.values()]
}

const untilAt = (world: World, { product, choice }: Place): number | null =>
  soldOutUntil(product, { kind: 'Choice', id: choice.id }, { storeId: world.settings.storeId, nowMs: world.clock.nowMs() })

/** Places of one name together, as they are or, with `untilMs`, as they have just become. */
function viewShared(world: World, places: readonly Place[], untilMs?: number): SharedChoice {
  const { product, choice } = places[0]!
  const until = places.map(place => untilMs === undefined ? untilAt(world, place) : untilMs || null)
  const off = until.filter(moment => moment !== null)
  const goodsOf = (some: readonly Place[]) => new Set(some.map(place => place.product._id)).size
  return {
    productId: product._id, choiceId: choice.id, name: choice.name, isAddOn: places.some(place => place.isAddOn), goods: goodsOf(places),
    soldOut: goodsOf(places.filter((_, index) => until[index] !== null)),
    soldOutUntilMs: off.length === places.length ? Math.min(...off) : null,
  }
}
