import * as v from 'valibot'
import type { Action, Actions, CodeOf, OutputOf, ParsedOf } from '../../contracts/action.ts'
import { Envelope } from '../../contracts/envelope.ts'
import type { Role } from '../../contracts/member.ts'
import { loginNeeded, refused } from '../../contracts/outcome.ts'
import type { Denied, Invalid, Outcome } from '../../contracts/outcome.ts'
import type { World } from '../ports.ts'
import { openidOf, staffOf } from '../member/members.ts'
import { atStore, StoreUnknown } from '../store/stores.ts'
import { tooOften } from './limits.ts'

/** What the platform says of a call. `openid` is null where nobody is injected: HTTP, timers, single-page mode. */
export interface Call {
  openid: string | null
  clientIp: string
  /** Over HTTP the session in the envelope is the identity; in the mini program it is ignored. */
  overHttp: boolean
}

/** The caller, once the door knows enough: a use case of `anyone` or a `guest` may see null, every other one a person. */
export interface Visitor {
  openid: string
  clientIp: string
  /** Read from the database in this call; null for customers, of whom nobody asks. */
  role: Role | null
  /** The stores that staff work in; null where that is every one, and for customers, who may look into each. */
  storeIds?: readonly string[] | null
}

/** One use case an action. The compiler holds names, inputs, outputs and refusals against the contract. */
export type Handlers<A extends Actions> = {
  [Name in keyof A]: (
    world: World,
    input: ParsedOf<A[Name]>,
    visitor: A[Name]['caller'] extends 'anyone' | 'guest' ? Call : Visitor,
  ) => Promise<Outcome<OutputOf<A[Name]>, CodeOf<A[Name]>>>
}

type AnyHandler = (world: World, input: unknown, visitor: Call | Visitor) => Promise<Outcome<unknown>>

/** The longest request we read, in characters of JSON. A cart of 50 lines has about 6,000. */
export const MAX_REQUEST = 32_768

/**
 * Answers one request: find the action → parse strictly → identify the caller → count the call → use case. Whatever is thrown below is a
 * bug or an outage: it is logged once, under the request id that the customer can read out.
 */
export async function answer<A extends Actions>(
  actions: A,
  handlers: Handlers<A>,
  world: World,
  call: Call,
  request: unknown,
  requestId: string,
): Promise<Outcome<unknown>> {
  let asked: string | undefined
  try {
    if (!isSmall(request)) return invalid('request')
    const envelope = v.safeParse(Envelope, request)
    if (!envelope.success) return invalid(v.getDotPath(envelope.issues[0]) ?? 'request')
    const { action: name, input: raw, session, storeId } = envelope.output
    asked = storeId
    if (!Object.hasOwn(actions, name)) return { ok: false, kind: 'invalid', code: 'UnknownAction', field: 'action' }
    const action = actions[name] as Action<v.GenericSchema, unknown, string>
    const input = v.safeParse(action.input, raw)
    if (!input.success) return invalid(`input.${v.getDotPath(input.issues[0]) ?? ''}`)
    const visitor = await identify(world, call, action, session)
    if ('ok' in visitor) return visitor
    // Whom nobody names is known by the address alone.
    const often = action.limit && await tooOften(world, visitor.openid ?? visitor.clientIp, name, action.limit)
    if (often) return refused('TooOften', often)
    const store = storeFor(world, visitor, asked)
    if (store === null) return { ok: false, kind: 'denied', code: 'NotAllowed' }
    return await (handlers[name] as AnyHandler)(atStore(world, store), input.output, visitor)
  } catch (error) {
    if (error instanceof StoreUnknown && asked !== undefined && asked !== world.settings.mainStoreId) return invalid('storeId')
    world.log.error('A request failed', error, { requestId })
    return { ok: false, kind: 'broken', code: 'Broken', requestId }
  }
}

async function identify(
  world: World,
  call: Call,
  action: Action<v.GenericSchema, unknown, string>,
  session: string | undefined,
): Promise<Call | Visitor | Denied> {
  if (action.caller === 'anyone') return call
  if (action.caller === 'guest' && call.overHttp && session === undefined) return call
  const openid = call.overHttp ? await openidOf(world, session ?? '') : call.openid
  if (action.caller === 'guest') return { ...call, openid }
  if (!openid) return loginNeeded
  if (action.caller === 'customer') return { openid, clientIp: call.clientIp, role: null }
  const staff = await staffOf(world, openid)
  if (!staff || (action.caller === 'owner' && staff.role !== 'owner')) return { ok: false, kind: 'denied', code: 'NotAllowed' }
  return { openid, clientIp: call.clientIp, role: staff.role, storeIds: staff.storeIds ?? null }
}

/** The store that a call is about. Staff who work in some stores see no other one; null is such a one. */
function storeFor(world: World, visitor: Call | Visitor, asked: string | undefined): string | null {
  const own = 'storeIds' in visitor ? visitor.storeIds ?? null : null
  if (own === null) return asked ?? world.settings.storeId
  const storeId = asked ?? own[0]
  return storeId !== undefined && own.includes(storeId) ? storeId : null
}

const invalid = (field: string): Invalid => ({ ok: false, kind: 'invalid', code: 'InvalidInput', field })

/** A nest that is too deep to be written down is too large as well. */
function isSmall(request: unknown): boolean {
  try {
    return JSON.stringify(request ?? null).length <= MAX_REQUEST
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
