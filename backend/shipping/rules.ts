import type { FulfilmentKind } from '../../contracts/order.ts'
import type { ShipmentState } from '../../contracts/shipping.ts'
import type { Machine } from '../machine.ts'

/** What WeChat calls logistics types: express, city delivery, virtual goods, picked up by the customer. */
export type LogisticsType = 1 | 2 | 3 | 4

export const shipmentMachine: Machine<ShipmentState> = {
  name: 'shipment',
  initial: 'Entered',
  edges: {
    Entered: { Shipped: 'WeChat has taken it', Received: 'the customer has it', Void: 'all of its money went back' },
    Shipped: { Correcting: 'staff mend what they entered, once', Received: 'the customer has it', Void: 'all of its money went back' },
    Correcting: { Corrected: 'WeChat has taken the correction', Received: 'the customer has it', Void: 'all of its money went back' },
    Corrected: { Received: 'the customer has it', Void: 'all of its money went back' },
    Received: {},
    Void: {},
  },
}

/** The states in which nobody has said yet that the customer has it. */
export const ON_ITS_WAY = ['Entered', 'Shipped', 'Correcting', 'Corrected'] as const satisfies readonly ShipmentState[]

/** What is made at the bar is picked up there, at a table as well. */
export const logisticsTypeOf: Record<FulfilmentKind, LogisticsType> = {
  DineIn: 4, TakeAway: 4, PickUp: 4, Virtual: 3, Delivery: 2, Express: 1,
}

/** It goes to the customer's door, who alone knows whether it has arrived. */
export const isSentOff = (kind: FulfilmentKind): boolean => kind === 'Express' || kind === 'Delivery'

/** Shipping management hears of a payment 10 s to a minute late, and refuses with 10060001 until then. */
export const PAYMENT_KNOWN_AFTER_MS = 60_000

const DAY_MS = 24 * 3_600_000
/** WeChat takes an order for received so long after it was shipped: express, and every other way. */
const RECEIVED_AFTER_MS = { express: 10 * DAY_MS, other: 2 * DAY_MS }
/** Beyond WeChat's own term, for the case that WeChat never answers. */
const GRACE_MS = DAY_MS

/** When an order counts as received although nobody said so. */
export const receivedByItselfAtMs = (type: LogisticsType, shippedAtMs: number): number =>
  shippedAtMs + (type === 1 ? RECEIVED_AFTER_MS.express : RECEIVED_AFTER_MS.other) + GRACE_MS

/** When to ask WeChat next: daily, so that what is confirmed in WeChat shows, and as soon as its term is over. */
export function nextLookAtMs(type: LogisticsType, shippedAtMs: number, nowMs: number): number {
  const termAtMs = receivedByItselfAtMs(type, shippedAtMs) - GRACE_MS
  // A picked-up order is asked about once: its term is shorter than anybody's patience.
  return nowMs < termAtMs ? (type === 1 ? Math.min(nowMs + DAY_MS, termAtMs) : termAtMs) : nowMs + GRACE_MS / 4
}

interface Pieces { line: number, quantity: number }
/** A parcel; `lines` says which pieces are in it. */
export interface Parcel { company: string, trackingNumber: string, lines: Pieces[] }
/** A parcel as staff enter it. */
export interface GivenParcel { company: string, trackingNumber: string, lines?: Pieces[] | undefined }

/**
 * Parcels with their contents; null when they do not carry exactly what is left of the order. One parcel carries all of it
 * unless told, and of several each says what is in it.
 */
export function packed(leftPieces: readonly number[], given: readonly GivenParcel[]): Parcel[] | null {
  if (new Set(given.map(parcel => parcel.trackingNumber)).size < given.length) return null
  const everything = leftPieces.flatMap((quantity, line) => quantity > 0 ? [{ line, quantity }] : [])
  const untold = given.length === 1 ? everything : []
  const parcels = given.map(({ company, trackingNumber, lines = untold }) => ({ company, trackingNumber, lines }))
  const inside = leftPieces.map(() => 0)
  for (const { line, quantity } of parcels.flatMap(parcel => parcel.lines)) {
    if (line >= inside.length) return null
    inside[line]! += quantity
  }
  const isComplete = everything.length > 0 && parcels.every(parcel => parcel.lines.length > 0)
  return isComplete && inside.every((quantity, line) => quantity === leftPieces[line]) ? parcels : null
}

