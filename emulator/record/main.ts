import { parseArgs } from 'node:util'
import type { Answers } from './answers.ts'
import { answersFile, readAnswers, writeAnswers } from './answers.ts'
import type { Laboratory, Need } from './experiment.ts'
import { experiments } from './experiments.ts'
import { findPreparations, openLaboratory, preparations } from './laboratory.ts'
import { startLocalCloud } from './localCloud.ts'
import { observe } from './observe.ts'

/** A mistake of whoever starts the recording. The message is one sentence that says what to do. */
class RecordError extends Error {}

const usage = 'npm run record -- --env ENVIRONMENT_ID [--merchant NUMBER] [--answers FILE], or npm run record -- --emulator'

const flags = {
  env: { type: 'string' },
  merchant: { type: 'string', default: '' },
  answers: { type: 'string', default: answersFile },
  emulator: { type: 'boolean', default: false },
} as const

function readFlags() {
  try {
    return parseArgs({ options: flags }).values
  } catch (error) {
    throw new RecordError(`${(error as Error).message.split('. ')[0]}: ${usage}`)
  }
}

/** Asks a real environment, and keeps its answers: from now on the tests hold the emulator to them. */
async function recordEnvironment(environmentId: string | undefined, merchant: string, file: string): Promise<void> {
  if (environmentId === undefined || environmentId === '') throw new RecordError(`--env must name a cloud environment: ${usage}`)
  if (!process.env.TENCENTCLOUD_SECRETID || !process.env.TENCENTCLOUD_SECRETKEY) {
    throw new RecordError('There are no credentials: set TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY to an API key of the environment\'s '
      + 'Tencent Cloud account (console.cloud.tencent.com/cam/capi), and run this again.')
  }
  await record(await openLaboratory(environmentId, merchant), file, 'measured')
}

/** Writes down what the emulator answers, where nothing was measured: for whoever changes it on purpose. */
async function recordEmulator(file: string): Promise<void> {
  const local = await startLocalCloud()
  Object.assign(process.env, local.variables)
  try {
    await record(await openLaboratory('local-env', local.merchantId), file, 'assumed')
  } finally {
    await local.close()
  }
}

async function record(laboratory: Laboratory, file: string, basis: 'measured' | 'assumed'): Promise<void> {
  const present = await findPreparations(laboratory)
  const answers = await readAnswers(file)
  const missing = new Set<Need>()
  let changed = 0
  for (const { name, needs, ...experiment } of experiments) {
    if (needs && !present.has(needs)) {
      missing.add(needs)
      continue
    }
    const observed = await observe({ name, ...experiment }, laboratory)
    changed += keep(answers, name, { basis, observed }) ? 1 : 0
  }
  await writeAnswers(file, answers)
  for (const need of missing) console.log(`left out what needs the ${need}: ${preparations[need]}.`)
  console.log(`${changed} answers are new or different; ${file} holds them all. Now run npm test.`)
}

/** True when the answer is news. What was measured is never replaced by what is assumed. */
function keep(answers: Answers, name: string, { basis, observed }: Pick<Answers[string], 'basis' | 'observed'>): boolean {
  const known = answers[name]
  const isNews = JSON.stringify(known?.observed) !== JSON.stringify(observed)
  console.log(`${isNews ? 'differs ' : 'as known'} ${name}`)
  if (basis === 'measured') answers[name] = { basis, recordedOn: new Date().toISOString().slice(0, 10), observed }
  else if (known?.basis !== 'measured') answers[name] = { basis, observed }
  return isNews
}

async function run(): Promise<void> {
  const { env, merchant, answers, emulator } = readFlags()
  await (emulator ? recordEmulator(answers) : recordEnvironment(env, merchant, answers))
}

// Without a word of ours the process would live for minutes, until the SDK lets go of its connections.
run().then(() => process.exit(0), (error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
