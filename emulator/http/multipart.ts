import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import busboy from 'busboy'
import { Refusal } from './refusal.ts'

const longestFieldBytes = 10 * 1024 * 1024

/** The fields of a multipart form, as bytes: the SDK sends protobuf and text alike. */
export function readForm(request: IncomingMessage): Promise<Map<string, Buffer>> {
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
      stream.on('limit', () => reject(new Refusal(413, `The field ${name} is too large.`)))
      stream.on('end', () => fields.set(name, Buffer.concat(chunks)))
    })
    form.on('error', error => reject(new Refusal(400, `The form cannot be read: ${(error as Error).message}.`)))
    form.on('close', () => resolve(fields))
    // A client that hangs up half-way must not leave us waiting.
    pipeline(request, form).catch(reject)
  })
}
