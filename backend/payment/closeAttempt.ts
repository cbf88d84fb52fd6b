import { canMove } from '../machine.ts'
import type { World } from '../ports.ts'
import { ABANDONED_AFTER_MS } from '../order/rules.ts'
import { attempts, noteClosed } from './attempts.ts'
import type { AttemptDocument } from './attempts.ts'
import { attemptMachine } from './rules.ts'
import { settle } from './settle.ts'

/**
 * Makes sure that nobody can pay this number any more: query, then close. `Paid` when the customer was quicker, `Unsure`
 * when WeChat did not give a clear answer, or when a request that makes the trade may still be under way: whoever sent one
 * did so before `closingSinceMs`, when the order stopped to be payable.
 */
export async function closeAttempt(world: World, outTradeNo: string, closingSinceMs: number): Promise<'Closed' | 'Paid' | 'Unsure'> {
  const attempt = await attempts(world).read(outTradeNo)
  if (attempt?.state === 'Closed') return 'Closed'
  const mayStillArrive = world.clock.nowMs() < closingSinceMs + ABANDONED_AFTER_MS
  if (!attempt) return mayStillArrive ? 'Unsure' : 'Closed'
  const found = await settle(world, outTradeNo)
  if (found === 'Settled') return 'Paid'
  // Disputed money is kept as an incident; the number is used up all the same, so nobody can pay it any more.
  if (found === 'Closed' || found === 'Disputed') return markClosed(world, attempt)
  if (found === 'UnknownTrade') return mayBeKnown(attempt, mayStillArrive) ? 'Unsure' : markClosed(world, attempt)
  if (found !== 'NotPaid') return 'Unsure'
  return closeAtWeChat(world, attempt)
}

/** WeChat gave a prepaid number its prepay id: when it then says it never heard of it, one of the two answers is wrong. */
const mayBeKnown = (attempt: AttemptDocument, mayStillArrive: boolean): boolean => mayStillArrive || attempt.state === 'Prepaid'

async function closeAtWeChat(world: World, attempt: AttemptDocument): Promise<'Closed' | 'Paid' | 'Unsure'> {
  const answer = await world.gateways[attempt.gateway].close(attempt._id)
  if (answer.kind === 'Closed') return markClosed(world, attempt)
  if (answer.kind === 'AlreadyPaid') return await settle(world, attempt._id) === 'Settled' ? 'Paid' : 'Unsure'
  world.log.warn('A payment could not be closed', { outTradeNo: attempt._id, because: answer.kind === 'Unclear' ? answer.because : answer.kind })
  return 'Unsure'
}

async function markClosed(world: World, attempt: AttemptDocument): Promise<'Closed'> {
  if (canMove(attemptMachine, attempt.state, 'Closed')) await noteClosed(world, attempt)
  return 'Closed'
}
