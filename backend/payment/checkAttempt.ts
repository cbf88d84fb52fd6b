import type { World } from '../ports.ts'
import { attempts, noteClosed } from './attempts.ts'
import type { AttemptDocument } from './attempts.ts'
import { settle } from './settle.ts'
import type { Settlement } from './settle.ts'

/**
 * Asks WeChat about an attempt of which neither a notice nor the customer has told. One that can be paid is asked about
 * until it is paid or closed; a closed one once more. While WeChat is unsure, a later run asks again.
 */
export async function checkAttempt(world: World, attempt: AttemptDocument): Promise<void> {
  const found = await settle(world, attempt._id)
  if (attempt.state === 'Prepaid' && found === 'Closed') await noteClosed(world, attempt)
  if (attempt.state === 'Closed') await lookAgain(world, attempt, found)
}

/** Money that came after the closing was settled by the question itself: it went back, or paid an order that still waited. */
async function lookAgain(world: World, attempt: AttemptDocument, found: Settlement): Promise<void> {
  if (found === 'Unclear') return
  // Opened by a request that was on its way for longer than anybody waited: it is closed now, and looked at once more.
  if (found === 'NotPaid') return void await world.gateways[attempt.gateway].close(attempt._id)
  await attempts(world).changeIf(attempt._id, { state: 'Closed' }, { set: { checkAtMs: null } })
}
