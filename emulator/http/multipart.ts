import type { IncomingMessage } from 'node:http'
import { finished } from 'node:stream'
import busboy from 'busboy'
import { Refusal } from './refusal.ts'

const defaultFieldBytes = 10 * 1024 * 1024

/** The fields of a multipart form, as bytes: the SDK sends protobuf and text alike. */
export function readForm(request: IncomingMessage, longestFieldBytes = defaultFieldBytes): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    const form = busboy({ headers: request.headers, limits: { fieldSize: longestFieldBytes, fileSize: longestFieldBytes, parts: 50 } })
    const fields = new Map<string, Buffer>()
    form.on('field', (name, value, { valueTruncated }) => {
      if (valueTruncated) reject(new Refusal(413, `The field ${name} is too large.`))
      fields.set(name, Buffer.from(value))
    })
    form.on('file', (name, stream) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      // The form tells of the same failure; unheard here, it would end the process.
      stream.on('error', (error: Error) => reject(unreadable(error)))
      stream.on('limit', () => reject(new Refusal(413, `The field ${name} is too large.`)))
      stream.on('end', () => fields.set(name, Buffer.concat(chunks)))
    })
    form.on('error', error => reject(unreadable(error as Error)))
    form.on('close', () => resolve(fields))
    // A client that hangs up half-way must not leave us waiting. A pipeline would destroy the request after a failure of
    // the form too, and nobody could be told of it.
    finished(request, error => error && reject(unreadable(error)))
    request.pipe(form)
  })
}

function unreadable(error: Error): Refusal {
  return new Refusal(400, `The form cannot be read: ${error.message}.`)
}
