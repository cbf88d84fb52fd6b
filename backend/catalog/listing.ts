import type { ProductDocument } from './products.ts'

/**
 * Where goods stand in a list, by each of its orders. Every key is unique, so that a page can go on exactly after the last
 * one; all digits and one id, as a cursor has to be.
 */
export interface ListingKeys { sort: string, sales: string, price: string, added: string }

const key = (value: number, id: string): string => `${String(Math.max(0, Math.round(value))).padStart(14, '0')}_${id}`

/** The keys of goods as they are now: made by whatever writes goods. */
export function keysOf(product: Pick<ProductDocument, '_id' | 'sort' | 'soldCount' | 'priceFen' | 'addedAtMs'>): ListingKeys {
  const { _id, sort, soldCount, priceFen, addedAtMs = 0 } = product
  return { sort: key(sort, _id), sales: key(soldCount, _id), price: key(priceFen, _id), added: key(addedAtMs, _id) }
}
