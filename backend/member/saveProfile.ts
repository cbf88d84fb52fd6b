import type { CodeOf, ParsedOf } from '../../contracts/action.ts'
import type { Member, memberActions } from '../../contracts/member.ts'
import { done, loginNeeded, refused } from '../../contracts/outcome.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import { lookAt } from '../content/lookAt.ts'
import { isOwnPhoto, objections } from '../content/rules.ts'
import type { World } from '../ports.ts'
import { changeProfile, memberIdOf, readMember } from './members.ts'

type Action = typeof memberActions['saveProfile']
type Code = CodeOf<Action>

/**
 * Keeps nickname and picture of a member, once WeChat has looked at what is new of them. Older reviews keep what they were written
 * under.
 */
export async function saveProfile(world: World, openid: string, profile: ParsedOf<Action>): Promise<Outcome<Member, Code>> {
  const known = await readMember(world, openid)
  if (!known) return loginNeeded
  const objection = await objectTo(world, openid, {
    nickname: profile.nickname === known.nickname ? '' : profile.nickname,
    avatar: profile.avatar === known.avatar ? '' : profile.avatar,
  })
  if (objection) return refused(objection)
  await changeProfile(world, openid, profile)
  return done({ ...known, ...profile })
}

/** Why others may not see it; null where nothing is wrong, or nothing is new. */
async function objectTo(world: World, openid: string, { nickname, avatar }: ParsedOf<Action>): Promise<Code | null> {
  const whose = { envId: world.settings.envId, memberId: memberIdOf(openid) }
  if (avatar !== '' && !isOwnPhoto(avatar, 'avatar', whose)) return 'PhotoUnknown'
  return objections[await lookAt(world, openid, { text: nickname, pictures: avatar === '' ? [] : [avatar], about: 'Profile' })]
}
