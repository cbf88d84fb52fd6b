import { isFile } from './answers.ts'
import type { Answer } from './answers.ts'
import type { OpenData } from './openData.ts'
import { decodeRequest, encodeOpenDataReply, encodeReply } from './protobuf.ts'
import type { OpenApiReply } from './protobuf.ts'
import type { Interfaces, OpenCaller } from './registry.ts'

/** WeChat's answer for an interface that is unknown, or closed to cloud calls. */
const unknownInterface = -604100

/** What stands behind `cloud.openapi` and `cloud.getOpenData`. */
export interface OpenApis {
  interfaces: Interfaces
  openData: OpenData
}

/** Answers one `wx.openApi` request with the bytes of its reply. */
export async function answerOpenApi(apis: OpenApis, apiName: string, requestData: Buffer, caller: OpenCaller): Promise<Buffer> {
  const request = decodeRequest(requestData)
  if (request.cloudIds && apiName === 'ApiGetOpenDataByCloudId') {
    return encodeOpenDataReply(request.cloudIds.map(id => apis.openData.resolve(id, caller.openid)))
  }
  const entry = apis.interfaces.named(apiName)
  return encodeReply(entry ? replyOf(await apis.interfaces.answer(entry, request.given, caller)) : { errorCode: unknownInterface })
}

/** A reply that the SDK parses when it is JSON; an errcode other than 0 makes it throw. */
function replyOf(answer: Answer): OpenApiReply {
  if (isFile(answer)) return { respData: answer.content, contentType: answer.contentType, httpCode: 200 }
  return { respData: Buffer.from(JSON.stringify(answer)), contentType: 'application/json; encoding=utf-8', httpCode: 200 }
}
