import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestEmulator } from './harness.ts'
import type { TestEmulator } from './harness.ts'

type Json = Record<string, unknown>

interface Recording {
  name: string
  request: { form?: Record<string, string | { $base64: string }>, body?: Json }
  response: { body: Json }
}

/** Requests as the real SDK sent them, and replies in the shapes that it accepts, read in its source: no service was recorded. */
const recordings = ['wx', 'storage', 'functions'].flatMap((file) => {
  return JSON.parse(readFileSync(new URL(`recordings/${file}.json`, import.meta.url), 'utf8')) as Recording[]
})

let emulator: TestEmulator

beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.dispose())

function find(number: string): Recording {
  const recording = recordings.find(({ name }) => name.startsWith(number))
  if (!recording) throw new Error(`There is no recording ${number}.`)
  return recording
}

/** Sends the form of a recording again, with changes to its JSON data. */
async function replayForm({ request }: Recording, changes: Json = {}): Promise<{ contentType: string | null, bytes: Buffer }> {
  const form = new FormData()
  // The recorded call is long over; without its token the request is that of a tool.
  for (const [name, value] of Object.entries(request.form ?? {}).filter(([name]) => name !== 'wxCloudApiToken')) {
    if (typeof value === 'object') form.append(name, new Blob([new Uint8Array(Buffer.from(value.$base64, 'base64'))], { type: 'application/octet-stream' }))
    else form.append(name, name === 'requestData' ? JSON.stringify({ ...JSON.parse(value) as Json, ...changes }) : value)
  }
  const response = await fetch(`${emulator.url}/admin?env=local-env`, { method: 'POST', body: form })
  return { contentType: response.headers.get('content-type'), bytes: Buffer.from(await response.arrayBuffer()) }
}

/** Sends a recorded payment call again; the reply must have every field that the SDK knows of it. */
async function replayPay(number: string, changes: Json = {}): Promise<{ reply: Json, expected: Json }> {
  const recording = find(number)
  const { contentType, bytes } = await replayForm(recording, changes)
  expect(contentType).toBe('application/octet-stream')
  const reply = JSON.parse(bytes.toString('utf8')) as Json
  expect(Object.keys(reply)).toEqual(expect.arrayContaining(Object.keys(recording.response.body)))
  return { reply, expected: recording.response.body }
}

describe('A recorded payment', () => {
  it('is ordered, queried and closed with the fields that the SDK expects', async () => {
    const ordered = await replayPay('097')
    expect(Object.keys(ordered.reply.payment as Json)).toEqual(Object.keys(ordered.expected.payment as Json))
    expect(ordered.reply).toMatchObject({ return_code: 'SUCCESS', return_msg: 'OK', result_code: 'SUCCESS', mch_id: '1800000000', sub_mch_id: '1900000109' })
    expect((await replayPay('098')).reply).toMatchObject(find('098').response.body)
    expect((await replayPay('099')).reply).toMatchObject({ return_code: 'SUCCESS', result_code: 'FAIL', err_code: 'ORDERNOTEXIST' })
    expect((await replayPay('100')).reply).toMatchObject(find('100').response.body)
  })

  it('is refunded with the fields that the SDK expects', async () => {
    await replayPay('097', { out_trade_no: 'N3' })
    await emulator.post('/manage/pay/complete', { outTradeNo: 'N3' })
    const { reply } = await replayPay('101', { out_trade_no: 'N3' })
    expect(reply).toMatchObject({ return_code: 'SUCCESS', result_code: 'SUCCESS', out_refund_no: 'R1', refund_fee: 1, total_fee: 1 })
  })
})

describe('A recorded call of an open interface', () => {
  it('that is unknown gets the very bytes that the SDK takes for such a failure', async () => {
    const recording = find('095')
    const { contentType, bytes } = await replayForm(recording)
    expect(contentType).toBe('application/octet-stream')
    expect(bytes.toString('base64')).toBe(recording.response.body.$base64)
  })

  it('for a mini program code gets a picture', async () => {
    const { contentType, bytes } = await replayForm(find('089'))
    expect(contentType).toBe('application/octet-stream')
    expect(bytes.includes(Buffer.from('image/png'))).toBe(true)
  })
})

describe('A recorded file', () => {
  const replay = (number: string) => emulator.post<Json>('/admin', { ...find(number).request.body, wxCloudApiToken: undefined })
  const withoutId = (reply: Json, port: string): unknown => {
    return { ...JSON.parse(JSON.stringify(reply).replaceAll(port, 'PORT')) as Json, requestId: 'any' }
  }

  it('is uploaded, linked and deleted with the replies that the SDK accepts', async () => {
    const port = String(emulator.port)
    const metadata = await replay('102') as { data: { url: string, authorization: string } }
    expect(Object.keys(metadata.data)).toEqual(Object.keys(find('102').response.body.data as Json))
    expect(metadata.data).toMatchObject({ url: `${emulator.url}/cos/dir/%E5%9B%BE%201.txt`, fileId: 'cloud://local-env.local/dir/图 1.txt' })
    const put = await fetch(metadata.data.url, { method: 'PUT', headers: { authorization: metadata.data.authorization }, body: 'x' })
    expect(put.status).toBe(204)
    for (const number of ['104', '105', '106']) expect(withoutId(await replay(number), port)).toEqual(withoutId(find(number).response.body, port))
  })
})

describe('A recorded nested call', () => {
  it('of a function that throws is answered in the shape that the SDK accepts', async () => {
    const recorded = find('088')
    const reply = await emulator.post<Json>('/admin', {
      ...recorded.request.body, wxCloudApiToken: undefined, function_name: 'crasher', request_data: '{"how":"throw"}',
    })
    expect(Object.keys(reply)).toEqual(Object.keys(recorded.response.body))
    expect(reply.code).toBe(recorded.response.body.code)
    const [ours, theirs] = [reply, recorded.response.body].map(({ message }) => JSON.parse(String(message)) as Json)
    expect(ours).toEqual({ ...theirs, stackTrace: expect.stringContaining('Error: boom\n') })
  })
})
