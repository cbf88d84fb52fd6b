import { decodeArguments, encodeReply } from './protobuf.ts'
import type { OpenApiReply } from './protobuf.ts'

/** One interface of `cloud.openapi`: takes its arguments under snake_case names. */
export type OpenApi = (given: Record<string, unknown>) => Promise<OpenApiReply>

/** WeChat's answer for an interface that is unknown, or closed to cloud calls. */
const unknownInterface = -604100

/** Answers one `wx.openApi` request with the bytes of its reply. */
export async function answerOpenApi(apis: Record<string, OpenApi>, apiName: string, requestData: Buffer): Promise<Buffer> {
  const api = Object.hasOwn(apis, apiName) ? apis[apiName] : undefined
  return encodeReply(api ? await api(decodeArguments(requestData)) : { errorCode: unknownInterface })
}

/** A reply that the SDK parses; an errcode other than 0 makes it throw. */
export function jsonReply(body: { errcode: number, errmsg: string, [field: string]: unknown }): OpenApiReply {
  return { respData: Buffer.from(JSON.stringify(body)), contentType: 'application/json; encoding=utf-8', httpCode: 200 }
}
