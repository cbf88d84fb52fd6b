import type { AppIdentity } from '../../emulator/emulator.ts'
import { callEnvironment } from '../../emulator/functions/environment.ts'
import type { Caller } from '../../emulator/functions/environment.ts'
import type { LoadedFunctions } from './functions.ts'
import { invocations, layered } from './invocation.ts'
import type { Invocation } from './invocation.ts'
import type { Simulation } from './simulation.ts'

/** What whoever called a function learns: its result, or only that something went wrong on the way. */
export type CallOutcome = { kind: 'Returned', result: unknown } | { kind: 'Failed' } | { kind: 'Lost' }

/** How a call ended on the side of the function. */
export type CallEnd = { kind: 'Returned', result: unknown } | { kind: 'Threw' | 'RanOut' | 'Killed' }

export interface CloudParts extends LoadedFunctions {
  app: AppIdentity
  /** What the shop's settings say at this moment, beside what they always say. */
  settings(): Readonly<Record<string, string>>
  /** Is told how every call ended, whether or not its caller ever hears of it. */
  onEnd(invocation: Invocation, end: CallEnd): void
}

const defaultLimitMs = 3_000

/** The functions of the shop in the cloud, reached over a network that loses things. */
export class SimulatedCloud {
  private count = 0
  private timersAtWork = 0

  constructor(private readonly simulation: Simulation, private readonly parts: CloudParts) {}

  /** Calls a function over the network. Either way of it may fail. */
  async call(name: string, event: unknown, caller: Caller): Promise<CallOutcome> {
    const { agenda, chance, faults } = this.simulation
    const who = caller.openid ?? caller.source
    await agenda.pause(chance.whole(1, 60), `call ${name} by ${who}`)
    if (faults.strikes('callLost')) return { kind: 'Lost' }
    this.noteMeeting(name)
    if (name === 'timer') this.timersAtWork += 1
    const end = await this.run(name, event, caller)
    if (name === 'timer') this.timersAtWork -= 1
    await agenda.pause(chance.whole(1, 60), `reply of ${name} to ${who}`)
    if (faults.strikes('callReplyLost')) return { kind: 'Lost' }
    return end.kind === 'Returned' ? end : { kind: 'Failed' }
  }

  private noteMeeting(name: string): void {
    if (this.timersAtWork === 0) return
    if (name === 'timer') this.simulation.happened('timersOverlap')
    if (name === 'merchant') this.simulation.happened('staffDuringTimer')
  }

  private async run(name: string, event: unknown, caller: Caller): Promise<CallEnd> {
    const invocation = this.begin(name, caller)
    const end = await this.endOf(invocation, event)
    if (end.kind === 'RanOut') this.simulation.happened('ranOutOfTime')
    if (end.kind !== 'Returned') this.simulation.trace.note(`${name} ${invocation.id}: ${end.kind}`)
    this.parts.onEnd(invocation, end)
    return end
  }

  private begin(functionName: string, caller: Caller): Invocation {
    const { chance, faults } = this.simulation
    const id = ++this.count
    return {
      id,
      functionName,
      caller,
      environment: layered({ ...this.parts.settings(), ...callEnvironment(caller, `token-${id}`, `call-${id}`, this.parts.app) }),
      skewMs: faults.strikes('clockOff') ? chance.whole(-60_000, 60_000) : 0,
      isDead: false,
    }
  }

  /** Runs a function until it is done or its instance dies, at its time limit or before. */
  private endOf(invocation: Invocation, event: unknown): Promise<CallEnd> {
    const { agenda, chance, faults, trace } = this.simulation
    const { id, functionName } = invocation
    const main = this.parts.functions.get(functionName)
    if (!main) throw new Error(`There is no function ${functionName}.`)
    return new Promise((resolve) => {
      const die = (kind: 'RanOut' | 'Killed') => {
        invocation.isDead = true
        resolve({ kind })
      }
      const limitMs = this.parts.limitsMs.get(functionName) ?? defaultLimitMs
      const calledOff = [agenda.add(limitMs, `time limit of ${functionName} ${id}`, () => die('RanOut'))]
      if (faults.strikes('killed')) calledOff.push(agenda.add(chance.whole(1, 400), `end of ${functionName} ${id}`, () => die('Killed')))
      const finish = (end: CallEnd) => {
        for (const callOff of calledOff) callOff()
        resolve(end)
      }
      invocations.run(invocation, () => main(structuredClone(event), { request_id: `call-${id}` })).then(
        result => finish({ kind: 'Returned', result: JSON.parse(JSON.stringify(result ?? null)) as unknown }),
        (error: unknown) => {
          trace.note(`${functionName} ${id} threw ${String(error)}`)
          finish({ kind: 'Threw' })
        },
      )
    })
  }
}
