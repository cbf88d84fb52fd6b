import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StartError } from '../../emulator/emulator.ts'
import type { EmulatorOptions, FunctionRules } from '../../emulator/emulator.ts'
import { makeFunctionFolder } from './functionFolder.ts'
import type { FunctionFolder } from './functionFolder.ts'
import { startTestEmulator } from './harness.ts'
import type { TestEmulator } from './harness.ts'

let folder: FunctionFolder

beforeAll(async () => {
  const greeting = 'exports.main = async () => "hello"'
  const relaying = `
    const cloud = require('wx-server-sdk')
    cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
    exports.main = async ({ name }) => (await cloud.callFunction({ name, data: {} })).result
  `
  folder = await makeFunctionFolder({ 'open/index.js': greeting, 'closed/index.js': greeting, 'members/index.js': greeting, 'relay/index.js': relaying })
})
afterAll(() => folder.dispose())

const start = (options: Partial<EmulatorOptions>) => startTestEmulator({ functionsDir: folder.path, ...options })

async function callAs(emulator: TestEmulator, name: string, person: string | null, body = '{}'): Promise<{ status: number, reply: Record<string, unknown> }> {
  const headers: Record<string, string> = person === null ? {} : { 'x-wx-openid': `o-${person}` }
  const response = await fetch(`${emulator.url}/functions/${name}`, { method: 'POST', body, headers })
  return { status: response.status, reply: await response.json() as Record<string, unknown> }
}

const forbidden = { status: 403, reply: { errCode: -501023, errMsg: expect.stringContaining('EXCEED_AUTHORITY') as string } }

describe('The function rules', () => {
  let emulator: TestEmulator

  beforeAll(async () => {
    emulator = await start({
      functionRules: {
        '*': { invoke: 'auth.loginType != \'ANONYMOUS\' && auth != null' },
        'open': { invoke: true },
        'closed': { invoke: false },
        'relay': { invoke: true },
        'members': { invoke: 'auth != null' },
      },
    })
  })
  afterAll(() => emulator.dispose())

  it('let everybody call an open function, and nobody a closed one', async () => {
    for (const person of ['alice', null]) {
      expect(await callAs(emulator, 'open', person)).toMatchObject({ status: 200, reply: { result: 'hello' } })
      expect(await callAs(emulator, 'closed', person)).toMatchObject(forbidden)
    }
  })

  it('let only people with an identity call the others', async () => {
    expect(await callAs(emulator, 'members', 'alice')).toMatchObject({ reply: { result: 'hello' } })
    expect(await callAs(emulator, 'members', null)).toMatchObject(forbidden)
    expect(await callAs(emulator, 'toString', null)).toMatchObject(forbidden)
  })

  it('tell a stranger nothing of which functions there are, and leave no record', async () => {
    const before = emulator.invocations().length
    expect(await callAs(emulator, 'nobody', null, 'no JSON')).toMatchObject(forbidden)
    expect(await callAs(emulator, 'nobody', 'alice')).toMatchObject({ status: 404, reply: { errCode: -501000 } })
    expect(emulator.invocations()).toHaveLength(before)
  })

  it('do not govern nested calls, timers and HTTP access', async () => {
    const relayed = await fetch(`${emulator.url}/functions/relay`, { method: 'POST', body: '{"name":"closed"}' })
    expect(await relayed.json()).toMatchObject({ result: 'hello' })
    expect(await emulator.post('/manage/timers/closed', {})).toMatchObject({ result: 'hello' })
    expect(await (await fetch(`${emulator.url}/http/closed`)).text()).toBe('hello')
  })
})

describe('An environment without function rules', () => {
  it('lets everybody call who is logged in, and nobody else', async () => {
    const emulator = await start({ functionRules: undefined })
    expect(await callAs(emulator, 'open', 'alice')).toMatchObject({ reply: { result: 'hello' } })
    expect(await callAs(emulator, 'open', null)).toMatchObject(forbidden)
    await emulator.dispose()
  })
})

describe('Function rules that WeChat would not take', () => {
  const refusalOf = async (options: Partial<EmulatorOptions>): Promise<string> => {
    const outcome = await start(options).catch((error: unknown) => error)
    expect(outcome).toBeInstanceOf(StartError)
    return (outcome as StartError).message
  }

  it.each([
    [{ closed: { invoke: false } }, 'the rule for * is missing'],
    [{ '*': { invoke: 'auth.openid == "o-alice"' } }, 'invoke of * must be one of true, false, auth != null'],
    [{ '*': { invoke: 'auth!=null' } }, 'invoke of * must be one of'],
    [{ '*': { invoke: true }, 'shop': {} }, 'the rule for shop must have the key invoke and no other'],
    [{ '*': { invoke: true, read: true } }, 'the rule for * must have the key invoke and no other'],
    [[], 'they must be a JSON object'],
    [{ '*': true }, 'the rule for * must have'],
  ])('are refused at the start: %j', async (rules, reason) => {
    expect(await refusalOf({ functionRules: rules as unknown as FunctionRules })).toContain(`The function rules in functionRules cannot be used: ${reason}`)
  })

  it('are refused from a file too, which may not be missing either', async () => {
    await folder.write({ 'rules.json': { shop: { invoke: true } } })
    const file = `${folder.path}/rules.json`
    expect(await refusalOf({ functionRules: undefined, functionRulesFile: file })).toContain(`The function rules in ${file} cannot be used`)
    expect(await refusalOf({ functionRules: undefined, functionRulesFile: `${folder.path}/none.json` })).toContain('--function-rules')
  })
})
