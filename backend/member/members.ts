import { createHash } from 'node:crypto'
import type { Member, Role } from '../../contracts/member.ts'
import { above, atMost, oneOf } from '../database.ts'
import type { World } from '../ports.ts'
import { SESSION_LIFE_MS } from './rules.ts'

/** A person who has logged in. Nothing is kept that the person did not give. */
export interface MemberDocument {
  _id: string
  openid: string
  joinedAtMs: number
  /** The sum of the member's lines in `pointMoves`; absent for none. */
  points?: number
  nickname?: string
  /** A file id of the member's own folder. */
  avatar?: string
}

/** Kept on the server alone, with WeChat's session key. Its `_id` is the hash of the token, not the token. */
export interface SessionDocument { _id: string, openid: string, sessionKey: string, createdAtMs: number, expiresAtMs: number }

/** `storeIds` names the stores that somebody works in; without, all of them. */
export interface StaffDocument { _id: string, role: Role, active: boolean, storeIds?: string[] }

const members = (world: World) => world.database.collection<MemberDocument>('members')
const sessions = (world: World) => world.database.collection<SessionDocument>('sessions')

/** Makes the member of an openid, once: two first logins at the same time end in one document. */
export async function join(world: World, openid: string): Promise<Member> {
  const fresh: MemberDocument = { _id: memberIdOf(openid), openid, joinedAtMs: world.clock.nowMs() }
  const known = await members(world).read(fresh._id)
  if (!known) await members(world).add(fresh)
  return viewMember(known ?? fresh, await roleOf(world, openid))
}

/** Whether this person has logged in before. The mini program's platform names everyone, member or not. */
export async function isMember(world: World, openid: string): Promise<boolean> {
  return await members(world).read(memberIdOf(openid)) !== null
}

/** How a member is called and seen; empty where nothing was given. */
export interface Profile { nickname: string, avatar: string }

/** The name and the picture that a member goes by. One database operation. */
export async function profileOf(world: World, openid: string): Promise<Profile> {
  const { nickname = '', avatar = '' } = await members(world).read(memberIdOf(openid)) ?? {}
  return { nickname, avatar }
}

/** Gives a member another name and picture. One database operation. */
export async function changeProfile(world: World, openid: string, { nickname, avatar }: Profile): Promise<void> {
  await members(world).changeIf(memberIdOf(openid), {}, { set: { nickname, avatar } })
}

/** The member of an openid; null for someone who never logged in. */
export async function readMember(world: World, openid: string): Promise<Member | null> {
  const [known, role] = await Promise.all([members(world).read(memberIdOf(openid)), roleOf(world, openid)])
  return known && viewMember(known, role)
}

/** The names of several people at once, by their openids; who has given none is left out. One operation. */
export async function nicknamesOf(world: World, openids: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(openids)].map(memberIdOf)
  const found = ids.length === 0 ? [] : await members(world).find({ where: { _id: oneOf(ids) }, limit: ids.length })
  return new Map(found.flatMap(({ openid, nickname }) => nickname ? [[openid, nickname] as const] : []))
}

/** What the member has in points; null for someone who never logged in. */
export async function readBalance(world: World, openid: string): Promise<number | null> {
  const known = await members(world).read(memberIdOf(openid))
  return known && (known.points ?? 0)
}

const viewMember = ({ _id, joinedAtMs, points = 0, nickname = '', avatar = '' }: MemberDocument, role: Role | null): Member =>
  ({ id: _id, joinedAtMs, points, role, nickname, avatar })

/** The role that the database gives this person at this moment. */
export async function roleOf(world: World, openid: string): Promise<Role | null> {
  return (await staffOf(world, openid))?.role ?? null
}

/** Who this person is among the staff; null for everyone else. */
export async function staffOf(world: World, openid: string): Promise<StaffDocument | null> {
  const staff = await world.database.collection<StaffDocument>('staff').read(openid)
  return staff?.active ? staff : null
}

/** Keeps the session key and answers the token that is the identity over HTTP. */
export async function openSession(world: World, openid: string, sessionKey: string): Promise<string> {
  const token = world.random.hex(32)
  const nowMs = world.clock.nowMs()
  await sessions(world).add({ _id: hashOf(token), openid, sessionKey, createdAtMs: nowMs, expiresAtMs: nowMs + SESSION_LIFE_MS })
  return token
}

/** Who a token belongs to; null for an unknown or expired one. */
export async function openidOf(world: World, token: string): Promise<string | null> {
  const [session] = await sessions(world).find({ where: { _id: hashOf(token), expiresAtMs: above(world.clock.nowMs()) }, limit: 1 })
  return session?.openid ?? null
}

/** Removes sessions that are over, a hundred at a time; answers how many. They open nothing while they wait. */
export async function forgetSessions(world: World): Promise<number> {
  const over = await sessions(world).find({ where: { expiresAtMs: atMost(world.clock.nowMs()) }, sort: ['expiresAtMs', 'asc'], limit: 100 })
  for (const session of over) await sessions(world).remove(session._id)
  return over.length
}

/** Tells a person apart without telling who it is; also the name of the person's own folder in the storage. */
export const memberIdOf = (openid: string): string => `m${hashOf(openid).slice(0, 23)}`
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
