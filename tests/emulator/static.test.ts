import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestEmulator } from './harness.ts'
import type { TestEmulator } from './harness.ts'

let emulator: TestEmulator
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'static-'))
  await mkdir(join(folder, 'build', 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'outside')
  await writeFile(join(folder, 'build', 'index.html'), '<h1>app</h1>')
  await writeFile(join(folder, 'build', 'assets', 'index-Bq3xT9aa.js'), '1')
  emulator = await startTestEmulator({ staticDir: join(folder, 'build'), functionsDir: folder })
})
afterAll(async () => {
  await emulator.dispose()
  await rm(folder, { recursive: true })
})

describe('An H5 build', () => {
  it('answers its index for every page of the app, and asks browsers to look for a newer one', async () => {
    for (const path of ['/', '/index.html', '/pages/menu/index?scene=a']) {
      const response = await fetch(emulator.url + path)
      expect(await response.text()).toBe('<h1>app</h1>')
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(response.headers.get('cache-control')).toBe('no-cache')
    }
  })

  it('lets browsers keep files whose name has a hash', async () => {
    const response = await fetch(`${emulator.url}/assets/index-Bq3xT9aa.js`)
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  it('answers 404 with a sentence for a file that is missing, and for all that lies outside', async () => {
    for (const path of ['/assets/missing.js', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/..%5csecret.txt']) {
      const response = await fetch(emulator.url + path)
      expect(response.status, path).toBe(404)
      expect(await response.json()).toEqual({ message: expect.stringContaining('There is no') })
    }
  })
})
