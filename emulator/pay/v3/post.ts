import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

/** What came back. */
export interface PostAnswer {
  status: number
  body: string
}

/**
 * Posts a text over a connection of its own, and follows no redirect. A connection that is used again may be closed by its
 * other end at that very moment, and a notice would seem refused that nobody has seen.
 */
export function post(url: string, headers: Record<string, string>, body: string, signal: AbortSignal): Promise<PostAnswer> {
  const request = new URL(url).protocol === 'https:' ? requestHttps : requestHttp
  const bytes = Buffer.from(body)
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers: { ...headers, 'Content-Length': bytes.length }, agent: false as const, signal }
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }))
    })
    sent.on('error', reject)
    sent.end(bytes)
  })
}
