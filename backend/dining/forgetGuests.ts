import type { World } from '../ports.ts'
import { NEVER_MS } from './rules.ts'
import { changeSitting } from './sittings.ts'
import type { SittingDocument, Verdict } from './sittings.ts'

/**
 * Forgets who sat at a table once the sitting is long over: what was eaten, by which guest number, and what it cost stays.
 * Sittings that were brought to it by other tables end with it. Safe to repeat.
 */
export async function forgetGuests(world: World, { _id, tables }: Pick<SittingDocument, '_id' | 'tables'>): Promise<void> {
  const others = new Set(tables.map(table => table.from))
  others.delete(_id)
  // The one that the timer finds comes last: until then a run that failed is taken up again.
  for (const id of [...others, _id]) {
    await changeSitting<never>(world, id, (sitting): Verdict<never> => {
      // One that was brought here by another one points to that.
      const { state, mergedInto } = sitting
      const isOver = state === 'Cleared' || (state === 'Merged' && mergedInto !== null && (mergedInto === _id || others.has(mergedInto)))
      if (!isOver) return 'Same'
      return {
        set: {
          guests: sitting.guests.map(guest => ({ ...guest, openid: '' })),
          consents: sitting.consents.map(consent => ({ ...consent, openid: '' })),
          dueAtMs: NEVER_MS,
        },
      }
    })
  }
}
