import type { ParsedOf } from '../../contracts/action.ts'
import type { ShopActions } from '../../contracts/shop.ts'
import type { World } from '../ports.ts'
import { answerAtTable } from './atTable.ts'
import { CALLS_KEPT, decideCall } from './rules.ts'
import type { Verdict } from './sittings.ts'
import { tickets } from './tickets.ts'

/** A guest wants something of the staff, or asks the kitchen for a round again. Once is enough until it is answered. */
export async function callWaiter(world: World, openid: string, { sittingId, kind, roundId }: ParsedOf<ShopActions['callWaiter']>) {
  let urgedId: string | null = null
  const answer = await answerAtTable(world, openid, sittingId, (sitting, guest): Verdict<'RoundUnknown' | 'CalledJustNow'> => {
    const asked = kind === 'Urge' ? sitting.rounds.find(one => one.id === roundId && one.kitchen !== 'Done' && one.kitchen !== 'Void') : null
    if (asked === undefined) return { code: 'RoundUnknown' }
    const wish = { kind, roundId: asked?.id ?? null, round: asked?.number ?? null }
    const nowMs = world.clock.nowMs()
    const decision = decideCall(sitting.calls, wish, nowMs)
    urgedId = null
    if (decision.kind === 'Already') return 'Same'
    if (decision.kind === 'JustNow') return { code: 'CalledJustNow', detail: { againAtMs: decision.againAtMs } }
    urgedId = asked?.id ?? null
    const call = { id: `${kind}-${sitting.version}`, ...wish, guest: guest.number, atMs: nowMs, doneAtMs: null }
    return { set: { calls: [...sitting.calls, call].slice(-CALLS_KEPT) } }
  })
  if (urgedId !== null) await tickets(world).changeIf(urgedId, {}, { set: { urgedAtMs: world.clock.nowMs() } })
  return answer
}
