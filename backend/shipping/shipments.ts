import type { ShipmentState, ShipmentView } from '../../contracts/shipping.ts'
import type { Change, Collection, Transaction } from '../database.ts'
import { assertMove } from '../machine.ts'
import type { OrderDocument } from '../order/orders.ts'
import { enqueue } from '../outbox/outbox.ts'
import type { World } from '../ports.ts'
import { logisticsTypeOf, nextLookAtMs, PAYMENT_KNOWN_AFTER_MS, shipmentMachine } from './rules.ts'
import type { LogisticsType, Parcel } from './rules.ts'

/** What of an order was handed over or sent, as WeChat has to know it. Its `_id` is the order's. */
export interface ShipmentDocument {
  _id: string
  storeId: string
  state: ShipmentState
  type: LogisticsType
  /** Empty where nothing is posted. */
  parcels: Parcel[]
  /** All orders in the same parcel, this one too, by their ids in order; absent where it is alone. */
  together?: string[]
  /** Counts what staff entered: an upload of an earlier entry has nothing to do any more. */
  entry: number
  enteredAtMs: number
  enteredBy: string
  shippedAtMs: number | null
  steps: { state: ShipmentState, atMs: number }[]
  /** When the timer should look whether the customer has it. */
  checkAtMs: number
}

export const shipments = (world: World): Collection<ShipmentDocument> => world.database.collection<ShipmentDocument>('shipments')

/** Moves a shipment along one edge, if it still stands where we think it does. True for the one caller that moved it. */
export async function moveShipment(
  world: World, { _id, state }: ShipmentDocument, to: ShipmentState, set: Partial<ShipmentDocument> = {},
): Promise<boolean> {
  return shipments(world).changeIf(_id, { state }, shipmentMoved(world, state, to, set))
}

/** The change that puts a shipment into a state, with its step. */
export function shipmentMoved(world: World, from: ShipmentState, to: ShipmentState, set: Partial<ShipmentDocument> = {}): Change {
  assertMove(shipmentMachine, from, to)
  return { set: { ...set, state: to }, push: { steps: { state: to, atMs: world.clock.nowMs() } } }
}

interface NewShipment { parcels: Parcel[], by: string, together?: string[] }

/**
 * Writes down, in the transaction that hands an order over, that it is, and that WeChat has to know. Where WeChat does not
 * hold the money back nobody has to tell it, and only what is posted is written down. Two documents.
 */
export async function enterShipment(
  world: World, transaction: Transaction, order: OrderDocument, { parcels, by, together }: NewShipment,
): Promise<void> {
  const type = logisticsTypeOf[order.fulfilment.kind]
  const { isTradeManaged } = world.settings
  if (!isTradeManaged && parcels.length === 0) return
  const nowMs = world.clock.nowMs()
  const entered = {
    _id: order._id, storeId: order.storeId, state: 'Entered' as const, type, parcels, entry: 1, enteredAtMs: nowMs, enteredBy: by,
    shippedAtMs: null, steps: [{ state: 'Entered' as const, atMs: nowMs }], checkAtMs: nextLookAtMs(type, nowMs, nowMs),
    ...(together ? { together } : {}),
  }
  await transaction.add<ShipmentDocument>('shipments', isTradeManaged ? entered : { ...entered, state: 'Shipped', shippedAtMs: nowMs })
  if (isTradeManaged) await enqueueUpload(world, transaction, order, 1)
}

/** One entry is uploaded under one id. A payment of the last minute is not known there yet. */
export async function enqueueUpload(world: World, transaction: Transaction, order: OrderDocument, entry: number): Promise<void> {
  const paidAtMs = order.steps.find(step => step.state === 'Paid')?.atMs ?? 0
  const atMs = Math.max(world.clock.nowMs(), paidAtMs + PAYMENT_KNOWN_AFTER_MS)
  await enqueue(world, transaction, { kind: 'UploadShipping', about: `${order._id}_${entry}`, order, payload: { entry }, atMs })
}

export function viewShipment({ _id: orderId, state, type, parcels, shippedAtMs, together = [] }: ShipmentDocument): ShipmentView {
  return { orderId, state, parcels, shippedAtMs, mayCorrect: type === 1 && (state === 'Entered' || state === 'Shipped'), together }
}
