import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import sdk from 'wx-server-sdk'
import type { Database, Transaction } from '../backend/database.ts'
import { reserve, sell, stock } from '../backend/stock/stock.ts'

const PRODUCT = { productId: 'the-one-item', quantity: 1 }

/** A way to take one piece for a buyer and to sell it. `take` throws when it gave up; the buyer then taps again. */
export interface Design {
  name: string
  take(buyer: string): Promise<'Reserved' | 'Short'>
  sell(buyer: string): Promise<void>
}

/** What one design needed. */
export interface Found {
  design: string
  sold: number
  short: number
  /** Rounds that another writer made worthless. */
  conflicts: number
  /** Taps of buyers who were told to try again. */
  retries: number
  /** Requests to the database, the SDK's own repeats among them. */
  requests: number
}

/** The shop's own: one conditional update, the hold inside the stock document. */
export function holdsInside(database: Database): Design {
  return {
    name: 'hold inside the stock document',
    take: buyer => reserve(database, PRODUCT, buyer, Date.now()),
    sell: buyer => sell(database, PRODUCT, buyer),
  }
}

/** The shop has no such collection. The SDK must have been opened. */
export const addHolds = async (): Promise<void> => { await sdk.database().createCollection('holds') }

interface HoldRow { _id: string, state: 'Held' | 'Sold' }
interface Shelf { _id: string, available: number, sold: number }

/** The obvious other: a transaction over the stock document and a row for each hold. */
export function holdsBeside(database: Database, onRound: () => void): Design {
  const round = <T>(work: (transaction: Transaction) => Promise<T>) => database.transact((transaction) => {
    onRound()
    return work(transaction)
  })
  return {
    name: 'transaction over stock and hold',
    take: buyer => round(async (transaction) => {
      const shelf = await transaction.read<Shelf>('stock', PRODUCT.productId)
      if (!shelf || shelf.available < PRODUCT.quantity) return 'Short'
      await transaction.change('stock', shelf._id, { inc: { available: -PRODUCT.quantity } })
      await transaction.add<HoldRow>('holds', { _id: buyer, state: 'Held' })
      return 'Reserved'
    }),
    sell: buyer => round(async (transaction) => {
      const hold = await transaction.read<HoldRow>('holds', buyer)
      if (hold?.state !== 'Held') return
      await transaction.change('holds', buyer, { set: { state: 'Sold' } })
      await transaction.change('stock', PRODUCT.productId, { inc: { sold: PRODUCT.quantity } })
    }),
  }
}

/** Puts `pieces` on the shelf and lets `buyers` take one each at the same moment, tapping again whenever they are told to. */
export async function measure(
  database: Database, pieces: number, buyers: number, designOf: (onRound: () => void) => Design,
): Promise<Found> {
  await stock(database).remove(PRODUCT.productId)
  await stock(database).add({ _id: PRODUCT.productId, available: pieces, supplied: pieces, sold: 0, holds: [] })
  let rounds = 0
  let commits = 0
  let retries = 0
  const design = designOf(() => { rounds += 1 })
  const insist = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        const result = await work()
        commits += 1
        return result
      } catch (error) {
        if (!/conflict/i.test(String(error))) throw error
        retries += 1
      }
    }
  }
  const counted = countRequests()
  const answers = await Promise.all(Array.from({ length: buyers }, async (_, index) => {
    const answer = await insist(() => design.take(`buyer-${index}`))
    if (answer === 'Reserved') await insist(() => design.sell(`buyer-${index}`))
    return answer
  }))
  const requests = counted.stop()
  const sold = answers.filter(answer => answer === 'Reserved').length
  const shelf = await stock(database).read(PRODUCT.productId)
  if (sold !== shelf?.sold || shelf.available !== pieces - sold) {
    throw new Error(`${design.name}: ${sold} were sold, the shelf says ${JSON.stringify(shelf)}.`)
  }
  return { design: design.name, sold, short: buyers - sold, conflicts: Math.max(0, rounds - commits), retries, requests }
}

function countRequests() {
  let requests = 0
  const onRequest = () => { requests += 1 }
  subscribe('http.client.request.start', onRequest)
  return { stop: () => { unsubscribe('http.client.request.start', onRequest); return requests } }
}
