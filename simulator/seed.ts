import { liveAsCustomer } from './actors/customer.ts'
import { liveAsIntruder } from './actors/intruder.ts'
import { liveAsManager } from './actors/refunds.ts'
import { liveAsOwner, liveAsStaff } from './actors/staff.ts'
import { runTimer } from './actors/timer.ts'
import type { Auditor } from './auditor/auditor.ts'
import { checkHealed } from './auditor/healed.ts'
import type { Violation } from './auditor/promises.ts'
import type { LoadedFunctions } from './engine/functions.ts'
import { Simulation } from './engine/simulation.ts'
import { heal } from './heal.ts'
import { openWorld } from './world.ts'
import type { OpenStage } from './world.ts'

/** The fault phase goes on for at least this many steps; a seed that takes so many more never comes to rest. */
const stepsLeast = 500
const stepsMost = 30_000

/** What one seed came to. */
export interface SeedReport {
  seed: number
  steps: number
  digest: string
  /** How often each fault, each transition and each branch was met. */
  faults: Record<string, number>
  transitions: Record<string, number>
  branches: Record<string, number>
  violations: Violation[]
  trace: string
}

export interface SeedOptions {
  functions: LoadedFunctions
  /** Keeps every line of the trace instead of the latest. */
  isTraced?: boolean
}

/** Runs one seed: a phase with faults, a phase of healing, and the judgement. The same seed does the same every time. */
export async function runSeed(seed: number, { functions, isTraced = false }: SeedOptions): Promise<SeedReport> {
  const simulation = new Simulation(seed, isTraced)
  simulation.begin()
  try {
    const stage = await openWorld(simulation, functions)
    const { auditor } = stage
    await play(stage)
    if (auditor.violations.length === 0) auditor.accuse(checkHealed(auditor.books))
    await stage.close()
    return reportOf(seed, simulation, auditor)
  } finally {
    simulation.end()
  }
}

/** The fault phase and, unless something is wrong already, the healing. */
async function play(stage: OpenStage): Promise<void> {
  const { auditor, mood, simulation: { agenda } } = stage
  const failures: unknown[] = []
  for (const life of beginLives(stage)) life.catch((error: unknown) => failures.push(error))
  const isWell = () => auditor.violations.length === 0 && failures.length === 0 && agenda.steps < stepsMost
  const endsAtMs = agenda.nowMs + mood.phaseMs
  while ((agenda.nowMs < endsAtMs || agenda.steps < stepsLeast) && isWell() && await agenda.step()) continue
  stage.endPhase()
  await heal(stage, isWell)
  if (failures.length > 0) throw failures[0]
  if (agenda.steps >= stepsMost) auditor.accuse([{ promise: 9, what: `nothing came to rest within ${agenda.steps} steps` }])
}

function beginLives(stage: OpenStage): Promise<void>[] {
  const people = Array.from({ length: stage.mood.customers }, (_, place) => `customer${place}`)
  const others = [liveAsStaff, liveAsOwner, liveAsManager, liveAsIntruder, runTimer]
  return [...people.map(name => liveAsCustomer(stage, name)), ...others.map(live => live(stage))]
}

function reportOf(seed: number, { agenda, branches, faults, trace }: Simulation, { transitions, violations }: Auditor): SeedReport {
  return {
    seed,
    steps: agenda.steps,
    digest: trace.digest(),
    faults: Object.fromEntries(faults.counts),
    transitions: Object.fromEntries(transitions),
    branches: Object.fromEntries(branches),
    violations,
    trace: trace.text(),
  }
}