/**
 * What becomes of a correction of a parcel, by the shipments that are in it. WeChat takes one for each, so one that is used up
 * ends it for all; what is with its customer is not corrected any more, and what went back does not count.
 */
export function judgeCorrection(inside: readonly ShipmentState[]): 'Correct' | 'ShippingCorrected' | 'ShippingOver' {
  const open = inside.filter(state => state !== 'Void')
  if (open.length === 0 || open.includes('Received')) return 'ShippingOver'
  return open.every(state => state === 'Entered' || state === 'Shipped') ? 'Correct' : 'ShippingCorrected'
}

/** Of an order that is posted, what says to whom. */
export interface Posted { openid: string, receiver: { name: string, phone: string, address: string } }

/** Whether one parcel can carry all of them: one customer, and one name, number and address on the label, however they are spaced. */
export function fitOneParcel(orders: readonly Posted[]): boolean {
  const labels = orders.map(({ openid, receiver: { name, phone, address } }) =>
    [openid, ...[name, phone, address].map(text => text.replace(/\s/g, ''))].join('\n'))
  return new Set(labels).size <= 1
}

export const isSame = (one: readonly Parcel[], other: readonly Parcel[]): boolean => JSON.stringify(one) === JSON.stringify(other)

/** At most 120 characters, with an end that shows that there is more. Source: upload_shipping_info, item_desc. */
export function describe(lines: readonly { name: { zh: string } }[], inside: Parcel['lines']): string {
  const text = [...inside.map(({ line, quantity }) => `${lines[line]!.name.zh}*${quantity}`).join(';')]
  return text.length <= 120 ? text.join('') : `${text.slice(0, 119).join('')}…`
}

/** `138****1234`: the form that companies take which deliver to nobody without a number. Null for what is no number. */
export function masked(phone: string): string | null {
  const digits = phone.replace(/[^0-9]/g, '')
  return digits.length < 7 ? null : `${digits.slice(0, 3)}****${digits.slice(-4)}`
}

/** What WeChat says of an entry. `Compare`: it has one already, and only looking tells whether it is this one. */
export type UploadVerdict = 'Taken' | 'Compare' | 'Refused'

/**
 * 10060002: shipped and done; 10060003: the one correction is used up; 10060023: nothing new. Each is also what comes back
 * for an entry whose first answer was lost.
 */
export function judgeUpload(answer: { ok: true } | { ok: false, errcode: number | null }): UploadVerdict {
  if (answer.ok) return 'Taken'
  return answer.errcode === 10060002 || answer.errcode === 10060003 || answer.errcode === 10060023 ? 'Compare' : 'Refused'
}

/** Whether what WeChat has is what we entered. */
export function isAtWeChat(
  entered: { type: LogisticsType, parcels: readonly { trackingNumber: string }[] },
  there: { state: string, type: number | null, trackingNumbers: readonly string[] },
): boolean {
  const numbers = entered.parcels.map(parcel => parcel.trackingNumber).filter(number => number !== '')
  return there.state !== 'ToShip' && there.type === entered.type
    && numbers.length === there.trackingNumbers.length && numbers.every(number => there.trackingNumbers.includes(number))
}

/** What the timer makes of an order on its way; `atWeChat` is null when it was not asked or gave no answer. */
export function judgeReceipt({ order, atWeChat, type, shippedAtMs, nowMs }: {
  order: 'Ready' | 'Collected' | 'Refunded' | 'Other'
  atWeChat: 'ToShip' | 'Shipped' | 'Received' | 'Refunded' | null
  type: LogisticsType
  /** Null while WeChat has not taken the entry. */
  shippedAtMs: number | null
  nowMs: number
}): 'Received' | 'Void' | 'Shipped' | 'Wait' {
  if (order === 'Refunded') return 'Void'
  if (order === 'Collected' || atWeChat === 'Received') return 'Received'
  if (shippedAtMs === null) return atWeChat === 'Shipped' ? 'Shipped' : 'Wait'
  return nowMs >= receivedByItselfAtMs(type, shippedAtMs) && atWeChat !== 'Refunded' ? 'Received' : 'Wait'
}
