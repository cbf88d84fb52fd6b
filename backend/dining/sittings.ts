import type { BillPart, Round, RoundLine, SharedLine, SittingState, TableNews, TableNewsKind, TableTerms } from '../../contracts/dining.ts'
import type { Collection, Transaction } from '../database.ts'
import { assertMove } from '../machine.ts'
import type { World } from '../ports.ts'
import type { Piece } from '../stock/rules.ts'
import { NEWS_KEPT, REQUESTS_KEPT, sittingMachine } from './rules.ts'
import type { CallEntry } from './rules.ts'

/**
 * One sitting of guests, whole in one document: whoever polls reads this and nothing else, and whoever changes it does so on
 * the condition that its `version` is the one that was read.
 */
export interface SittingDocument {
  _id: string
  storeId: string
  version: number
  state: SittingState
  /** The first one names the sitting; `from` is the sitting that brought it, where tables were merged. */
  tables: { tableId: string, name: string, from: string }[]
  pay: 'First' | 'Later'
  terms: TableTerms
  people: number | null
  /** Who agreed to which terms, for how many, and when. */
  consents: { openid: string, people: number, terms: TableTerms, atMs: number }[]
  guests: Guest[]
  cartVersion: number
  cart: SharedLine[]
  rounds: RoundDocument[]
  bill: BillDocument | null
  /** How many bills there were: their numbers are 1 … bills. */
  bills: number
  chargedPeople: number
  calls: CallEntry[]
  news: TableNews[]
  newsCount: number
  /** The latest wishes that were carried out, so that each is carried out once. */
  requests: string[]
  mergedInto: string | null
  /** Sittings that were at these tables for a while and parted from them: phones of theirs still ask here. */
  partedFrom?: string[]
  left: { note: string, by: string, atMs: number, resolution?: string } | null
  steps: { state: SittingState, atMs: number, by?: string }[]
  sortKey: string
  openedAtMs: number
  updatedAtMs: number
  /** When the timer should look after it. */
  dueAtMs: number
}

export interface Guest { openid: string, number: number, linkId: string, from: string }

/** `from` is the sitting that sent it, `tableName` where it was sent from. */
export interface RoundDocument extends Omit<Round, 'lines' | 'totalFen'> {
  from: string
  tableName: string
  lines: RoundLine[]
  /** What was taken from shelves and from the day's portions, line by line. */
  pieces: Piece[][]
  /** What it took of a quarter of the kitchen, and how many points one piece of each line is; absent where nobody counts. */
  cooking?: { piece: Piece, pointsOfOne: number[] }
  requestId: string
  cartVersion: number
}

export interface BillDocument {
  number: number
  totalFen: number
  parts: BillPart[]
  /** What it covers. */
  roundIds: string[]
  people: number
}

export const sittings = (world: World): Collection<SittingDocument> => world.database.collection<SittingDocument>('sittings')

export type Update = Partial<Omit<SittingDocument, '_id' | 'version' | 'storeId'>>

/** What a rule says of a wish: nothing to do, a change, or why not. */
export type Verdict<Code extends string> = 'Same' | { set: Update } | { code: Code, detail?: { againAtMs: number } }

const ROUNDS_OF_RACE = 30

/**
 * Changes a sitting as `decide` says of the sitting as it is, again from the start when somebody else was quicker. Two
 * database operations. Null for a sitting that does not exist.
 */
export async function changeSitting<Code extends string>(
  world: World, sittingId: string, decide: (sitting: SittingDocument) => Verdict<Code>,
): Promise<SittingDocument | { code: Code, detail?: { againAtMs: number } } | null> {
  for (let round = 0; round < ROUNDS_OF_RACE; round += 1) {
    const sitting = await sittings(world).read(sittingId)
    if (!sitting) return null
    const verdict = decide(sitting)
    if (verdict === 'Same') return sitting
    if ('code' in verdict) return verdict
    const set = written(world, sitting, verdict.set)
    if (await sittings(world).changeIf(sittingId, { version: sitting.version }, { set })) return { ...sitting, ...set }
  }
  throw new Error(`Sitting ${sittingId} changes faster than it can be written.`)
}

/** The same inside a transaction that has read it. */
export async function writeSitting(
  world: World, transaction: Transaction, sitting: SittingDocument, update: Update,
): Promise<SittingDocument> {
  const set = written(world, sitting, update)
  await transaction.change('sittings', sitting._id, { set: { ...set } })
  return { ...sitting, ...set }
}

function written(world: World, sitting: SittingDocument, update: Update) {
  return { ...update, version: sitting.version + 1, updatedAtMs: world.clock.nowMs() }
}

/** The part of an update that moves a sitting along one edge. */
export function stepped(sitting: SittingDocument, to: SittingState, atMs: number, by?: string): Update {
  assertMove(sittingMachine, sitting.state, to)
  return { state: to, steps: [...sitting.steps, by === undefined ? { state: to, atMs } : { state: to, atMs, by }] }
}

/** The part of an update that tells everybody at the table something. */
export function told(sitting: SittingDocument, kind: TableNewsKind, item: Omit<TableNews, 'number' | 'kind'>): Update {
  const number = sitting.newsCount + 1
  return { news: [...sitting.news, { ...item, number, kind }].slice(-NEWS_KEPT), newsCount: number }
}

/** The part of an update that remembers a wish. */
export const carriedOut = (sitting: SittingDocument, requestId: string): Update =>
  ({ requests: [...sitting.requests, requestId].slice(-REQUESTS_KEPT) })

export const guestOf = (sitting: SittingDocument, openid: string): Guest | null =>
  sitting.guests.find(guest => guest.openid === openid) ?? null

export const tableNameOf = ({ tables }: Pick<SittingDocument, 'tables'>): string => tables.map(table => table.name).join('+')

/**
 * The sitting that a guest is at, also after tables were merged, or parted again. Null for whoever does not sit there. One
 * database operation for each sitting on the way.
 */
export async function seatedSitting(world: World, openid: string, sittingId: string): Promise<SittingDocument | null> {
  const sitting = await whereMerged(world, sittingId)
  if (!sitting || guestOf(sitting, openid)) return sitting
  for (const id of sitting.partedFrom ?? []) {
    const parted = await whereMerged(world, id)
    if (parted && guestOf(parted, openid)) return parted
  }
  return null
}

/** A sitting, or the one that it is part of by now. */
async function whereMerged(world: World, sittingId: string): Promise<SittingDocument | null> {
  let sitting = await sittings(world).read(sittingId)
  for (let hops = 0; hops < 5 && sitting?.state === 'Merged' && sitting.mergedInto !== null; hops += 1) {
    sitting = await sittings(world).read(sitting.mergedInto)
  }
  return sitting
}

/** A sitting of this store, for its staff. */
export async function ofStore(world: World, sittingId: string): Promise<SittingDocument | null> {
  const sitting = await sittings(world).read(sittingId)
  return sitting?.storeId === world.settings.storeId ? sitting : null
}
