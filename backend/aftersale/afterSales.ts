import type { AfterSaleReason, AfterSaleState, AfterSaleView, RefundShare, RefundWish } from '../../contracts/afterSale.ts'
import type { Localized } from '../../contracts/catalog.ts'
import type { AfterSaleForStaff } from '../../contracts/merchant.ts'
import type { Change, Collection } from '../database.ts'
import { shortIdOf } from '../order/rules.ts'
import type { World } from '../ports.ts'
import { DECLINES_MAX } from './rules.ts'

/** A customer's request for money back. One order has at most one that is open, and keeps the number of them. */
export interface AfterSaleDocument {
  _id: string
  orderId: string
  openid: string
  storeId: string
  state: AfterSaleState
  /** The wish that made it, or asked for it again. */
  requestId: string
  wish: RefundWish
  lines: (RefundShare & { name: Localized })[]
  feesFen: number
  amountFen: number
  approvedFen: number | null
  reason: AfterSaleReason
  text: string
  photos: string[]
  /** WeChat could not look at words and photos: staff are told before they do. */
  isUnchecked?: boolean
  answer: string
  /** Noes so far, over this and the withdrawn requests before it. */
  declines: number
  /** Of the order, so that staff's list needs no other document. */
  pickupNumber: string | null
  orderTotalFen: number
  shelfLines: number[]
  /** `by` is whoever moved it. */
  steps: { state: AfterSaleState, atMs: number, by: string }[]
  /** When it was asked for, the last time. */
  requestedAtMs: number
  sortKey: string
  updatedAtMs: number
}

export const afterSales = (world: World): Collection<AfterSaleDocument> => world.database.collection<AfterSaleDocument>('afterSales')

export const afterSaleIdOf = (orderId: string, number: number): string => `${orderId}_${number}`

/** The change that puts a request into a state, with its step. */
export function movedTo(world: World, to: AfterSaleState, by: string, set: Partial<AfterSaleDocument> = {}): Change {
  const nowMs = world.clock.nowMs()
  return { set: { ...set, state: to, updatedAtMs: nowMs }, push: { steps: { state: to, atMs: nowMs, by } } }
}

/** A request as its customer may see it. */
export function viewAfterSale(request: AfterSaleDocument): AfterSaleView {
  const { orderId, state, lines, feesFen, amountFen, approvedFen, reason, text, photos, answer } = request
  return {
    id: request._id, orderId, state, kind: request.wish.kind, lines, feesFen, amountFen, approvedFen, reason, text, photos, answer,
    triesLeft: Math.max(0, DECLINES_MAX - request.declines),
    requestedAtMs: request.requestedAtMs,
  }
}

export function viewForStaff(request: AfterSaleDocument): AfterSaleForStaff {
  const { pickupNumber, orderTotalFen, shelfLines, isUnchecked = false } = request
  const shortId = shortIdOf(request.orderId)
  return { ...viewAfterSale(request), pickupNumber, orderTotalFen, shelfLines, isUnchecked, shortId }
}

/**
 * Puts links in the place of the file ids of photos, which only their customer and the shop's staff may see. One question to
 * the storage for all of them, and none where there are no photos. A photo that is gone is left out.
 */
export async function withPhotos<View extends { photos: string[] }>(world: World, views: readonly View[]): Promise<View[]> {
  const ids = views.flatMap(view => view.photos)
  const links = ids.length === 0 ? new Map<string, string>() : await world.files.links(ids)
  return views.map(view => ({ ...view, photos: view.photos.flatMap(id => links.get(id) ?? []) }))
}

/** One view with its photos. */
export async function withItsPhotos<View extends { photos: string[] }>(world: World, view: View): Promise<View> {
  return (await withPhotos(world, [view]))[0]!
}
