import { readFileSync } from 'node:fs'
import type { Database } from '../emulator/database/database.ts'
import { EJSON } from 'bson'
import type { Chance } from './engine/chance.ts'

/** A small shop in which goods run out quickly, as documents: the simulator knows them by their written form only. */
export interface Goods {
  id: string
  /** Of goods that come in several kinds, the kind. */
  skuId?: string
  /** Where its pieces are counted, if anybody counts them. */
  shelfId: string
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
  store: { id: string, fees?: unknown, kitchen?: unknown }
  categories: { id: string }[]
  products: CatalogProduct[]
}

const countedGoods = 3
const plain = { zh: '', en: '' }
/** The code on the shop's one table. */
export const tableLink = 'link-of-table-1'

interface Width { isWide: boolean, beside: Chance }

/**
 * Puts a store with a few goods, coupons and staff into the database: fees, member prices and portions of a day in some seeds.
 * A wide shop also has goods in two sizes, a table, and somebody who brings things to people; `beside` draws what they cost.
 */
export async function openShop(database: Database, chance: Chance, { isWide, beside }: Width): Promise<Goods[]> {
  const simple = catalog.products.filter(({ skus, parts }) => skus === undefined && parts === undefined)
  const counted = simple.filter(({ stock }) => stock !== null).slice(0, countedGoods)
  const made = simple.filter(({ stock, optionGroups }) => stock === null && optionGroups.length > 0)
  const [unlimited, daily] = made as [CatalogProduct, CatalogProduct]
  const products = [...counted, unlimited, daily]
  const simpleGoods = products.map(product => goodsOf(product, product.stock === null ? null : chance.whole(1, 6)))
  const sized = isWide ? drawSized(beside) : null
  const goods = [...simpleGoods, ...sized?.goods ?? []]
  const { id: storeId, fees: _fees, kitchen: _kitchen, ...store } = catalog.store
  const fees = chance.percent(50) ? { TakeAway: { packaging: { per: chance.pick(['Piece', 'Order']), feeFen: chance.whole(1, 150) } } } : {}
  const wideFees = isWide ? drawWideFees(beside) : {}
  await insert(database, 'stores', [{ ...store, _id: storeId, banners: [], fees: { ...fees, ...wideFees }, pointsPerYuan: chance.whole(1, 3) }])
  await insert(database, 'categories', catalog.categories.map(({ id: _id, ...rest }) => ({ ...rest, _id })))
  const portions = chance.whole(2, 12)
  await insert(database, 'products', products.map(product =>
    ({ ...onSale(product, chance), ...(product === daily ? { perDay: portions } : {}) })))
  if (sized) await insert(database, 'products', [sized.product])
  await insert(database, 'tables', [{ _id: 'table-1', storeId, name: 'A1', sort: 1 }])
  await insert(database, 'links', [{ _id: tableLink, kind: 'Table', storeId, tableId: 'table-1' }])
  await insert(database, 'stock', goods.filter(({ stock }) => stock !== null).map(({ shelfId: _id, stock }) =>
    ({ _id, available: stock, supplied: stock, sold: 0, holds: [] })))
  await insert(database, 'couponTemplates', templates(storeId, products, chance, isWide ? beside.pick([1, 7]) : 7))
  await insert(database, 'staff', [{ _id: 'o-clerk', role: 'clerk', active: true }, { _id: 'o-owner', role: 'owner', active: true }])
  return goods
}

function onSale({ id: _id, stock, ...rest }: CatalogProduct, chance: Chance) {
  const { perDay: _perDay, memberPriceFen: _memberPriceFen, ...product } = rest
  const member = chance.percent(30) ? { memberPriceFen: Math.max(1, product.priceFen - chance.whole(1, 400)) } : {}
  return { ...product, ...member, _id, soldCount: 0, onSale: true, counted: stock !== null, ways: allWays }
}

/** Everything here goes every way, whatever shelf it lies on. */
const allWays = ['TakeAway', 'DineIn', 'Delivery']

/** One thing in two sizes, each with its own price and shelf. */
function drawSized(chance: Chance): { product: object, goods: Goods[] } {
  const id = 'tea-in-two-sizes'
  const template = catalog.products[0] as CatalogProduct
  const value = (of: string) => ({ id: of, name: plain })
  const priceFen = chance.whole(500, 3_000)
  const skus = [
    { id: 'small', valueIds: ['v-small'], priceFen, ...chance.percent(50) ? { memberPriceFen: priceFen - chance.whole(1, 200) } : {} },
    { id: 'large', valueIds: ['v-large'], priceFen: priceFen + chance.whole(1, 900) },
  ]
  const { stock: _stock, perDay: _perDay, memberPriceFen: _memberPriceFen, parts: _parts, ...rest } = template
  const product = {
    ...rest, _id: id, kind: 'Menu', optionGroups: [], specs: [{ id: 'size', name: plain, values: [value('v-small'), value('v-large')] }], skus,
    soldCount: 0, onSale: true, counted: true, ways: allWays,
  }
  const goods = skus.map(({ id: skuId }): Goods => ({ id, skuId, shelfId: `${id}:${skuId}`, choiceIds: [], stock: chance.whole(1, 5) }))
  return { product, goods }
}

/** At the table cutlery beyond the first set; on the way to people packaging and a fee that large orders do not pay. */
function drawWideFees(chance: Chance) {
  const delivery = { kind: 'Fixed', feeFen: chance.whole(100, 600), freeFromFen: chance.pick([null, 4_000]) }
  return {
    DineIn: { utensils: { freeSets: 1, feeFen: chance.whole(1, 50) } },
    Delivery: { delivery, ...chance.percent(50) ? { packaging: { per: chance.pick(['Piece', 'Order']), feeFen: chance.whole(1, 150) } } : {} },
  }
}

/** One for everybody, one with few pieces, one for some goods and new members. */
function templates(storeId: string, products: readonly CatalogProduct[], chance: Chance, goodDays: number) {
  const common = { storeId, name: plain, takenCount: 0, claims: [], state: 'Open', revision: 1, createdAtMs: 0 }
  const days = { kind: 'AfterTaking', days: goodDays }
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
  return { id, shelfId: id, stock, choiceIds }
}

async function insert(database: Database, collectionName: string, documents: object[]): Promise<void> {
  const data = documents.map(document => EJSON.stringify(document))
  const answer = await database.answer({ action: 'database.insertDocument', collectionName, data })
  if (answer.code) throw new Error(`The shop could not be opened: ${answer.message}`)
}
