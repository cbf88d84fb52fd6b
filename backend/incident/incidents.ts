import type { IncidentKind, IncidentView } from '../../contracts/merchant.ts'
import type { Role } from '../../contracts/member.ts'
import { oneOf } from '../database.ts'
import type { Collection, Transaction, Where } from '../database.ts'
import { shortIdOf, sortKeyOf } from '../order/rules.ts'
import type { World } from '../ports.ts'
import type { IncidentState } from './rules.ts'

/** Money that does not match its order: kept until a person has looked. What to do about each kind is told by the page. */
export interface IncidentDocument {
  _id: string
  kind: IncidentKind
  state: IncidentState
  /** Of the order that it is about. Null where it is no single store's, as a missing bill, and absent on those from before: the owner's. */
  storeId?: string | null
  orderId: string
  outTradeNo: string
  amountFen: number
  expectedFen: number
  /** What WeChat said, for whoever has to compare. */
  facts: object
  /** When the owner had it tried again, while that is under way. */
  retriedAtMs?: number | null
  /** Set when it is resolved. */
  note: string
  resolvedBy: string | null
  sortKey: string
  atMs: number
}

export const incidents = (world: World): Collection<IncidentDocument> => world.database.collection<IncidentDocument>('incidents')

/** What waits in the store of the call. What is no single store's is shown to owners, wherever they work. */
export const openIncidents = ({ settings: { storeId } }: World, role: Role | null): Where =>
  ({ storeId: role === 'owner' ? oneOf([storeId, null]) : storeId, state: 'Open' })

/** Whether an owner who works in the store of the call sees this one there. */
export const isIncidentHere = ({ settings }: World, { storeId = null }: Pick<IncidentDocument, 'storeId'>): boolean =>
  storeId === null || storeId === settings.storeId

export type NewIncident = Pick<IncidentDocument, 'kind' | 'orderId' | 'outTradeNo' | 'amountFen' | 'expectedFen' | 'facts'>
  & { storeId: string | null }

/** A new incident; its id says what it is about, so that the same trouble is kept once. */
export function incidentOf(world: World, subject: string, incident: NewIncident): IncidentDocument {
  const atMs = world.clock.nowMs()
  const id = incidentIdOf(subject, incident.kind)
  return { _id: id, ...incident, state: 'Open', note: '', resolvedBy: null, sortKey: sortKeyOf(atMs, id), atMs }
}

export const incidentIdOf = (subject: string, kind: IncidentKind): string => `${subject}_${kind}`

/** Keeps an incident in the transaction that found it. One that was found before stays as it is, resolved or not. */
export async function recordIncident(transaction: Transaction, incident: IncidentDocument): Promise<void> {
  if (await transaction.read('incidents', incident._id)) return
  await transaction.add('incidents', incident)
}

export function viewIncident(incident: IncidentDocument): IncidentView {
  const { _id: id, kind, storeId = null, orderId, outTradeNo, amountFen, expectedFen, atMs, retriedAtMs = null } = incident
  const isShopWide = storeId === null
  return { id, kind, isShopWide, orderId, shortId: shortIdOf(orderId), outTradeNo, amountFen, expectedFen, atMs, retriedAtMs }
}
