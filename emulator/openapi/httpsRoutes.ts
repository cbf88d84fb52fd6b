import type { ServerResponse } from 'node:http'
import { readBody } from '../http/body.ts'
import { readForm } from '../http/multipart.ts'
import type { Exchange, Route } from '../http/router.ts'
import type { AccessTokens } from './accessTokens.ts'
import { isFile, refuse } from './answers.ts'
import type { Answer, Given, JsonAnswer } from './answers.ts'
import { imageTypeOf } from './images.ts'
import type { FileArgument } from './protobuf.ts'
import type { Interfaces } from './registry.ts'

const longestBodyBytes = 1024 * 1024

/** The HTTPS forms of all interfaces, for servers that hold an access token. */
export function httpsRoutes(interfaces: Interfaces, tokens: AccessTokens): Route[] {
  const handle = (exchange: Exchange) => answerOverHttps(interfaces, tokens, exchange)
  return ['/wxa/*', '/cgi-bin/*'].map(path => ({ method: 'ANY', path, handle }))
}

async function answerOverHttps(interfaces: Interfaces, tokens: AccessTokens, { request, response, url }: Exchange): Promise<void> {
  const entry = interfaces.at(url.pathname)
  if (!entry) return sendAnswer(response, refuse(40066), 404)
  const methods: (string | undefined)[] = entry.methods ?? ['POST']
  if (!methods.includes(request.method)) return sendAnswer(response, refuse(methods.includes('POST') ? 43002 : 43001))
  const problem = entry.isOpen ? null : tokens.findProblem(url.searchParams.get('access_token'))
  if (problem) return sendAnswer(response, problem)
  const read = await readGiven({ request, url })
  sendAnswer(response, 'refusal' in read ? read.refusal : await interfaces.answer(entry, read.given, {}))
}

type Read = { given: Given } | { refusal: JsonAnswer }

async function readGiven({ request, url }: Pick<Exchange, 'request' | 'url'>): Promise<Read> {
  const { access_token: _, ...query } = Object.fromEntries(url.searchParams)
  if (request.method === 'GET') return { given: query }
  if (request.headers['content-type']?.startsWith('multipart/')) return { given: { ...query, ...filesOf(await readForm(request)) } }
  const text = (await readBody(request, longestBodyBytes)).toString('utf8')
  if (text.trim() === '') return { refusal: refuse(44002) }
  const body = parse(text)
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? { given: { ...query, ...body } }
    : { refusal: refuse(47001) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** In a form of WeChat, every field is a file; its type is what its first bytes say. */
function filesOf(form: Map<string, Buffer>): Record<string, FileArgument> {
  return Object.fromEntries([...form].map(([name, content]) => {
    return [name, { contentType: imageTypeOf(content) ?? 'application/octet-stream', content }]
  }))
}

function sendAnswer(response: ServerResponse, answer: Answer, status = 200): void {
  const [contentType, bytes] = isFile(answer)
    ? [answer.contentType, answer.content]
    : ['application/json; encoding=utf-8', Buffer.from(JSON.stringify(answer))]
  response.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length, 'cache-control': 'no-store' }).end(bytes)
}
