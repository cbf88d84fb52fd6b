import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StartError } from '../../emulator/emulator.ts'
import type { StorageRule } from '../../emulator/emulator.ts'
import { makeFunctionFolder } from './functionFolder.ts'
import type { FunctionFolder } from './functionFolder.ts'
import { startTestEmulator } from './harness.ts'
import type { TestEmulator } from './harness.ts'

interface Link { fileID: string, tempFileURL: string, maxAge?: number, status: number }

interface UploadReply { url: string, authorization: string, fileID: string, errCode?: number }

const rules: StorageRule[] = [
  { prefix: 'goods/', read: 'public' },
  { prefix: 'reviews/', read: 'public', write: 'user' },
  { prefix: 'letters/', read: 'private', write: 'user' },
  { prefix: '', read: 'private' },
]

/** Any call of the storage, with either SDK; tells of an error instead of throwing it. */
const storageFunction = `
  exports.main = async ({ sdk = 'wx-server-sdk', api, given }) => {
    const cloud = require(sdk)
    cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
    if (given.fileContent) given.fileContent = Buffer.from(given.fileContent)
    try {
      const reply = await cloud[api](given)
      return { ...reply, ...(reply.fileContent ? { fileContent: reply.fileContent.toString() } : {}) }
    } catch ({ errCode, errMsg }) {
      return { errCode, errMsg }
    }
  }
`
const idOf = (path: string) => `cloud://local-env.local/${path}`

let folder: FunctionFolder
let emulator: TestEmulator

beforeAll(async () => {
  folder = await makeFunctionFolder({ 'storage/index.js': storageFunction, 'storage/config.json': { timeout: 20 } })
  emulator = await startTestEmulator({ functionsDir: folder.path, storageRules: rules })
})
afterAll(async () => {
  await emulator.dispose()
  await folder.dispose()
})

const call = <Reply>(api: string, given: object, sdk?: string) => emulator.call<Reply>('storage', { api, given, sdk })
const write = (cloudPath: string, fileContent: string, sdk?: string) => call<{ fileID: string }>('uploadFile', { cloudPath, fileContent }, sdk)
const linkTo = async (file: string | object) => (await call<{ fileList: Link[] }>('getTempFileURL', { fileList: [file] })).fileList[0]!
const statusOf = async (url: string) => (await fetch(encodeURI(url))).status

async function refusalOf(url: string): Promise<string> {
  const response = await fetch(encodeURI(url))
  expect([response.status, response.headers.get('content-type')]).toEqual([403, 'application/xml'])
  return /<Code>(.*)<\/Code><Message>(.*)<\/Message>/.exec(await response.text())?.slice(1).join(': ') ?? ''
}

describe('A file that a rule makes public', () => {
  it('has a plain link that never expires', async () => {
    await write('goods/茶 1.txt', 'tea')
    const link = await linkTo({ fileID: idOf('goods/茶 1.txt'), maxAge: 1 })
    expect(link).toMatchObject({ tempFileURL: `${emulator.url}/cos/goods/茶 1.txt`, maxAge: 1, status: 0 })
    await emulator.post('/manage/clock', { advanceMs: 30 * 24 * 3600_000 })
    expect(await statusOf(link.tempFileURL)).toBe(200)
  })
})

/** Version 4 has one number for whatever fails as a whole. */
const sdks = [
  { sdk: 'wx-server-sdk', missing: -1, wrong: -1 },
  { sdk: 'wx-server-sdk-3', missing: -503003, wrong: -501007 },
]

