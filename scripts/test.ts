import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { prepareChromium } from './steps/chromium.ts'
import { buildApp } from './steps/app.ts'
import { buildFunctions } from './steps/functions.ts'
import { root } from './steps/root.ts'
import { requireNoSecrets } from './steps/secrets.ts'

const reports = path.join(root, 'dist/reports')

/** What a stage found. Stages that run no tests count only when they fail. */
interface Found { passed: number, failed: number, failures: string[] }

/** What is read of the report that vitest writes. */
interface Report {
  numPassedTests: number
  numFailedTests: number
  testResults: { name: string, status: string, message: string, assertionResults: TestResult[] }[]
}

interface TestResult { fullName: string, status: string, failureMessages: string[] | null }

interface Stage { name: string, run: () => Promise<Found> }

const nothing: Found = { passed: 0, failed: 0, failures: [] }
const failure = (what: string): Found => ({ passed: 0, failed: 1, failures: [what] })
const add = (one: Found, other: Found): Found => ({
  passed: one.passed + other.passed, failed: one.failed + other.failed, failures: [...one.failures, ...other.failures],
})

function run(bin: string, args: string[]): Promise<number> {
  const program = path.join(root, 'node_modules', bin)
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', code => resolve(code ?? 1))
  })
}

const tool = (name: string, bin: string, ...args: string[]): Stage => ({
  name, run: async () => await run(bin, args) === 0 ? nothing : failure(name),
})

/** Where a test was when its time was over, vitest keeps the place and no words. */
const shortened = (message: string) =>
  message.replace('STACK_TRACE_ERROR', 'the time of this test was over').split('\n').slice(0, 12).join('\n    ')

/** Every failed test with its file and what it said, so that the end of a long log tells what to look at. */
function failuresIn({ testResults }: Report): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(root, name)
    const failed = assertionResults.filter(test => test.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? [`${file}: ${message}`] : []
    return failed.map(test => [`${file} > ${test.fullName}`, ...(test.failureMessages ?? []).map(shortened)].join('\n    '))
  })
}

/** Runs one set of tests and reads the runner's own report; a runner that wrote none has failed. */
const tests = (name: string, config: string): Stage => ({
  name,
  run: async () => {
    const report = path.join(reports, `${name}.json`)
    const code = await run('vitest/vitest.mjs', ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
    if (!existsSync(report)) return failure(`${name}: the runner wrote no report`)
    const found = JSON.parse(readFileSync(report, 'utf8')) as Report
    const failures = failuresIn(found)
    if (code === 0) return { passed: found.numPassedTests, failed: found.numFailedTests, failures }
    return {
      passed: found.numPassedTests,
      failed: Math.max(1, found.numFailedTests),
      failures: failures.length > 0 ? failures : [`${name}: the runner ended with ${code}, though no test failed; its log says why`],
    }
  },
})

const build = (name: string, make: () => Promise<unknown>): Stage => ({ name, run: async () => { await make(); return nothing } })

/** Two cores are enough: what shares no files runs side by side. */
const plan: Stage[][] = [
  [build('browser', async () => prepareChromium())],
  [
    tool('types', 'vue-tsc/bin/vue-tsc.js', '--noEmit'),
    build('builds', async () => { await buildFunctions(); await buildApp('mp-weixin'); await buildApp('h5') }),
  ],
  [tool('lint', 'eslint/bin/eslint.js', '.'), build('secrets', async () => requireNoSecrets(root))],
  [tests('unit', 'vitest.config.ts')],
  [tests('simulation', 'tests/simulation/vitest.config.ts')],
  // Each of them keeps two cores busy: side by side they would wait for each other as long as a test is patient.
  [tests('e2e', 'tests/e2e/vitest.config.ts')],
  [tests('miniprogram', 'tests/miniprogram/vitest.config.ts')],
]

async function runStage({ name, run }: Stage): Promise<Found> {
  const startedAt = Date.now()
  console.log(`\n▶ ${name}`)
  const found = await run().catch((error: unknown): Found => {
    console.error(error instanceof Error ? error.message : error)
    return failure(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  })
  console.log(`${found.failed === 0 ? '✔' : '✘'} ${name} (${Math.round((Date.now() - startedAt) / 1000)} s)`)
  return found
}

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
const found: Found[] = []
for (const stages of plan) found.push(...await Promise.all(stages.map(runStage)))
const { passed, failed, failures } = found.reduce(add, nothing)
if (failures.length > 0) console.log(`\nWhat failed:\n${failures.map(what => `✘ ${what}`).join('\n')}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
