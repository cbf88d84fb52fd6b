import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answersFile, readAnswers } from '../../emulator/record/answers.ts'
import type { Answers } from '../../emulator/record/answers.ts'
import { experiments } from '../../emulator/record/experiments.ts'
import type { Laboratory } from '../../emulator/record/experiment.ts'
import { findPreparations, openLaboratory } from '../../emulator/record/laboratory.ts'
import { startLocalCloud } from '../../emulator/record/localCloud.ts'
import { observe } from '../../emulator/record/observe.ts'

const main = fileURLToPath(new URL('../../emulator/record/main.ts', import.meta.url))

let local: Awaited<ReturnType<typeof startLocalCloud>>
let laboratory: Laboratory
let answers: Answers

beforeAll(async () => {
  local = await startLocalCloud()
  Object.assign(process.env, local.variables)
  laboratory = await openLaboratory('local-env', local.merchantId)
  answers = await readAnswers(answersFile)
})
afterAll(() => local.close())

describe('What was recorded of the real cloud, or assumed of it', () => {
  it('has an answer for every experiment, and for nothing else', () => {
    expect(Object.keys(answers).sort()).toEqual(experiments.map(({ name }) => name).sort())
  })

  it('needs nothing that the emulator lacks', async () => {
    expect([...await findPreparations(laboratory)].sort()).toEqual(['geographic index', 'merchant', 'probe', 'unique index'])
  })

  it.each(experiments)('is what the emulator does: $question', async (experiment) => {
    expect(await observe(experiment, laboratory)).toEqual(answers[experiment.name]?.observed)
  })
})

describe('The recording', () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'answers-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function record(flags: string[], variables: Partial<NodeJS.ProcessEnv>): Promise<{ stdout: string, stderr: string }> {
    const { TENCENTCLOUD_SECRETID: _, TENCENTCLOUD_SECRETKEY: __, ...environment } = process.env
    return promisify(execFile)(process.execPath, ['--import', 'tsx', main, ...flags], { env: { ...environment, ...variables } })
      .catch((error: { stdout: string, stderr: string }) => error)
  }

  it('refuses without credentials, with one sentence that says where to get them', async () => {
    const { stdout, stderr } = await record(['--env', 'shop-1'], {})
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/^There are no credentials: set TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY/)])
  })

  it('refuses without an environment', async () => {
    expect((await record([], {})).stderr).toContain('--env must name a cloud environment')
  })

  it('asks a cloud every question and marks its answers as measured', async () => {
    const file = join(folder, 'answers.json')
    await writeFile(file, '{}')
    const { stdout } = await record(['--env', 'local-env', '--merchant', local.merchantId, '--answers', file], local.variables as never)
    expect(stdout).toContain(`${experiments.length} answers are new or different`)
    const recorded = await readAnswers(file)
    expect(Object.values(recorded).map(({ basis }) => basis)).toEqual(experiments.map(() => 'measured'))
    const observed = (all: Answers) => Object.fromEntries(Object.entries(all).map(([name, answer]) => [name, answer.observed]))
    expect(observed(recorded)).toEqual(observed(answers))
  }, 90_000)
})
