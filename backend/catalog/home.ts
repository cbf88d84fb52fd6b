import type { Product } from '../../contracts/catalog.ts'
import type { GoodsSource, HomeBlock, HomeScreen, HomeSection } from '../../contracts/home.ts'
import { sectionGoodsMax } from '../../contracts/home.ts'
import { done } from '../../contracts/outcome.ts'
import { oneOf } from '../database.ts'
import { arrivalBy, codeBehind } from '../link/links.ts'
import type { World } from '../ports.ts'
import { offersTo } from '../promotion/coupon/listCoupons.ts'
import { kitchenOf } from '../kitchen/kitchens.ts'
import { atStore, findStore, theStore, viewStore } from '../store/stores.ts'
import type { StoreDocument } from '../store/stores.ts'
import { shownSections } from './arrangement.ts'
import { categories, isSoldAt, products, viewCard, withLeft } from './products.ts'
import type { ProductDocument } from './products.ts'

const COUPONS_MAX = 6

/** The home screen in one call, and where the scanned code leads. Null is a person whom nobody knows: the search crawler is one. */
export async function home(world: World, openid: string | null, input: { scene?: string }) {
  const { store, arrival } = await arrive(world, input.scene)
  const here = atStore(world, store._id)
  const sections = shownSections(store.sections)
  const contents = await Promise.all(sections.map(section => contentOf(here, openid, section)))
  const goods = await goodsById(here, contents.flatMap(content => content.documents ?? []))
  const blocks = sections.flatMap((section, index) => blockOf(section, { ...contents[index]!, store, goods }))
  const screen: HomeScreen = {
    store: viewStore(store, world.clock.nowMs(), await kitchenOf(here, store)),
    arrival,
    blocks,
    menuGoods: [...goods.values()].filter(product => product.kind === 'Menu'),
  }
  return done(screen)
}

/** The store that is shown: a code may hang in another one than the call is about, and leads there if that is still open at all. */
async function arrive(world: World, scene: string | undefined): Promise<{ store: StoreDocument, arrival: HomeScreen['arrival'] }> {
  const [own, code] = await Promise.all([theStore(world), scene === undefined ? null : codeBehind(world, scene)])
  if (scene === undefined) return { store: own, arrival: null }
  const there = code === null || code.storeId === own._id ? own : await findStore(world, code.storeId)
  const store = there ?? own
  return { store, arrival: arrivalBy(there && code, store) }
}

type Content = Partial<{
  documents: ProductDocument[]
  coupons: Extract<HomeBlock, { kind: 'Coupons' }>['coupons']
  rail: Extract<HomeBlock, { kind: 'Categories' }>['categories']
}>

/** What a section has to read. */
async function contentOf(world: World, openid: string | null, section: HomeSection): Promise<Content> {
  switch (section.kind) {
    case 'Goods': return { documents: await goodsOf(world, section.source, Math.min(section.max, sectionGoodsMax)) }
    case 'Coupons': return { coupons: (await offersTo(world, openid)).slice(0, COUPONS_MAX) }
    case 'Categories': return { rail: await categories(world, 'Mall') }
    case 'Banners': case 'Ways': case 'Picture': return {}
  }
}

async function goodsOf(world: World, source: GoodsSource, max: number): Promise<ProductDocument[]> {
  const find = (where: Record<string, string | boolean>, key: 'sort' | 'added' | 'sales') =>
    products(world).find({ where: { onSale: true, ...where }, sort: [`keys.${key}`, key === 'sort' ? 'asc' : 'desc'], limit: max })
  switch (source.kind) {
    case 'Recommended': return find({ kind: source.of, recommended: true }, 'sort')
    case 'New': return find({ kind: source.of }, 'added')
    case 'Best': return find({ kind: source.of }, 'sales')
    case 'Category': return find({ categoryId: source.categoryId }, 'sort')
    case 'Some': {
      const found = await products(world).find({ where: { _id: oneOf(source.productIds.slice(0, max)), onSale: true }, limit: max })
      return source.productIds.flatMap(id => found.find(one => one._id === id) ?? [])
    }
  }
}

async function goodsById(world: World, documents: readonly ProductDocument[]): Promise<Map<string, Product>> {
  const soldHere = documents.filter(document => isSoldAt(document, world.settings.storeId))
  const unique = [...new Map(soldHere.map(document => [document._id, document])).values()]
  return new Map((await withLeft(world, unique)).map(({ sources: _sources, ...product }) => [product.id, product]))
}

interface Found extends Content { store: StoreDocument, goods: ReadonlyMap<string, Product> }

/** The section with what it shows; nothing where there is nothing to show. */
function blockOf(section: HomeSection, { store, goods, documents = [], coupons = [], rail = [] }: Found): HomeBlock[] {
  switch (section.kind) {
    case 'Banners': return store.banners.length === 0 ? [] : [{ kind: 'Banners', banners: store.banners }]
    case 'Ways': return [{ kind: 'Ways' }]
    case 'Coupons': return coupons.length === 0 ? [] : [{ kind: 'Coupons', coupons }]
    case 'Categories': return rail.length === 0 ? [] : [{ kind: 'Categories', title: section.title, categories: rail }]
    case 'Picture': return [section]
    case 'Goods': {
      const { title, layout, source } = section
      const cards = documents.flatMap(({ _id }) => goods.get(_id) ?? []).map(viewCard)
      return cards.length === 0 ? [] : [{ kind: 'Goods', title, layout, source, goods: cards }]
    }
  }
}