describe.each(sdks)('A private file, with $sdk', ({ sdk, missing, wrong }) => {
  const path = `staff/${sdk}.txt`

  it('is read and deleted by functions as any other', async () => {
    expect(await write(path, '私密', sdk)).toMatchObject({ fileID: idOf(path) })
    expect(await call('downloadFile', { fileID: idOf(path) }, sdk)).toMatchObject({ fileContent: '私密', statusCode: 200 })
    expect(await write(path, 'written over', sdk)).toMatchObject({ fileID: idOf(path) })
    expect(await call('downloadFile', { fileID: idOf(path) }, sdk)).toMatchObject({ fileContent: 'written over' })
    expect(await call('deleteFile', { fileList: [idOf(path)] }, sdk)).toMatchObject({ fileList: [{ fileID: idOf(path), status: 0 }] })
    expect(await call('deleteFile', { fileList: [idOf(path)] }, sdk)).toMatchObject({ fileList: [{ status: -503003 }] })
    expect(await call('downloadFile', { fileID: idOf(path) }, sdk)).toMatchObject({ errCode: missing })
  })

  it('is linked in lists of 50 at most, where each missing or foreign file has its own status', async () => {
    await write(path, 'x', sdk)
    const fileList = [{ fileID: idOf(path), maxAge: 60 }, idOf('staff/none.txt'), `cloud://other-env.local/${path}`, idOf('../storage.db')]
    const { fileList: links } = await call<{ fileList: Link[] }>('getTempFileURL', { fileList }, sdk)
    expect(links.map(({ status }) => status)).toEqual([0, -503003, -503003, -503003])
    expect(links[0]).toMatchObject({ maxAge: 60 })
    const many = Array.from({ length: 51 }, () => idOf(path))
    expect(await call('getTempFileURL', { fileList: many.slice(1) }, sdk)).toHaveProperty('fileList.length', 50)
    expect(await call('getTempFileURL', { fileList: many }, sdk)).toMatchObject({ errCode: wrong })
    expect(await call('deleteFile', { fileList: many }, sdk)).toMatchObject({ errCode: wrong })
    expect(await call('getTempFileURL', { fileList: [{ fileID: idOf(path) }] }, sdk)).toMatchObject({ errCode: wrong })
  })
})

describe('A link to a private file', () => {
  beforeAll(async () => { await write('staff/list.txt', 'names') })

  it('opens it for as long as was asked, and not a second longer', async () => {
    const link = await linkTo({ fileID: idOf('staff/list.txt'), maxAge: 600 })
    await emulator.post('/manage/clock', { advanceMs: 590_000 })
    expect(await statusOf(link.tempFileURL)).toBe(200)
    await emulator.post('/manage/clock', { advanceMs: 10_000 })
    expect(await refusalOf(link.tempFileURL)).toBe('AccessDenied: Request has expired')
  })

  it('opens it for two hours unless told', async () => {
    const link = await linkTo(idOf('staff/list.txt'))
    expect(link.maxAge).toBe(7200)
    await emulator.post('/manage/clock', { advanceMs: 7_100_000 })
    expect(await statusOf(link.tempFileURL)).toBe(200)
    await emulator.post('/manage/clock', { advanceMs: 100_000 })
    expect(await refusalOf(link.tempFileURL)).toBe('AccessDenied: Request has expired')
  })

  it('opens nothing when it is altered, for another file, or without its signature', async () => {
    await write('staff/other.txt', 'secret')
    const { tempFileURL } = await linkTo(idOf('staff/list.txt'))
    const until = Number(new URL(tempFileURL).searchParams.get('t'))
    expect(await refusalOf(tempFileURL.replace(`t=${until}`, `t=${until + 3600}`))).toMatch(/^SignatureDoesNotMatch/)
    expect(await refusalOf(tempFileURL.replace('list.txt', 'other.txt'))).toMatch(/^SignatureDoesNotMatch/)
    expect(await refusalOf(tempFileURL.replace(/sign=./, 'sign='))).toMatch(/^SignatureDoesNotMatch/)
    expect(await refusalOf(tempFileURL.replace(/\?.*/, ''))).toBe('AccessDenied: Access Denied.')
    expect(await refusalOf(`${emulator.url}/cos/staff/none.txt`)).toBe('AccessDenied: Access Denied.')
  })

  it('still opens it after a restart, and only in its own data folder', async () => {
    const first = await startTestEmulator({ functionsDir: folder.path, storageRules: rules })
    const write = { action: 'storage.getUploadMetadata', path: 'a.txt', method: 'put' }
    const { data } = await first.post<{ data: { url: string, authorization: string } }>('/admin', write)
    await fetch(data.url, { method: 'PUT', headers: { authorization: data.authorization }, body: 'x' })
    const asked = { action: 'storage.batchGetDownloadUrl', file_list: [{ fileid: idOf('a.txt') }] }
    const linked = await first.post<{ data: { download_list: Link[] } }>('/admin', asked)
    const { pathname, search } = new URL(linked.data.download_list[0]!.tempFileURL)
    await first.close()
    const second = await startTestEmulator({ functionsDir: folder.path, storageRules: rules, dataDir: first.dataDir })
    expect((await fetch(second.url + pathname + search)).status).toBe(200)
    expect((await fetch(emulator.url + pathname + search)).status).toBe(403)
    await second.dispose()
  })
})

