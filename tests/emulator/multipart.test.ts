import { createServer, request } from 'node:http'
import type { ClientRequest, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readForm } from '../../emulator/http/multipart.ts'

const field = '--line\r\ncontent-disposition: form-data; name="action"\r\n\r\nwx.openApi\r\n'
const halfFile = '--line\r\ncontent-disposition: form-data; name="data"; filename="a"\r\n\r\nthe first half'

let server: Server
let read: Promise<unknown>
let arrived: Promise<void>

beforeEach(async () => {
  let markArrived: () => void = () => undefined
  arrived = new Promise((resolve) => { markArrived = resolve })
  server = createServer((incoming, response) => {
    read = readForm(incoming).then(form => form.size, (error: Error) => error.message)
    void read.then(outcome => response.end(String(outcome)))
    incoming.once('data', () => markArrived())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => new Promise(resolve => server.close(resolve)))

function send(onAnswer: (text: string) => void = () => undefined): ClientRequest {
  const { port } = server.address() as AddressInfo
  return request({ port, method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=line' } }, (response) => {
    response.setEncoding('utf8').once('data', onAnswer)
  })
}

const answerTo = (body: string) => new Promise<string>(resolve => send(resolve).end(body))

describe('A form', () => {
  it('that ends where it should is read', async () => {
    expect(await answerTo(`${field}--line--`)).toBe('1')
  })

  it('that breaks off in the middle of a file is refused with a sentence', async () => {
    expect(await answerTo(field + halfFile)).toContain('The form cannot be read: Unexpected end of')
  })

  it('whose sender hangs up leaves nobody waiting', async () => {
    const sent = send()
    sent.on('error', () => undefined).write(field + halfFile)
    await arrived
    sent.destroy()
    expect(await read).toContain('The form cannot be read')
  })
})
