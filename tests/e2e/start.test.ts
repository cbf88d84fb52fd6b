import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../scripts/steps/root.ts'
import { caller } from '../support/localShop.ts'
import { EGG_TART, place } from '../functions/support.ts'

let folder: string
const running: ChildProcess[] = []
beforeAll(() => { folder = mkdtempSync(path.join(tmpdir(), 'xiaopu-start-')) })
afterEach(() => { for (const child of running.splice(0)) child.kill('SIGKILL') })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** `npm start` with these flags, without npm between us and its signals. */
function start(...flags: string[]) {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'start', '--no-open', ...flags], { cwd: root })
  running.push(child)
  let output = ''
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  const ready = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const line = /^ready (http:\/\/\S+)\/$/m.exec(output)
      if (line) resolve(line[1]!)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void ended.then(code => reject(new Error(`It ended with ${code}:\n${output}`)))
  })
  // Whoever waits for the end alone does not care that it never became ready.
  ready.catch(() => undefined)
  return { child, ready, ended, output: () => output }
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return String(port)
}

describe('npm start', () => {
  it('keeps the orders over a restart, and forgets them with --fresh', async () => {
    const flags = ['--data', path.join(folder, 'data'), '--port', await freePort()]
    const first = start(...flags)
    const alice = caller(await first.ready, 'o-alice')
    await alice.login()
    const order = await place(alice, [EGG_TART])
    first.child.kill('SIGINT')
    expect(await first.ended).toBe(0)

    const second = start(...flags)
    expect(await caller(await second.ready, 'o-alice').shop('order', { orderId: order.id })).toMatchObject({ ok: true, value: { state: 'Unpaid' } })
    second.child.kill('SIGTERM')
    expect(await second.ended).toBe(0)

    const third = start(...flags, '--fresh')
    expect(await caller(await third.ready, 'o-alice').shop('order', { orderId: order.id })).toMatchObject({ code: 'OrderUnknown' })
  }, 120_000)

  it('says in one sentence what to do about a port in use', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => squatter.once('listening', resolve))
    const { port } = squatter.address() as AddressInfo
    const attempt = start('--data', path.join(folder, 'other'), '--port', String(port))
    expect(await attempt.ended).toBe(1)
    expect(attempt.output()).toMatch(/Port \d+ is in use: stop the program that uses it, or choose another one with --port\.\n$/)
    squatter.close()
  })

  it('says in one sentence what to do about a data folder that is none', async () => {
    const file = path.join(folder, 'file')
    writeFileSync(file, '')
    const attempt = start('--data', file, '--port', '0')
    expect(await attempt.ended).toBe(1)
    expect(attempt.output()).toMatch(/The data folder .* cannot be .*name another one with --data\.\n$/)
  })

  it('says in one sentence what to do about a damaged database', async () => {
    const data = mkdtempSync(path.join(folder, 'damaged-'))
    writeFileSync(path.join(data, 'database.db'), 'this is no database'.repeat(100))
    const attempt = start('--data', data, '--port', '0')
    expect(await attempt.ended).toBe(1)
    expect(attempt.output()).not.toMatch(/\n\s+at /)
    expect(attempt.output()).toMatch(/--fresh|--data/)
  })

  it('knows its flags', async () => {
    const attempt = start('--prot', '1')
    expect(await attempt.ended).toBe(1)
    expect(attempt.output()).toContain('Usage: npm start -- [--port N]')
  })

  it('asks for a newer Node where it is too old', async () => {
    const old = 'Object.defineProperty(process.versions, "node", { value: "16.20.0" }); import("./scripts/run.mjs")'
    const child = spawn(process.execPath, ['-e', old, 'start'], { cwd: root })
    let output = ''
    child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString() })
    expect(await new Promise(resolve => child.on('close', resolve))).toBe(1)
    expect(output).toBe('Xiaopu needs Node.js 20 or newer; this is 16.20.0. Install a newer one from https://nodejs.org and try again.\n')
  })
})
