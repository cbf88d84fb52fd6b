import type { CodeOf, OutputOf, ParsedOf } from '../../contracts/action.ts'
import type { HomeArrangement, homeStaffActions } from '../../contracts/home.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import type { Transaction } from '../database.ts'
import type { World } from '../ports.ts'
import { readIndex } from '../search/searchIndex.ts'
import { auditIdOf, writeAudit } from '../staff/audits.ts'
import { StoreUnknown, theStore } from '../store/stores.ts'
import type { StoreDocument } from '../store/stores.ts'
import { aimBanners, hasStrangePicture, usualSections } from './arrangement.ts'
import { categories } from './products.ts'

type Arranging = typeof homeStaffActions.arrangeHome
type Answer = Outcome<OutputOf<Arranging>, CodeOf<Arranging>>

const view = ({ sections, banners, homeRevision }: Pick<StoreDocument, 'sections' | 'banners' | 'homeRevision'>): HomeArrangement =>
  ({ sections: sections ?? [...usualSections], banners, revision: homeRevision ?? 0 })

/** How the home screen of this store is arranged; the usual way where nobody has arranged it. */
export async function readArrangement(world: World) {
  return done(view(await theStore(world)))
}

/** Arranges the home screen of this store, with a row of who did it. Customers see it the next time they look. */
export async function arrangeHome(world: World, input: ParsedOf<Arranging>, { openid }: { openid: string }): Promise<Answer> {
  return world.database.transact(transaction => arrange(world, transaction, input, openid))
}

async function arrange(world: World, transaction: Transaction, wish: ParsedOf<Arranging>, by: string): Promise<Answer> {
  const { storeId } = world.settings
  const store = await transaction.read<StoreDocument>('stores', storeId)
  if (!store) throw new StoreUnknown(storeId)
  const before = view(store)
  if (before.revision !== wish.revision) return refused('ArrangedMeanwhile')
  if (hasStrangePicture(wish.sections, before.sections)) return refused('PictureUnknown')
  const homeRevision = before.revision + 1
  const set = { sections: wish.sections, banners: aimBanners(store.banners, wish.banners), homeRevision }
  await transaction.change('stores', storeId, { set })
  await writeAudit(world, transaction, {
    _id: auditIdOf('ArrangeHome', storeId, String(homeRevision)), what: 'ArrangeHome', by, subject: storeId, orderId: '', amountFen: 0,
    note: wish.sections.map(({ kind, isOff }) => isOff ? `(${kind})` : kind).join(' '),
  })
  return done(view(set))
}

/** All that is on sale, by name, and every category. Three database operations. */
export async function listGoodsNames(world: World) {
  const [entries, menu, mall] = await Promise.all([readIndex(world), categories(world, 'Menu'), categories(world, 'Mall')])
  return done({ goods: entries.map(({ id, kind, name }) => ({ id, kind, name })), categories: [...menu, ...mall] })
}
