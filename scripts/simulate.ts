import { existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { hunt } from '../simulator/hunt.ts'
import { buildPlanted } from '../simulator/plants/build.ts'
import { caughtFile, remembered } from '../simulator/plants/caught.ts'
import { beds, plants, plantsNamed } from '../simulator/plants/list.ts'
import { openPool } from '../simulator/pool.ts'
import type { Pool } from '../simulator/pool.ts'
import { runSeeds } from '../simulator/run.ts'
import { failureText, Summary } from '../simulator/summary.ts'
import { buildFunctions, functionNames } from './steps/functions.ts'
import { root } from './steps/root.ts'

const USAGE = 'npm run simulate -- [--seeds N] [--from S] [--plant NAME[,NAME]] | --seed S [--trace] [--plant …] | --list-plants | --hunt'
const PROCESSES = 2
const SEEDS = 100

/** One sentence for a person, and the end. */
function stop(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        'seeds': { type: 'string', default: String(SEEDS) },
        'from': { type: 'string', default: '1' },
        'seed': { type: 'string' },
        'trace': { type: 'boolean', default: false },
        'plant': { type: 'string' },
        'list-plants': { type: 'boolean', default: false },
        'hunt': { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    return stop(`${(error as Error).message.split('\n')[0]} Usage: ${USAGE}`)
  }
}

type Flags = ReturnType<typeof readFlags>

function whole(name: string, text: string, least: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) stop(`--${name} takes a whole number from ${least} on, not "${text}".`)
  return value
}

function seedsOf({ seed, seeds, from }: Flags): number[] {
  if (seed !== undefined) return [whole('seed', seed, 0)]
  const [count, first] = [whole('seeds', seeds, 1), whole('from', from, 0)]
  return Array.from({ length: count }, (_, place) => first + place)
}

const again = (seed: number, { plant }: Flags) => `npm run simulate -- --seed ${seed} --trace${plant === undefined ? '' : ` --plant ${plant}`}`

/** Runs seeds, two at a time, and tells how it went. True when all promises held. */
async function runAll(pool: Pool, functionsDir: string, flags: Flags): Promise<boolean> {
  const [seeds, summary, beganAt] = [seedsOf(flags), new Summary(), performance.now()]
  const failed = await runSeeds(pool, {
    functionsDir, seeds, atOnce: PROCESSES,
    onReport: report => summary.add(report),
    onProgress: done => console.log(`${done} of ${seeds.length} seeds, ${Math.round((performance.now() - beganAt) / 1_000)} s`),
  })
  console.log(`\n${summary.text(performance.now() - beganAt)}\n`)
  if (failed) console.error(failureText(failed, again(failed.seed, flags)))
  else console.log('All promises held.')
  return failed === null
}

/** Shows one seed step by step. */
async function replay(pool: Pool, functionsDir: string, flags: Flags): Promise<boolean> {
  const [seed = 0] = seedsOf(flags)
  const report = await pool.run({ functionsDir, seed, isTraced: true })
  console.log(`${report.trace}\nSeed ${seed}: ${report.steps} steps, digest ${report.digest}`)
  if (report.violations.length > 0) console.error(failureText(report, again(seed, flags)))
  return report.violations.length === 0
}

/** Catches every plant and remembers by which seed, so that the tests find it at once. */
async function huntAll(pool: Pool): Promise<boolean> {
  const caught: Record<string, number> = {}
  for (const bed of beds) {
    const found = await hunt(pool, bed, remembered[bed.name], PROCESSES)
    console.log(`${bed.name}: ${found ? `seed ${found.seed}, promise ${found.promise}: ${found.what}` : 'not caught'}`)
    if (found) caught[bed.name] = found.seed
  }
  writeFileSync(caughtFile, `${JSON.stringify(caught, null, 2)}\n`)
  return Object.keys(caught).length === beds.length
}

function listPlants(): boolean {
  for (const { name, about, with: others } of plants) console.log(`${name}  ${about}${others ? ` Planted with ${others.join(', ')}.` : ''}`)
  return true
}

/** The folder of the functions to run: those that would be uploaded, or a variant with bugs in it that goes when all is done. */
async function prepare({ plant }: Flags): Promise<string> {
  if (plant !== undefined) {
    const planted = await buildPlanted(plantsNamed(plant.split(',')))
    process.on('exit', () => rmSync(planted, { recursive: true, force: true }))
    return planted
  }
  const built = path.join(root, 'dist/cloudfunctions')
  if (functionNames().every(name => existsSync(path.join(built, name, 'index.js')))) return built
  console.log('Building the cloud functions …')
  await buildFunctions(built)
  return built
}

async function simulate(flags: Flags): Promise<boolean> {
  if (flags['list-plants']) return listPlants()
  if (flags.trace && flags.seed === undefined) stop('--trace replays one seed: name it with --seed.')
  seedsOf(flags)
  const pool = openPool(PROCESSES)
  if (flags.hunt) return huntAll(pool)
  const functionsDir = await prepare(flags)
  return flags.trace ? replay(pool, functionsDir, flags) : runAll(pool, functionsDir, flags)
}

simulate(readFlags()).then(
  hasHeld => process.exit(hasHeld ? 0 : 1),
  (error: unknown) => stop(error instanceof Error ? error.message : String(error)),
)
