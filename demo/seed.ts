import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { filesOfPicture } from '../contracts/picture.ts'
import type { Banner, Localized } from '../contracts/catalog.ts'
import { keysOf } from '../backend/catalog/listing.ts'
import { cleanRichText } from '../backend/catalog/richText.ts'
import type { CategoryDocument, ProductDocument } from '../backend/catalog/products.ts'
import type { LinkDocument, TableDocument } from '../backend/link/links.ts'
import type { StaffDocument } from '../backend/member/members.ts'
import { sortKeyOf } from '../backend/order/rules.ts'
import type { CouponTemplateDocument } from '../backend/promotion/coupon/templates.ts'
import { entryOf } from '../backend/search/indexGoods.ts'
import { GOODS_INDEX } from '../backend/search/searchIndex.ts'
import { stockIdOf } from '../backend/stock/rules.ts'
import type { StockDocument } from '../backend/stock/stock.ts'
import type { StoreDocument } from '../backend/store/stores.ts'
import type { AdminCloud } from './adminCloud.ts'
import { seedReviews } from './reviews.ts'
import type { Upload } from './reviews.ts'

type Kept<D extends { _id: string }> = Omit<D, '_id'> & { id: string }

/** Pieces at the beginning: of the product, or of each SKU where it has any; null for what nobody counts. */
interface DemoProduct extends Omit<Kept<ProductDocument>, 'onSale' | 'counted' | 'skus' | 'keys'> {
  stock: number | null
  skus?: (NonNullable<ProductDocument['skus']>[number] & { stock: number })[]
  /** More pictures and rich text, for its own page. */
  pictures?: string[]
  description?: Localized
}

/** demo/catalog.json: the demo shop as a merchant would describe it. */
export interface DemoCatalog {
  store: Omit<Kept<StoreDocument>, 'banners'>
  /** Its other stores: goods and banners are those of the first, pieces and tables their own. */
  branches: (Omit<Kept<StoreDocument>, 'banners'> & { pieces: number, tables: { id: string, name: string, linkId: string }[] })[]
  banners: Banner[]
  categories: Kept<CategoryDocument>[]
  products: DemoProduct[]
  couponTemplates: Omit<Kept<CouponTemplateDocument>, keyof typeof untouched | 'storeId' | 'createdAtMs' | 'sortKey'>[]
  tables: Omit<Kept<TableDocument>, 'storeId'>[]
  links: Omit<Kept<LinkDocument>, 'storeId'>[]
}

/** A template that nobody has taken anything from. */
const untouched = { takenCount: 0, claims: [], state: 'Open', revision: 1 } satisfies Partial<CouponTemplateDocument>

const here = path.dirname(fileURLToPath(import.meta.url))
export const demoCatalog = JSON.parse(readFileSync(path.join(here, 'catalog.json'), 'utf8')) as DemoCatalog

/** Who may do what in the demo shop. */
export const demoStaff: StaffDocument[] = [
  { _id: 'o-owner', role: 'owner', active: true },
  { _id: 'o-clerk', role: 'clerk', active: true },
]

/**
 * Stocks an empty local cloud with the demo shop: documents through the SDK, pictures into the cloud's storage. The store
 * is written last, so a run that was broken off is done again; a stocked cloud is left as it is.
 */
export async function seedDemo(cloud: AdminCloud, catalog: DemoCatalog = demoCatalog): Promise<'Stocked' | 'WasStocked'> {
  if (await cloud.has('stores', catalog.store.id)) return 'WasStocked'
  const upload = uploader(cloud)
  await seedCategories(cloud, catalog, upload)
  for (const product of catalog.products) await stockProduct(cloud, product, upload)
  await indexGoods(cloud, catalog)
  await seedReviews(cloud, upload)
  for (const template of catalog.couponTemplates) await offerCoupon(cloud, template, catalog.store.id)
  for (const { id, ...table } of catalog.tables) await cloud.set('tables', id, { ...table, storeId: catalog.store.id })
  for (const { id, ...link } of catalog.links) await cloud.set('links', id, { ...link, storeId: catalog.store.id })
  for (const { _id, ...staff } of demoStaff) await cloud.set('staff', _id, staff)
  const banners = await Promise.all(catalog.banners.map(async banner => ({ ...banner, picture: await upload(banner.picture) })))
  for (const branch of catalog.branches) await openBranch(cloud, branch, { upload, catalog, banners })
  const { id, ...store } = catalog.store
  const sections = await Promise.all((store.sections ?? []).map(async section =>
    section.kind === 'Picture' ? { ...section, picture: await upload(section.picture) } : section))
  await cloud.set('stores', id, { ...store, picture: await upload(store.picture), banners, sections })
  return 'Stocked'
}

