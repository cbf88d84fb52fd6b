import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Database } from '../database/database.ts'
import type { Functions } from '../functions/functions.ts'
import type { Invocation, Invocations } from '../functions/invocations.ts'
import { answerOpenApi } from '../openapi/openapi.ts'
import type { OpenApis } from '../openapi/openapi.ts'
import { encodeReply } from '../openapi/protobuf.ts'
import type { PayApi } from '../pay/cloudpay/payApi.ts'
import type { Storage } from '../storage/storage.ts'
import { parseJsonObject, readJsonObject } from './body.ts'
import { readForm } from './multipart.ts'
import { sendJson } from './router.ts'
import type { Exchange, Route } from './router.ts'

const longestRequestBytes = 50 * 1024 * 1024
/** What one function may send another. Source: SCF, synchronous calls. */
const longestEventBytes = 6 * 1024 * 1024

/** WeChat's answer to a function whose config.json does not list the interface. */
const notPermitted = -604101

/** The services that stand behind the SDK. */
export interface CloudServices {
  database: Pick<Database, 'answer'>
  functions: Functions
  invocations: Invocations
  storage: Storage
  openApis: OpenApis
  pay: PayApi
}

/** `POST /admin`: everything that wx-server-sdk asks of its cloud. Only this machine may ask. */
export function adminRoutes(services: CloudServices): Route[] {
  return [{
    method: 'POST',
    path: '/admin',
    loopbackOnly: true,
    handle: exchange => isForm(exchange) ? answerForm(services, exchange) : answerJson(services, exchange),
  }]
}

function isForm({ request }: Exchange): boolean {
  return request.headers['content-type']?.startsWith('multipart/') === true
}

interface AdminRequest {
  action: string
  [field: string]: unknown
}

async function answerJson(services: CloudServices, { request, response }: Exchange): Promise<void> {
  const body = await readJsonObject(request, longestRequestBytes) as AdminRequest
  if (!services.invocations.accepts(body.wxCloudApiToken)) return refuse(response)
  const invocation = services.invocations.find(body.wxCloudApiToken)
  invocation?.record.operations.push(describe(body))
  sendJson(response, await answerAction(services, body, invocation))
}

async function answerAction(services: CloudServices, body: AdminRequest, invocation?: Invocation): Promise<unknown> {
  const [service] = String(body.action).split('.')
  if (service === 'database') return services.database.answer(body)
  if (service === 'storage') return services.storage.answer(body)
  if (body.action === 'functions.invokeFunction') return invokeFunction(services.functions, body, invocation)
  return { requestId: randomUUID(), code: 'INVALID_PARAM', message: `${body.action} is not emulated.` }
}

/** A function that calls another passes its caller on, and the chain of sources grows by one link. */
async function invokeFunction(functions: Functions, body: Record<string, unknown>, invocation?: Invocation): Promise<unknown> {
  const source = [invocation?.caller.source, 'scf'].filter(link => link !== undefined).join(',')
  const text = String(body.request_data ?? '')
  if (Buffer.byteLength(text) > longestEventBytes) {
    return { requestId: randomUUID(), code: 'EXCEED_MAX_PAYLOAD_SIZE', message: 'The event of a nested call may have 6 MB.' }
  }
  const event = parseJsonObject(text)
  const outcome = await functions.call(String(body.function_name), event, { ...invocation?.caller, source })
  if ('failure' in outcome) return { requestId: outcome.requestId, code: outcome.failure.code, message: outcome.failure.message }
  return { requestId: outcome.requestId, data: { response_data: outcome.result } }
}

async function answerForm(services: CloudServices, { request, response }: Exchange): Promise<void> {
  const form = await readForm(request)
  const text = (name: string) => form.get(name)?.toString('utf8') ?? ''
  const [action, apiName] = [text('action'), text('apiName')]
  if (!services.invocations.accepts(text('wxCloudApiToken'))) return refuse(response)
  const invocation = services.invocations.find(text('wxCloudApiToken'))
  invocation?.record.operations.push(`${action} ${apiName}`)
  const requestData = form.get('requestData') ?? Buffer.alloc(0)
  if (action === 'wx.openApi' && !isPermitted(services, apiName, invocation)) return sendBytes(response, encodeReply({ errorCode: notPermitted }))
  const caller = { functionName: invocation?.record.functionName, openid: invocation?.caller.openid }
  if (action === 'wx.openApi') return sendBytes(response, await answerOpenApi(services.openApis, apiName, requestData, caller))
  if (action !== 'wx.wxPayApi') return sendJson(response, { requestId: randomUUID(), code: 'INVALID_PARAM', message: `${action} is not emulated.` })
  const reply = await services.pay.answer(apiName, parseJsonObject(requestData.toString('utf8')), invocation?.caller.openid)
  if (reply === 'lost') response.destroy()
  else sendBytes(response, Buffer.isBuffer(reply) ? reply : Buffer.from(JSON.stringify(reply)))
}

/** A function may call the interfaces that its config.json lists; a tool outside of any function may call all. */
function isPermitted({ functions, openApis }: CloudServices, apiName: string, invocation?: Invocation): boolean {
  if (!invocation || openApis.interfaces.named(apiName) === undefined) return true
  return functions.find(invocation.record.functionName)?.config.openApis.has(apiName) ?? false
}

/** The SDK takes `application/json; charset=utf-8` for an error of the gateway, so answers of WeChat have another type. */
function sendBytes(response: ServerResponse, bytes: Buffer): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length }).end(bytes)
}

function refuse(response: ServerResponse): void {
  sendJson(response, { requestId: randomUUID(), code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED', message: 'The call that sent this is over.' })
}

function describe(body: Record<string, unknown>): string {
  const subject = body.collectionName ?? body.function_name ?? body.path ?? ''
  return `${String(body.action)} ${String(subject)}`.trim()
}
