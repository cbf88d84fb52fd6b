import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Banner } from '../contracts/catalog.ts'
import type { CategoryDocument, ProductDocument } from '../backend/catalog/products.ts'
import type { LinkDocument, TableDocument } from '../backend/link/links.ts'
import type { StaffDocument } from '../backend/member/members.ts'
import { sortKeyOf } from '../backend/order/rules.ts'
import type { CouponTemplateDocument } from '../backend/promotion/coupon/templates.ts'
import type { StockDocument } from '../backend/stock/stock.ts'
import type { StoreDocument } from '../backend/store/stores.ts'
import type { AdminCloud } from './adminCloud.ts'

type Kept<D extends { _id: string }> = Omit<D, '_id'> & { id: string }

/** demo/catalog.json: the demo shop as a merchant would describe it. */
export interface DemoCatalog {
  store: Omit<Kept<StoreDocument>, 'banners'>
  banners: Banner[]
  categories: Kept<CategoryDocument>[]
  products: (Omit<Kept<ProductDocument>, 'onSale' | 'counted'> & { stock: number | null })[]
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
  for (const { id, ...category } of catalog.categories) await cloud.set('categories', id, category)
  for (const product of catalog.products) await stockProduct(cloud, product, await upload(product.picture))
  for (const template of catalog.couponTemplates) await offerCoupon(cloud, template, catalog.store.id)
  for (const { id, ...table } of catalog.tables) await cloud.set('tables', id, { ...table, storeId: catalog.store.id })
  for (const { id, ...link } of catalog.links) await cloud.set('links', id, { ...link, storeId: catalog.store.id })
  for (const { _id, ...staff } of demoStaff) await cloud.set('staff', _id, staff)
  const banners = await Promise.all(catalog.banners.map(async banner => ({ ...banner, picture: await upload(banner.picture) })))
  const { id, ...store } = catalog.store
  await cloud.set('stores', id, { ...store, picture: await upload(store.picture), banners })
  return 'Stocked'
}

async function stockProduct(cloud: AdminCloud, product: DemoCatalog['products'][number], picture: string): Promise<void> {
  const { id, stock, ...rest } = product
  await cloud.set('products', id, { ...rest, picture, onSale: true, counted: stock !== null })
  if (stock === null) return
  const document: Omit<StockDocument, '_id'> = { available: stock, supplied: stock, sold: 0, holds: [] }
  await cloud.set('stock', id, { ...document })
}

async function offerCoupon(cloud: AdminCloud, template: DemoCatalog['couponTemplates'][number], storeId: string): Promise<void> {
  const { id, ...rest } = template
  const createdAtMs = Date.now()
  await cloud.set('couponTemplates', id, { ...rest, ...untouched, storeId, createdAtMs, sortKey: sortKeyOf(createdAtMs, id) })
}

function uploader(cloud: AdminCloud) {
  return async (picture: string) => cloud.upload(picture, await readFile(path.join(here, 'pictures', picture)))
}
