import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Files, isCloudPath } from '../../emulator/storage/files.ts'
import { startTestEmulator } from './harness.ts'
import type { TestEmulator } from './harness.ts'

let emulator: TestEmulator

beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.dispose())

describe('A file', () => {
  it('goes through upload, link, download and deletion with the real SDK', async () => {
    const trip = await emulator.call<Record<string, object>>('files', { cloudPath: 'dir/图 1.txt', content: '你好' })
    expect(trip).toMatchObject({
      fileID: 'cloud://local-env.local/dir/图 1.txt',
      link: { fileID: 'cloud://local-env.local/dir/图 1.txt', tempFileURL: `${emulator.url}/cos/dir/图 1.txt`, maxAge: 600, status: 0 },
      downloaded: '你好',
      overHttp: '你好',
      deleted: { fileID: 'cloud://local-env.local/dir/图 1.txt', status: 0 },
      gone: { status: -503003, tempFileURL: '' },
    })
  })

  it('is written only with a permit for its very path, and only once', async () => {
    const put = (path: string, authorization: string) => fetch(`${emulator.url}/cos/${path}`, { method: 'PUT', headers: { authorization }, body: 'x' })
    const { data } = await emulator.post<{ data: { authorization: string } }>('/admin', { action: 'storage.getUploadMetadata', path: 'a.html', method: 'put' })
    expect((await put('a.html', 'made up')).status).toBe(403)
    expect((await put('b.html', data.authorization)).status).toBe(403)
    expect((await put('a.html', data.authorization)).status).toBe(204)
    expect((await put('a.html', data.authorization)).status).toBe(403)
    const response = await fetch(`${emulator.url}/cos/a.html`)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toBe('sandbox')
  })

  it('of somebody without a permit is refused before its content arrives', async () => {
    const refused = await new Promise<{ status?: number, connection?: string }>((resolve, reject) => {
      const sent = request({ port: emulator.port, path: '/cos/a.html', method: 'PUT', headers: { 'content-length': 90_000_000 } }, (response) => {
        resolve({ status: response.statusCode, connection: response.headers.connection })
        sent.destroy()
      })
      sent.on('error', reject).write('the first bytes')
    })
    expect(refused).toEqual({ status: 403, connection: 'close' })
  })

  it('that cannot be written leaves no part of itself behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'files-'))
    await mkdir(join(folder, 'taken'))
    await expect(new Files(folder).write('taken', Buffer.from('x'))).rejects.toThrow()
    expect(await readdir(folder)).toEqual(['taken'])
    await rm(folder, { recursive: true })
  })

  it('can never lie outside the storage', async () => {
    for (const path of ['../pay.db', '/etc/passwd', 'a/../../b', 'a//b', '.hidden', 'a\\b', 'a%2fb', 'a?b', 'a#b', '', 'a/', 'a\u0000b', 'a:b', 'a*b', 'a"b', 'a<b', 'a>b', 'a|b']) {
      expect(isCloudPath(path), path).toBe(false)
      expect(await emulator.post('/admin', { action: 'storage.getUploadMetadata', path, method: 'put' })).toMatchObject({ code: 'STORAGE_SIGN_PARAM_INVALID' })
    }
    for (const path of ['..%2fpay.db', '%2e%2e/pay.db', '..%5cpay.db', 'x/..%2f..%2fpay.db', '%00']) {
      expect((await fetch(`${emulator.url}/cos/${path}`)).status).toBe(404)
    }
  })
})
