import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'

/** Reads a whole request body, and refuses with 413 as soon as it grows past the limit. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limitBytes) throw new Refusal(413, `The request is larger than ${limitBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Reads a JSON object; an empty body counts as an empty object. */
export async function readJsonObject(request: IncomingMessage, limitBytes = 1024 * 1024): Promise<Record<string, unknown>> {
  return parseJsonObject((await readBody(request, limitBytes)).toString('utf8'))
}

/** Parses a JSON object; an empty text counts as an empty object. */
export function parseJsonObject(text: string): Record<string, unknown> {
  if (text.trim() === '') return {}
  const value = parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal(400, 'The body must be a JSON object.')
  return value as Record<string, unknown>
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refusal(400, `The body is not JSON: ${(error as Error).message}.`)
  }
}
