import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { functionsDir, until } from './harness.ts'

const mainPath = fileURLToPath(new URL('../../emulator/main.ts', import.meta.url))
let folder: string
const running = new Set<ChildProcess>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emulator-cli-'))
})
afterEach(() => { for (const child of running) child.kill('SIGKILL') })
afterAll(() => rm(folder, { recursive: true, maxRetries: 10, retryDelay: 100 }))

function run(args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', mainPath, ...args])
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (text: Buffer) => { output.stdout += text.toString() })
  child.stderr.on('data', (text: Buffer) => { output.stderr += text.toString() })
  const ended = new Promise<number | null>(resolve => child.once('close', code => resolve(code)))
  running.add(child)
  void ended.then(() => running.delete(child))
  return { child, output, ended }
}

async function refusalOf(args: string[]): Promise<string> {
  const { output, ended } = run(args)
  expect(await ended).toBe(1)
  expect(output.stdout).toBe('')
  expect(output.stderr).not.toContain('    at ')
  expect(output.stderr.trim().split('\n')).toHaveLength(1)
  return output.stderr.trim()
}

// Each case starts one process or more, which takes its time on a busy machine.
describe('The emulator on the command line', { timeout: 60_000 }, () => {
  it('says where it is ready, answers there, and stops at SIGTERM', async () => {
    const { child, output, ended } = run(['--functions', functionsDir, '--data', join(folder, 'a'), '--port', '0'])
    await until(() => output.stdout.includes('\n'), 20_000)
    expect(output.stdout).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+\/\n$/)
    const url = output.stdout.trim().replace('ready ', '')
    const response = await fetch(`${url}functions/crasher`, { method: 'POST', body: '{}', headers: { 'x-wx-openid': 'o-alice' } })
    expect(await response.json()).toMatchObject({ result: { alive: true } })
    expect((await fetch(`${url}nothing`)).status).toBe(404)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  it('takes rules from files', async () => {
    await writeFile(join(folder, 'functions.json'), '{"*": {"invoke": false}}')
    await writeFile(join(folder, 'storage.json'), '[{"prefix": "", "read": "private", "write": "user"}]')
    const rules = ['--function-rules', join(folder, 'functions.json'), '--storage-rules', join(folder, 'storage.json'), '--isolation', 'instance']
    const { child, output, ended } = run(['--functions', functionsDir, '--data', join(folder, 'd'), '--port', '0', ...rules])
    await until(() => output.stdout.includes('\n'), 20_000)
    const post = (path: string) => fetch(output.stdout.trim().replace('ready ', '') + path, { method: 'POST', body: '{}', headers: { 'x-wx-openid': 'o-alice' } })
    expect((await post('functions/crasher')).status).toBe(403)
    expect((await post('storage/upload?path=a.txt')).status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  it('names the flags when one is missing, unknown or wrong', async () => {
    expect(await refusalOf(['--port', '0'])).toContain('--functions, --data and --port must be given')
    expect(await refusalOf(['--nonsense', '1'])).toContain('Unknown option \'--nonsense\'')
    expect(await refusalOf(['--functions', functionsDir, '--data', folder, '--port', 'x'])).toContain('give a number from 0 to 65535')
    expect(await refusalOf(['--functions', functionsDir, '--data', folder, '--port', '0', '--isolation', 'x'])).toContain('give shared or instance')
  })

  it('says what to do about a port in use', async () => {
    const other = createServer()
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    expect(await refusalOf(['--functions', functionsDir, '--data', join(folder, 'b'), '--port', String(port)])).toContain(`Port ${port} is in use`)
    other.close()
  })

  it('refuses a data folder that another emulator uses', async () => {
    const first = run(['--functions', functionsDir, '--data', join(folder, 'c'), '--port', '0'])
    await until(() => first.output.stdout.includes('\n'), 20_000)
    expect(await refusalOf(['--functions', functionsDir, '--data', join(folder, 'c'), '--port', '0'])).toContain('stop the emulator that uses it')
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
  })

  it('says what to do about folders and files that cannot be used', async () => {
    expect(await refusalOf(['--functions', join(folder, 'none'), '--data', folder, '--port', '0'])).toContain('build the cloud functions first')
    const file = join(folder, 'file')
    await writeFile(file, 'not a folder')
    expect(await refusalOf(['--functions', functionsDir, '--data', file, '--port', '0'])).toContain('name another one with --data')
    expect(await refusalOf(['--functions', functionsDir, '--data', folder, '--port', '0', '--env', file])).toContain('cannot be used')
    expect(await refusalOf(['--functions', functionsDir, '--data', folder, '--port', '0', '--database', file])).toContain('cannot be read as JSON')
    for (const flag of ['--function-rules', '--storage-rules']) {
      const sentence = await refusalOf(['--functions', functionsDir, '--data', folder, '--port', '0', flag, file])
      expect(sentence).toMatch(new RegExp(`cannot be read as JSON .* name another file with ${flag}\\.$`))
    }
  })
})
