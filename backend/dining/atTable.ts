import type { SittingView } from '../../contracts/dining.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { Done, Refused } from '../../contracts/outcome.ts'
import type { World } from '../ports.ts'
import { isSeated } from './rules.ts'
import { changeSitting, guestOf, seatedSitting } from './sittings.ts'
import type { Guest, SittingDocument, Verdict } from './sittings.ts'
import { viewSitting } from './viewSitting.ts'

export type NotHere = 'NotSeated' | 'TableCleared'

/** A guest's wish at a table where guests still sit. What was joined by a code of an earlier sitting changes nothing. */
export async function atTable<Code extends string>(
  world: World, openid: string, sittingId: string, decide: (sitting: SittingDocument, guest: Guest) => Verdict<Code>,
): Promise<SittingDocument | Refused<Code | NotHere>> {
  const known = await seatedSitting(world, openid, sittingId)
  if (!known) return refused('NotSeated')
  const changed = await changeSitting<Code | NotHere>(world, known._id, (sitting) => {
    const guest = guestOf(sitting, openid)
    if (!guest) return { code: 'NotSeated' }
    return isSeated(sitting.state) ? decide(sitting, guest) : { code: 'TableCleared' }
  })
  if (changed === null) return refused('NotSeated')
  return 'code' in changed ? refused(changed.code, changed.detail) : changed
}

/** The same, answered as the guest sees it. */
export async function answerAtTable<Code extends string>(
  world: World, openid: string, sittingId: string, decide: (sitting: SittingDocument, guest: Guest) => Verdict<Code>,
): Promise<Done<SittingView> | Refused<Code | NotHere>> {
  const changed = await atTable(world, openid, sittingId, decide)
  return 'code' in changed ? changed : done(viewSitting(changed, openid))
}
