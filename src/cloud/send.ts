import { storage } from '@/platform/storage'
import { keptStore } from './storeOf'
import { transport } from './transport'
import type { DoorName } from './transport'
import type { Outcome } from '@contracts/outcome.ts'

function isOutcome(answer: unknown): answer is Outcome<unknown> {
  return typeof answer === 'object' && answer !== null && typeof (answer as { ok?: unknown }).ok === 'boolean'
}

/** The phone remembers a store that is there no more. */
function isStoreGone(answer: unknown): boolean {
  return isOutcome(answer) && !answer.ok && answer.kind === 'invalid' && answer.field === 'storeId'
}

function askWithoutStore(door: DoorName, action: string, input: unknown): Promise<unknown> {
  storage.remove(keptStore[door])
  return transport(door, action, input)
}

/** It may be the store where somebody worked who works there no more: without it they are asked where they work now. */
async function askElsewhere(door: DoorName, action: string, input: unknown, first: unknown): Promise<unknown> {
  const kept = door === 'merchant' ? storage.read('workStoreId') : null
  if (kept === null || !isOutcome(first) || first.ok || first.kind !== 'denied' || first.code !== 'NotAllowed') return first
  const second = await inTime(askWithoutStore(door, action, input))
  // They may work there after all, and not do this.
  if (!isOutcome(second) || !second.ok) storage.write('workStoreId', kept)
  return second
}

/** Longer than the longest function may run, and as long as a person waits before trying again. */
const patienceMs = 15_000

class TooLate extends Error {}

/** WeChat itself waits a minute for a function, which nobody does. */
function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TooLate(`No answer within ${patienceMs} ms`)), patienceMs)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/**
 * One call, one answer. A wire that fails is `Offline`; an answer that is no outcome comes from something in between and
 * is `Broken`. The caller names the outcome's type, which the contracts promise and the server keeps.
 */
export async function send<Value, Code extends string>(
  door: DoorName, action: string, input: unknown,
): Promise<Outcome<Value, Code>> {
  try {
    const first = await inTime(transport(door, action, input))
    const answer = isStoreGone(first)
      ? await inTime(askWithoutStore(door, action, input))
      : await askElsewhere(door, action, input, first)
    return isOutcome(answer)
      ? answer as Outcome<Value, Code>
      : { ok: false, kind: 'broken', code: 'Broken', requestId: '' }
  } catch (error) {
    console.warn(`${door}.${action} did not reach the cloud`, error)
    return { ok: false, kind: 'broken', code: error instanceof TooLate ? 'TimedOut' : 'Offline', requestId: '' }
  }
}
