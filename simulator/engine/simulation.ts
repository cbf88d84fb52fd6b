import type { IncomingMessage, RequestOptions } from 'node:http'
import type { Branch } from '../coverage.ts'
import { Agenda } from './agenda.ts'
import { Chance } from './chance.ts'
import { Faults } from './faults.ts'
import { inNameOf, invocations } from './invocation.ts'
import { SimulatedRequest } from './request.ts'
import type { Exchange } from './request.ts'
import { surroundWith } from './takeover.ts'
import { Trace } from './trace.ts'

/** A Monday morning in Beijing: the shop is open for the whole fault phase. */
const beginsAtMs = Date.UTC(2026, 2, 2, 2, 0, 0)
const besideOffset = 2 ** 40

/** One seed's time, chance, faults and trace; and this process's, from `begin` to `end`. */
export class Simulation {
  readonly chance: Chance
  /** A second source, for what came to the simulator later: seeds that do not meet it go on as they were. */
  readonly beside: Chance
  readonly faults: Faults
  readonly trace: Trace
  readonly agenda: Agenda
  /** How often each branch that matters was taken. */
  readonly branches = new Map<Branch, number>()
  /** What stands at the other end of the network. */
  serve: (exchange: Exchange) => void = exchange => exchange.breakOff()
  /** Who takes what is posted to an address of the shop's own; null for no such address. */
  serveOwn: ((url: string) => ((exchange: Exchange) => void) | null) = () => null
  /** Is told of a failure that some code left to nobody. */
  onUnhandled: (error: unknown) => void = () => undefined
  fetch: typeof fetch = () => Promise.reject(new Error('There is no network.'))

  constructor(seed: number, isTraced: boolean) {
    this.chance = new Chance(seed)
    this.beside = new Chance(seed + besideOffset)
    this.trace = new Trace(beginsAtMs, isTraced)
    this.agenda = new Agenda(beginsAtMs, (atMs, what) => this.trace.step(atMs, what))
    this.faults = new Faults({ first: this.chance, later: this.beside }, () => this.agenda.nowMs)
  }

  happened(branch: Branch): void {
    this.branches.set(branch, (this.branches.get(branch) ?? 0) + 1)
  }

  begin(): void {
    surroundWith({
      nowMs: () => this.agenda.nowMs + (invocations.getStore()?.skewMs ?? 0),
      wakeAfter: (delayMs, wake) => this.wakeAfter(delayMs, wake),
      fraction: () => this.chance.fraction(),
      bytes: count => this.chance.bytes(count),
      uuid: () => this.chance.uuid(),
      openRequest: (url: string, options: RequestOptions, onResponse: (response: IncomingMessage) => void) =>
        new SimulatedRequest(options, onResponse, this.serveOwn(url) ?? (exchange => this.serve(exchange))) as never,
      fetch: (...given) => this.fetch(...given),
      unhandled: error => this.onUnhandled(error),
    })
  }

  end(): void {
    surroundWith(null)
  }

  /** A timer of some code. It rings in the name of the call that set it, and not after the death of its instance. */
  private wakeAfter(delayMs: number, wake: () => void): () => void {
    const invocation = invocations.getStore()
    return this.agenda.add(delayMs, invocation ? `timer of ${invocation.functionName} ${invocation.id}` : 'timer', () => {
      if (!invocation?.isDead) inNameOf(invocation, wake)
    })
  }
}
