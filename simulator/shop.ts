import { readFileSync } from 'node:fs'
import type { Database } from '../emulator/database/database.ts'
import { EJSON } from 'bson'
import type { Chance } from './engine/chance.ts'

/** A small shop in which goods run out quickly, as documents: the simulator knows them by their written form only. */
export interface Goods {
  id: string
  /** The first choice of every group that asks for one. */
  choiceIds: string[]
  /** Pieces on the shelf at the beginning; null for what nobody counts. */
  stock: number | null
}

interface CatalogProduct {
  id: string
  priceFen: number
  stock: number | null
  perDay?: number
  memberPriceFen?: number
  skus?: unknown[]
  parts?: unknown
  optionGroups: { min: number, choices: { id: string, deltaFen: number }[] }[]
}

const catalog = JSON.parse(readFileSync(new URL('../demo/catalog.json', import.meta.url), 'utf8')) as {
  store: { id: string, fees?: unknown }
  categories: { id: string }[]
  products: CatalogProduct[]
}

const countedGoods = 3
const plain = { zh: '', en: '' }

/** Puts a store with a few goods, coupons and staff into the database: fees, member prices and portions of a day in some seeds. */
export async function openShop(database: Database, chance: Chance): Promise<Goods[]> {
  const simple = catalog.products.filter(({ skus, parts }) => skus === undefined && parts === undefined)
  const counted = simple.filter(({ stock }) => stock !== null).slice(0, countedGoods)
  const made = simple.filter(({ stock, optionGroups }) => stock === null && optionGroups.length > 0)
  const [unlimited, daily] = made as [CatalogProduct, CatalogProduct]
  const products = [...counted, unlimited, daily]
  const goods = products.map(product => goodsOf(product, product.stock === null ? null : chance.whole(1, 6)))
  const { id: storeId, fees: _fees, ...store } = catalog.store
  const fees = chance.percent(50) ? { TakeAway: { packaging: { per: chance.pick(['Piece', 'Order']), feeFen: chance.whole(1, 150) } } } : {}
  await insert(database, 'stores', [{ ...store, _id: storeId, banners: [], fees, pointsPerYuan: chance.whole(1, 3) }])
  await insert(database, 'categories', catalog.categories.map(({ id: _id, ...rest }) => ({ ...rest, _id })))
  const portions = chance.whole(2, 12)
  await insert(database, 'products', products.map(product =>
    ({ ...onSale(product, chance), ...(product === daily ? { perDay: portions } : {}) })))
  await insert(database, 'stock', goods.filter(({ stock }) => stock !== null).map(({ id: _id, stock }) =>
    ({ _id, available: stock, supplied: stock, sold: 0, holds: [] })))
  await insert(database, 'couponTemplates', templates(storeId, products, chance))
  await insert(database, 'staff', [{ _id: 'o-clerk', role: 'clerk', active: true }, { _id: 'o-owner', role: 'owner', active: true }])
  return goods
}

function onSale({ id: _id, stock, ...rest }: CatalogProduct, chance: Chance) {
  const { perDay: _perDay, memberPriceFen: _memberPriceFen, ...product } = rest
  const member = chance.percent(30) ? { memberPriceFen: Math.max(1, product.priceFen - chance.whole(1, 400)) } : {}
  // Customers here carry everything away, whatever shelf it lies on.
  return { ...product, ...member, _id, soldCount: 0, onSale: true, counted: stock !== null, ways: ['TakeAway'] }
}

/** One for everybody, one with few pieces, one for some goods and new members. */
function templates(storeId: string, products: readonly CatalogProduct[], chance: Chance) {
  const common = { storeId, name: plain, takenCount: 0, claims: [], state: 'Open', revision: 1, createdAtMs: 0 }
  const days = { kind: 'AfterTaking', days: 7 }
  return [
    {
      ...common, _id: 'off', sortKey: '1', benefit: { kind: 'AmountOff', amountFen: chance.whole(1, 900) }, scope: { kind: 'All' },
      minimumFen: chance.pick([0, 1500]), audience: 'Members', period: days, totalMax: null, perPersonMax: chance.whole(1, 3),
    },
    {
      ...common, _id: 'few', sortKey: '2', benefit: { kind: 'PercentOff', percent: chance.whole(1, 99), capFen: chance.pick([null, 700]) },
      scope: { kind: 'All' }, minimumFen: 0, audience: 'Members', period: days, totalMax: chance.whole(1, 3), perPersonMax: 1,
    },
    {
      ...common, _id: 'new', sortKey: '3', benefit: { kind: 'AmountOff', amountFen: chance.whole(100, 3000) },
      scope: { kind: 'Products', productIds: products.slice(0, 2).map(({ id }) => id) }, minimumFen: 0, audience: 'NewMembers',
      period: days, totalMax: null, perPersonMax: 1,
    },
  ]
}

function goodsOf({ id, optionGroups }: CatalogProduct, stock: number | null): Goods {
  const choiceIds = optionGroups.flatMap(({ min, choices }) => choices.slice(0, min)).map(choice => choice.id)
  return { id, stock, choiceIds }
}

async function insert(database: Database, collectionName: string, documents: object[]): Promise<void> {
  const data = documents.map(document => EJSON.stringify(document))
  const answer = await database.answer({ action: 'database.insertDocument', collectionName, data })
  if (answer.code) throw new Error(`The shop could not be opened: ${answer.message}`)
}
