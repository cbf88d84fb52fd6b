import type { ParsedOf } from '../../contracts/action.ts'
import type { ShopActions } from '../../contracts/shop.ts'
import type { World } from '../ports.ts'
import { answerAtTable } from './atTable.ts'
import { sameTerms } from './rules.ts'
import type { Verdict } from './sittings.ts'

/**
 * A guest says how many sit there and agrees to what is charged beside the dishes, before the first of them. The consent is
 * kept with its terms. Saying it again changes the number, as long as no bill is being paid.
 */
export function beginMeal(world: World, openid: string, { sittingId, people, terms }: ParsedOf<ShopActions['beginMeal']>) {
  return answerAtTable(world, openid, sittingId, (sitting): Verdict<'TableWaiting' | 'TermsChanged' | 'BillBeingPaid'> => {
    if (sitting.state === 'Waiting') return { code: 'TableWaiting' }
    if (sitting.bill) return { code: 'BillBeingPaid' }
    if (!sameTerms(terms, sitting.terms)) return { code: 'TermsChanged' }
    if (sitting.people === people) return 'Same'
    const consent = { openid, people, terms, atMs: world.clock.nowMs() }
    return { set: { people, consents: [...sitting.consents, consent].slice(-20) } }
  })
}