describe('A client that uploads', () => {
  async function ask(path: string, person: string | null): Promise<{ status: number, reply: UploadReply }> {
    const headers: Record<string, string> = person === null ? {} : { 'x-wx-openid': `o-${person}` }
    const response = await fetch(`${emulator.url}/storage/upload?path=${encodeURIComponent(path)}`, { method: 'POST', headers })
    return { status: response.status, reply: await response.json() as UploadReply }
  }
  const put = async ({ url, authorization }: UploadReply, body: string) => (await fetch(url, { method: 'PUT', headers: { authorization }, body })).status
  const upload = async (path: string, person: string, body: string) => put((await ask(path, person)).reply, body)

  it('gets a permit where a rule lets users write, at the address that it used itself', async () => {
    const { reply } = await ask('reviews/图 1.txt', 'alice')
    expect(reply).toMatchObject({ fileID: idOf('reviews/图 1.txt'), url: `${emulator.url}/cos/reviews/%E5%9B%BE%201.txt` })
    expect(await put(reply, 'lovely')).toBe(204)
    expect(await call('downloadFile', { fileID: reply.fileID })).toMatchObject({ fileContent: 'lovely' })
    expect(await put(reply, 'twice')).toBe(403)
  })

  it('may send a form, with the permit as its signature', async () => {
    const { url, authorization } = (await ask('reviews/form.txt', 'alice')).reply
    const send = async (to: string, fields: Record<string, string>) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      form.append('file', new Blob(['from a form']), 'form.txt')
      return (await fetch(to, { method: 'POST', body: form })).status
    }
    expect(await send(`${emulator.url}/cos/reviews/other.txt`, { key: 'reviews/other.txt', Signature: authorization })).toBe(403)
    expect(await send(url, { key: 'reviews/other.txt', Signature: authorization })).toBe(403)
    expect(await send(url, { key: 'reviews/form.txt', Signature: 'made up' })).toBe(403)
    expect(await send(url, { key: 'reviews/form.txt', Signature: authorization })).toBe(204)
    expect(await (await fetch(`${emulator.url}/cos/reviews/form.txt`)).text()).toBe('from a form')
  })

  it('gets none without an identity, elsewhere, or for what is no path', async () => {
    const [noPath, notAllowed] = [{ status: 400, reply: { errCode: -503004 } }, { status: 403, reply: { errCode: -503002 } }]
    expect(await ask('reviews/b.txt', null)).toMatchObject(notAllowed)
    for (const path of ['goods/b.txt', 'b.txt', 'reviews', 'staff/b.txt']) expect(await ask(path, 'alice'), path).toMatchObject(notAllowed)
    for (const path of ['staff/../reviews/b.txt', '']) expect(await ask(path, 'alice'), path).toMatchObject(noPath)
  })

  it('writes over its own file, but over nothing of anybody else', async () => {
    expect(await upload('letters/a.txt', 'alice', 'first')).toBe(204)
    expect(await upload('letters/a.txt', 'alice', 'second')).toBe(204)
    expect((await ask('letters/a.txt', 'bob')).status).toBe(403)
    await write('letters/shop.txt', 'of the shop')
    expect((await ask('letters/shop.txt', 'alice')).status).toBe(403)
    await write('letters/a.txt', 'taken over by a function')
    expect((await ask('letters/a.txt', 'alice')).status).toBe(403)
    await call('deleteFile', { fileList: [idOf('letters/a.txt')] })
    expect(await upload('letters/a.txt', 'bob', 'free again')).toBe(204)
  })

  it('loses a race for a path to whoever writes first', async () => {
    const [alice, bob] = [(await ask('letters/race.txt', 'alice')).reply, (await ask('letters/race.txt', 'bob')).reply]
    expect([await put(alice, 'hers'), await put(bob, 'his')]).toEqual([204, 403])
    expect(await call('downloadFile', { fileID: idOf('letters/race.txt') })).toMatchObject({ fileContent: 'hers' })
  })

  it('shares no path with others who write at the same moment', async () => {
    const people = Array.from({ length: 8 }, (_, index) => `person-${index}`)
    const permits = await Promise.all(people.map(async person => (await ask('letters/rush.txt', person)).reply))
    const statuses = await Promise.all(permits.map((permit, index) => put(permit, people[index]!)))
    expect(statuses.filter(status => status === 204)).toHaveLength(1)
    expect(await call('downloadFile', { fileID: idOf('letters/rush.txt') })).toMatchObject({ fileContent: people[statuses.indexOf(204)] })
  })

  it('loses it although its upload began first', async () => {
    const [alice, bob] = [(await ask('letters/slow.txt', 'alice')).reply, (await ask('letters/slow.txt', 'bob')).reply]
    const slow = request(bob.url, { method: 'PUT', headers: { authorization: bob.authorization, expect: '100-continue' } })
    const answered = new Promise<number | undefined>((resolve, reject) => slow.once('response', ({ statusCode }) => resolve(statusCode)).once('error', reject))
    // The server says so once it has the request, without its body.
    await new Promise(resolve => slow.once('continue', resolve).flushHeaders())
    expect(await put(alice, 'hers')).toBe(204)
    slow.end('his')
    expect(await answered).toBe(403)
    expect(await call('downloadFile', { fileID: idOf('letters/slow.txt') })).toMatchObject({ fileContent: 'hers' })
  })
})

