import type { DatabaseDeclaration } from '../../../emulator/database/database.ts'
import type { RecordedCall, Stage } from './recordedCalls.ts'
import { MOMENTS, recordedCalls } from './recordedCalls.ts'
import type { Recording } from './recordings.ts'
import { pairIds, renamed } from './recordings.ts'
import type { Exchange, SDKS, SdkCloud } from './sdkCloud.ts'
import { startSdkCloud } from './sdkCloud.ts'

/** What one call sent and what its function saw, with the recorded ids in the place of those of this run. */
export interface Outcome {
  sent: Exchange
  seen: unknown
}

/** A server that knows when the recording was made, and an SDK in front of it. */
export class Replay {
  readonly outcomes = new Map<string, Outcome>()
  readonly #names = new Map<string, string>()
  readonly #calls: Record<string, RecordedCall>
  readonly #stage: Stage

  constructor(readonly cloud: SdkCloud, readonly clock: { nowMs: number }) {
    this.#calls = recordedCalls(cloud.db)
    this.#stage = { db: cloud.db, ann: '', transaction: { collection: cloud.db.collection, commit: missing, rollback: missing } }
  }

  /** Makes the call of a recording. Each call sends one request, so the next to come in is that of this call. */
  async perform({ name, response }: Recording): Promise<void> {
    const number = numberOf(name)
    const moment = MOMENTS[number]
    if (moment) this.clock.nowMs = Date.parse(moment)
    const place = this.cloud.exchanges.length
    const seen = await seenBy(this.#call(number).call(this.#stage))
    const sent = this.cloud.exchanges[place]
    if (!sent) throw new Error(`The call of ${name} sent nothing.`)
    pairIds(sent.answer, response.body, this.#names)
    const body = renamed(sent.body, this.#names) as Exchange['body']
    this.outcomes.set(number, { sent: { ...sent, body }, seen: renamed(seen, this.#names) })
  }

  /** What the function sees when the service answers as it was recorded. */
  sees({ name, response }: Recording): unknown {
    return this.#call(numberOf(name)).sees(response.body)
  }

  #call(number: string): RecordedCall {
    const call = this.#calls[number]
    if (!call) throw new Error(`There is no call for recording ${number}.`)
    return call
  }
}

/** An empty database behind one of the SDKs. */
export async function startReplay(sdk: typeof SDKS[number], declaration?: DatabaseDeclaration): Promise<Replay> {
  const clock = { nowMs: 0 }
  return new Replay(await startSdkCloud(sdk, { nowMs: () => clock.nowMs }, declaration), clock)
}

/** The first three letters of a recording's name. */
export function numberOf(name: string): string {
  return name.slice(0, 3)
}

async function missing(): Promise<never> {
  throw new Error('No transaction is open.')
}

/** What a function can tell: the result, or the text and the numbers of the failure. */
async function seenBy(calling: Promise<unknown>): Promise<unknown> {
  try {
    return await calling
  } catch (failure) {
    const { message, code, errCode } = failure as { message: string, code?: string, errCode?: number }
    return { message, code, errCode }
  }
}
