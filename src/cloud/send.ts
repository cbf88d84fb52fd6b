import { transport } from './transport'
import type { DoorName } from './transport'
import type { Outcome } from '@contracts/outcome.ts'

function isOutcome(answer: unknown): answer is Outcome<unknown> {
  return typeof answer === 'object' && answer !== null && typeof (answer as { ok?: unknown }).ok === 'boolean'
}

/**
 * One call, one answer. A wire that fails is `Offline`; an answer that is no outcome comes from something in between and
 * is `Broken`. The caller names the outcome's type, which the contracts promise and the server keeps.
 */
export async function send<Value, Code extends string>(
  door: DoorName, action: string, input: unknown,
): Promise<Outcome<Value, Code>> {
  try {
    const answer = await transport(door, action, input)
    return isOutcome(answer)
      ? answer as Outcome<Value, Code>
      : { ok: false, kind: 'broken', code: 'Broken', requestId: '' }
  } catch (error) {
    console.warn(`${door}.${action} did not reach the cloud`, error)
    return { ok: false, kind: 'broken', code: 'Offline', requestId: '' }
  }
}