describe('Storage rules that cannot be read', () => {
  it.each([
    [{}, 'they must be a JSON list'],
    [[{ prefix: 'a/' }], 'read of "a/" must be public or private'],
    [[{ prefix: '/a', read: 'public' }], 'prefix must be a text without a leading slash'],
    [[{ prefix: 'a/', read: 'public', write: 'all' }], 'write of "a/" must be user or none'],
    [[{ prefix: 'a/', reed: 'public' }], 'a rule has the keys prefix, read, write'],
  ])('are refused at the start: %j', async (wrong, reason) => {
    const starting = startTestEmulator({ functionsDir: folder.path, storageRules: wrong as StorageRule[] })
    const outcome = await starting.catch((error: unknown) => error)
    expect(outcome).toBeInstanceOf(StartError)
    expect((outcome as StartError).message).toContain(`The storage rules in storageRules cannot be used: ${reason}`)
  })
})

describe('A storage without rules', () => {
  it('is open to readers, and closed to what clients would write', async () => {
    const own = await startTestEmulator({ functionsDir: folder.path })
    await own.call('storage', { api: 'uploadFile', given: { cloudPath: 'any.txt', fileContent: 'x' } })
    expect((await fetch(`${own.url}/cos/any.txt`)).status).toBe(200)
    expect((await fetch(`${own.url}/storage/upload?path=b.txt`, { method: 'POST', headers: { 'x-wx-openid': 'o-alice' } })).status).toBe(403)
    await own.dispose()
  })
})