interface Opening { upload: Upload, catalog: DemoCatalog, banners: Banner[] }

/** Another store, with some pieces of all that is counted and codes on its tables. */
async function openBranch(cloud: AdminCloud, branch: DemoCatalog['branches'][number], { upload, catalog, banners }: Opening): Promise<void> {
  const { id: storeId, pieces, tables, ...store } = branch
  const counted = catalog.products.flatMap(({ id: productId, stock, skus = [] }) =>
    skus.length > 0 ? skus.map(sku => ({ productId, skuId: sku.id, storeId })) : stock === null ? [] : [{ productId, storeId }])
  for (const source of counted) await fillShelf(cloud, stockIdOf(source), pieces)
  for (const { id, name, linkId } of tables) {
    await cloud.set('tables', id, { name, storeId })
    await cloud.set('links', linkId, { kind: 'Table', tableId: id, storeId })
  }
  await cloud.set('stores', storeId, { ...store, picture: await upload(store.picture), banners })
}

async function stockProduct(cloud: AdminCloud, product: DemoProduct, upload: Upload): Promise<void> {
  const { id, stock, skus: given = [], pictures = [], description, ...rest } = product
  const skus = await Promise.all(given.map(async ({ stock: _stock, ...sku }) =>
    sku.picture === undefined ? sku : { ...sku, picture: await upload(sku.picture) }))
  const addedAtMs = openedAtMs + product.sort * 3_600_000
  const kept = {
    ...rest, picture: await upload(product.picture), onSale: true, counted: stock !== null || skus.length > 0, addedAtMs,
    keys: keysOf({ _id: id, sort: product.sort, soldCount: product.soldCount, priceFen: product.priceFen, addedAtMs }),
  }
  await cloud.set('products', id, skus.length === 0 ? kept : { ...kept, skus })
  if (description) await seedDetails(cloud, id, { pictures: await Promise.all(pictures.map(upload)), description })
  if (skus.length > 0) for (const sku of given) await fillShelf(cloud, stockIdOf({ productId: id, skuId: sku.id }), sku.stock)
  else if (stock !== null) await fillShelf(cloud, stockIdOf({ productId: id }), stock)
}

async function fillShelf(cloud: AdminCloud, stockId: string, pieces: number): Promise<void> {
  const document: Omit<StockDocument, '_id'> = { available: pieces, supplied: pieces, sold: 0, holds: [] }
  await cloud.set('stock', stockId, { ...document })
}

/** When the demo shop opened: goods came in one after the other since. */
const openedAtMs = Date.UTC(2026, 0, 1)

/** In the strip of the mall, a category looks like the first of its goods. */
async function seedCategories(cloud: AdminCloud, { categories, products }: DemoCatalog, upload: Upload): Promise<void> {
  for (const { id, ...category } of categories) {
    const first = products.find(product => product.categoryId === id)
    await cloud.set('categories', id, first && category.kind === 'Mall' ? { ...category, picture: await upload(first.picture) } : category)
  }
}

async function seedDetails(cloud: AdminCloud, id: string, details: { pictures: string[], description: Localized }): Promise<void> {
  const { pictures, description } = details
  const clean = { zh: cleanRichText(description.zh), en: cleanRichText(description.en) }
  await cloud.set('productDetails', id, { pictures, description: clean })
}

async function indexGoods(cloud: AdminCloud, { products, categories }: DemoCatalog): Promise<void> {
  const named = categories.map(({ id, name }) => ({ _id: id, name }))
  const entries = products.map(({ id, ...product }) => entryOf({ _id: id, ...product }, named))
  await cloud.set('searchIndexes', GOODS_INDEX, { entries, builtAtMs: Date.now() })
}

async function offerCoupon(cloud: AdminCloud, template: DemoCatalog['couponTemplates'][number], storeId: string): Promise<void> {
  const { id, ...rest } = template
  const createdAtMs = Date.now()
  await cloud.set('couponTemplates', id, { ...rest, ...untouched, storeId, createdAtMs, sortKey: sortKeyOf(createdAtMs, id) })
}

function uploader(cloud: AdminCloud): Upload {
  return async (picture) => {
    const ids = await Promise.all(filesOfPicture(picture).map(async file => cloud.upload(file, await readFile(path.join(here, 'pictures', file)))))
    return ids.at(-1)!
  }
}
