import { done, loginNeeded } from '../../contracts/outcome.ts'
import { below } from '../database.ts'
import { readBalance } from '../member/members.ts'
import type { World } from '../ports.ts'
import { pointMoves, viewMove } from './points.ts'

const PAGE = 20

/** The caller's points, twenty lines a page. Two database operations. */
export async function listPoints(world: World, openid: string, { cursor }: { cursor?: string }) {
  const [balance, found] = await Promise.all([
    readBalance(world, openid),
    pointMoves(world).find({
      where: { openid, ...(cursor === undefined ? {} : { sortKey: below(cursor) }) }, sort: ['sortKey', 'desc'], limit: PAGE + 1,
    }),
  ])
  if (balance === null) return loginNeeded
  const shown = found.slice(0, PAGE)
  return done({ balance, moves: shown.map(viewMove), nextCursor: found.length > PAGE ? shown.at(-1)!.sortKey : null })
}
