import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../../http/body.ts'
import type { Exchange, Route } from '../../http/router.ts'
import type { PayFaults } from '../faults.ts'
import { findEndpoint, occasionOf, refuseWith } from './api.ts'
import type { V3Books, V3Call, V3Reply } from './books.ts'
import type { Credentials, PlatformKey } from './credentials.ts'
import { V3Error } from './errors.ts'
import type { Json } from './fields.ts'
import type { SigningMode } from './httpChannel.ts'
import { RequestVerifier, signatureHeaders } from './signature.ts'

const longestBodyBytes = 1024 * 1024

export interface V3Settings {
  books: V3Books
  faults: PayFaults
  /** Signs replies to requests that ask for no key in particular. */
  mode: SigningMode
}

/** API v3 of WeChat Pay, below `/v3/`: whoever has the merchant's key may call it. */
export function v3Routes(settings: V3Settings): Route[] {
  const verifier = new RequestVerifier({ wechatNowMs: settings.books.nowMs, machineNowMs: Date.now }, settings.books.app.merchantId)
  return [{ method: 'ANY', path: '/v3/*', handle: exchange => answer(settings, verifier, exchange) }]
}

async function answer(settings: V3Settings, verifier: RequestVerifier, exchange: Exchange): Promise<void> {
  const body = await readBody(exchange.request, longestBodyBytes)
  const credentials = await settings.books.credentials()
  const reply = new ReplyWriter(exchange.response)
  try {
    checkHeaders(exchange.request)
    reply.signedAtMs = verifier.verify(signedRequest(exchange.request, body), credentials)
    reply.key = chooseKey(settings.mode, exchange, credentials)
    await answerSigned(settings, exchange, body, reply)
  } catch (error) {
    if (!(error instanceof V3Error)) throw error
    const { status, code, message, detail } = error
    reply.send({ status, body: { code, message, ...(detail ? { detail } : {}) } })
  }
}

async function answerSigned({ books, faults }: V3Settings, exchange: Exchange, body: Buffer, reply: ReplyWriter): Promise<void> {
  const { endpoint, path } = findEndpoint(exchange.request.method ?? 'GET', exchange.url.pathname)
  const call = callOf(exchange, path, readJson(body))
  const fault = faults.take(occasionOf(books, endpoint, call))
  const outcome = await faults.meet<V3Reply>(fault, () => endpoint.answer(books, call), refuseWith)
  if (outcome === 'lost') exchange.response.destroy()
  else reply.send(outcome)
}

function callOf({ request, url }: Exchange, path: string[], body: Json): V3Call {
  return { path, query: url.searchParams, body, origin: `http://${request.headers.host}`, platformSerial: serialOf(request) }
}

function signedRequest({ method = 'GET', url = '/', headers }: IncomingMessage, body: Buffer) {
  return { method, url, body, authorization: headers.authorization }
}

function checkHeaders({ headers }: IncomingMessage): void {
  if (!headers.accept || !headers['user-agent']) throw new V3Error(400, 'INVALID_REQUEST', 'Http头缺少Accept或User-Agent')
}

function readJson(body: Buffer): Json {
  if (body.length === 0) return {}
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  } catch (error) {
    throw new V3Error(400, 'PARAM_ERROR', `请求体不是合法的JSON：${(error as Error).message}`)
  }
  throw new V3Error(400, 'PARAM_ERROR', '请求体必须是JSON对象')
}

function serialOf({ headers }: IncomingMessage): string {
  return String(headers['wechatpay-serial'] ?? '')
}

/** The key that the request names. Whoever fetches certificates has no public key yet, so that answer bears the certificate's. */
function chooseKey(mode: SigningMode, { request, url }: Exchange, { publicKey, certificate }: Credentials): PlatformKey {
  const serial = serialOf(request)
  if (serial === '') return mode === 'certificate' || url.pathname === '/v3/certificates' ? certificate : publicKey
  const key = [publicKey, certificate].find(one => one.serial === serial)
  if (!key) throw new V3Error(400, 'PARAM_ERROR', '平台证书序列号Wechatpay-Serial错误')
  return key
}

/** Writes a reply, signed once the merchant is known. */
class ReplyWriter {
  signedAtMs = 0
  key: PlatformKey | undefined

  constructor(private readonly response: ServerResponse) {}

  send({ status, body, file }: V3Reply): void {
    const text = body === undefined ? '' : JSON.stringify(body)
    this.response.writeHead(status, {
      'Request-ID': randomUUID(),
      'Cache-Control': 'no-cache, must-revalidate',
      'Content-Language': 'zh-CN',
      ...(status === 204 ? {} : { 'Content-Type': file ? 'application/octet-stream' : 'application/json; charset=utf-8' }),
      ...(this.key && !file ? signatureHeaders(text, this.key, this.signedAtMs) : {}),
    }).end(file ?? text)
  }
}
