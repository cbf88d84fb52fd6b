import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readFunctionConfig } from '../../emulator/functions/config.ts'
import type { FunctionConfig } from '../../emulator/functions/config.ts'
import { makeFunctionFolder } from './functionFolder.ts'
import type { FunctionFolder } from './functionFolder.ts'
import { startTestEmulator, until } from './harness.ts'
import type { TestEmulator } from './harness.ts'

const timer = (name: string) => ({ name, type: 'timer', config: '0 0 3 * * * *' })
const defaults: FunctionConfig = { timeLimitMs: 3_000, triggers: [], openApis: new Set() }

describe('A config.json', () => {
  let folder: FunctionFolder
  let told: string[]

  beforeEach(async () => {
    folder = await makeFunctionFolder()
    told = []
  })
  afterEach(() => folder.dispose())

  async function read(content: string | object): Promise<FunctionConfig> {
    await folder.write({ 'config.json': content })
    return readFunctionConfig(folder.path, mistake => told.push(mistake))
  }

  it('may be missing', () => {
    expect(readFunctionConfig(folder.path, mistake => told.push(mistake))).toEqual(defaults)
    expect(told).toEqual([])
  })

  it('names the time limit, the timer and the permitted interfaces', async () => {
    const config = await read({ timeout: 20, triggers: [timer('nightly')], permissions: { openapi: ['wxacode.getUnlimited'] }, memorySize: 256 })
    expect(config).toEqual({ timeLimitMs: 20_000, triggers: [{ name: 'nightly', cron: '0 0 3 * * * *' }], openApis: new Set(['wxacode.getUnlimited']) })
    expect(told).toEqual([])
  })

  it.each([
    ['is no JSON', '{ "timeout": 20, }', /cannot be read \(.*\): mend it; until then the defaults hold\.$/],
    ['is no object', '[]', /must hold a JSON object/],
    ['has a text for a time limit', { timeout: '20' }, /timeout must be a number of seconds from 1 to 60, not "20"/],
    ['has a time limit of nothing', { timeout: 0 }, /timeout must be a number/],
    ['has an object of triggers', { triggers: {} }, /triggers must be a list/],
    ['has a trigger of another type', { triggers: [{ name: 'a', type: 'cos' }] }, /a trigger must be .* so \{"name":"a","type":"cos"\} is not set\.$/],
    ['has permissions of another form', { permissions: { openapi: 'all' } }, /permissions must be/],
    ['has no permissions but a list', { permissions: ['wxacode.get'] }, /permissions must be/],
  ])('that %s is told in one sentence, and the defaults hold', async (_what, content, sentence) => {
    expect(await read(content)).toEqual(defaults)
    expect(told).toEqual([expect.stringMatching(sentence)])
  })

  it('that asks for more than a minute gets a minute', async () => {
    expect((await read({ timeout: 100 })).timeLimitMs).toBe(60_000)
    expect(told).toEqual([expect.stringContaining('60 seconds at most')])
  })

  it('keeps every timer, and warns that the WeChat tools take one', async () => {
    expect((await read({ triggers: [timer('a'), timer('b')] })).triggers.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(told).toEqual([expect.stringMatching(/names 2 timers.*the WeChat tools take one timer a function/)])
  })
})

describe('The permission for an open interface', () => {
  let folder: FunctionFolder
  let emulator: TestEmulator

  const asking = (sdk: string) => `
    const cloud = require('${sdk}')
    cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
    exports.main = async () => cloud.openapi.wxacode.getUnlimited({ scene: 'a' }).then(
      ({ contentType }) => contentType, ({ errCode, errMsg }) => ({ errCode, errMsg }))
  `

  beforeAll(async () => {
    const asks = { permissions: { openapi: ['wxacode.getUnlimited'] } }
    folder = await makeFunctionFolder({
      'may/index.js': asking('wx-server-sdk'), 'may/config.json': asks, 'may3/index.js': asking('wx-server-sdk-3'), 'may3/config.json': asks,
      'not/index.js': asking('wx-server-sdk'), 'not3/index.js': asking('wx-server-sdk-3'),
      'later/index.js': asking('wx-server-sdk'), 'later/config.json': { permissions: { openapi: ['wxacode.get'] } },
      'broken/index.js': 'exports.main = async () => 1', 'broken/config.json': '{',
    })
    emulator = await startTestEmulator({ functionsDir: folder.path })
  })
  afterAll(async () => {
    await emulator.dispose()
    await folder.dispose()
  })

  it.each(['not', 'not3'])('is asked of config.json, and a function that lacks it gets -604101 (%s)', async (name) => {
    expect(await emulator.call(name, {})).toMatchObject({ errCode: -604101, errMsg: expect.stringContaining('error code: -604101') as string })
  })

  it.each(['may', 'may3'])('lets a function that lists the interface call it (%s)', async (name) => {
    expect(await emulator.call(name, {})).toBe('image/png')
  })

  it('is given by a change of config.json', async () => {
    expect(await emulator.call('later', {})).toMatchObject({ errCode: -604101 })
    await folder.write({ 'later/config.json': { permissions: { openapi: ['wxacode.getUnlimited'] } } })
    await until(async () => await emulator.call('later', {}) === 'image/png')
  })

  it('cannot be read from a broken file, which is logged at the start', async () => {
    const { lines } = await emulator.get<{ lines: object[] }>('/manage/logs?function=broken')
    expect(lines).toMatchObject([{ requestId: null, level: 'warn', text: expect.stringMatching(/^config\.json cannot be read/) as string }])
  })
})
