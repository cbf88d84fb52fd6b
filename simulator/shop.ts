import { readFileSync } from 'node:fs'
import type { Database } from '../emulator/database/database.ts'
import { EJSON } from 'bson'
import type { Chance } from './engine/chance.ts'

/** A small shop in which goods run out quickly, as documents: the simulator knows them by their written form only. */
export interface Goods {
  id: string
  /** Price of one piece with the first choice of every group, in fen. */
  priceFen: number
  choiceIds: string[]
  /** Pieces at the beginning; null for what is made to order. */
  stock: number | null
}

interface CatalogProduct {
  id: string
  priceFen: number
  stock: number | null
  memberPriceFen?: number
  perDay?: number
  optionGroups: { min: number, choices: { id: string, deltaFen: number }[] }[]
}

const catalog = JSON.parse(readFileSync(new URL('../demo/catalog.json', import.meta.url), 'utf8')) as {
  store: { id: string, fees?: unknown }
  categories: { id: string }[]
  products: CatalogProduct[]
}

const countedGoods = 3
const madeToOrder = 1

/** Puts a store with a few goods, and its staff, into the database. */
export async function openShop(database: Database, chance: Chance): Promise<Goods[]> {
  const counted = catalog.products.filter(({ stock }) => stock !== null).slice(0, countedGoods)
  const unlimited = catalog.products.filter(({ stock, perDay }) => stock === null && perDay === undefined)
  const products = [...counted, ...unlimited.slice(0, madeToOrder)]
  const goods = products.map(product => goodsOf(product, product.stock === null ? null : chance.whole(1, 6)))
  // Customers here do the sums themselves: without fees and member prices, which the tests of prices are for.
  const { id, fees: _fees, ...store } = catalog.store
  await insert(database, 'stores', [{ ...store, _id: id, banners: [] }])
  await insert(database, 'categories', catalog.categories.map(({ id: _id, ...rest }) => ({ ...rest, _id })))
  await insert(database, 'products', products.map(({ id: _id, stock, memberPriceFen: _memberPriceFen, ...rest }) =>
    ({ ...rest, _id, onSale: true, counted: stock !== null })))
  await insert(database, 'stock', goods.filter(({ stock }) => stock !== null).map(({ id: _id, stock }) =>
    ({ _id, available: stock, supplied: stock, sold: 0, holds: [] })))
  await insert(database, 'staff', [{ _id: 'o-clerk', role: 'clerk', active: true }, { _id: 'o-owner', role: 'owner', active: true }])
  return goods
}

function goodsOf({ id, priceFen, optionGroups }: CatalogProduct, stock: number | null): Goods {
  const chosen = optionGroups.flatMap(({ min, choices }) => choices.slice(0, min))
  const choiceIds = chosen.map(choice => choice.id)
  return { id, stock, choiceIds, priceFen: chosen.reduce((sum, choice) => sum + choice.deltaFen, priceFen) }
}

async function insert(database: Database, collectionName: string, documents: object[]): Promise<void> {
  const data = documents.map(document => EJSON.stringify(document))
  const answer = await database.answer({ action: 'database.insertDocument', collectionName, data })
  if (answer.code) throw new Error(`The shop could not be opened: ${answer.message}`)
}
