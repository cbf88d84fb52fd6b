import protobuf from 'protobufjs'
import { contentTypeOf } from '../http/contentTypes.ts'
import type { Given } from './answers.ts'
import type { OpenDataItem } from './openData.ts'

/** The messages of WeChat's open interface, as the SDK sends and reads them. */
const schema = protobuf.parse(`
  syntax = "proto2";
  message KeyValuePair { optional string key = 1; optional bytes value = 2; optional string contenttype = 3; optional string filename = 4; }
  message OpenApiData { repeated KeyValuePair apiData = 1; }
  message SvrkitApiData { optional string apiName = 1; optional bytes reqData = 2; }
  message CommApiData { required int32 apiType = 1; optional OpenApiData openapiData = 2; optional SvrkitApiData svrkitData = 4; optional string appid = 6; }
  message CommOpenApiResp {
    optional bytes respData = 1; optional string contentType = 2; optional int32 errorCode = 3; optional int32 httpCode = 4;
    optional string headers = 5; optional int32 svrkitErrorCode = 6;
  }
  message CloudIds { optional string appid = 1; repeated string cloudIds = 2; }
  message OpenDataEntry { optional string cloudId = 1; optional string json = 2; }
  message OpenDataList { repeated OpenDataEntry entries = 1; }
`).root

const requestType = schema.lookupType('CommApiData')
const replyType = schema.lookupType('CommOpenApiResp')
const cloudIdsType = schema.lookupType('CloudIds')
const openDataType = schema.lookupType('OpenDataList')

interface RawPair {
  key?: string
  value?: Uint8Array
  contenttype?: string
  filename?: string
}

interface RawRequest {
  openapiData?: { apiData?: RawPair[] }
  svrkitData?: { apiName?: string, reqData?: Uint8Array }
}

/** A file among the arguments, where every other value is JSON. */
export interface FileArgument {
  contentType: string
  content: Buffer
}

/** A request of the SDK: the arguments of an interface under snake_case names, or cloud ids to look up. */
export interface OpenApiRequest {
  given: Given
  cloudIds?: string[]
}

/** Reads what the SDK sent. */
export function decodeRequest(requestData: Buffer): OpenApiRequest {
  const { openapiData, svrkitData } = requestType.decode(requestData) as unknown as RawRequest
  const given = Object.fromEntries((openapiData?.apiData ?? []).map(({ key = '', ...pair }) => [key, valueOf(pair)]))
  if (svrkitData?.apiName !== 'ApiGetOpenDataByCloudId') return { given }
  const { cloudIds = [] } = cloudIdsType.decode(svrkitData.reqData ?? new Uint8Array()) as unknown as { cloudIds?: string[] }
  return { given, cloudIds }
}

/** Both SDKs drop the type that a file was given, and send the name that they make of it: `media.png`. */
function valueOf({ value = new Uint8Array(), contenttype, filename }: RawPair): unknown {
  const content = Buffer.from(value)
  if (contenttype === undefined && filename === undefined) return JSON.parse(content.toString('utf8')) as unknown
  return { contentType: contenttype ?? contentTypeOf(filename ?? ''), content } satisfies FileArgument
}

/** What an interface answers: data of some type, or a number of WeChat's system errors. */
export type OpenApiReply =
  | { respData: Buffer, contentType: string, httpCode: number }
  | { errorCode: number }

/** The bytes of a reply. */
export function encodeReply(reply: OpenApiReply): Buffer {
  return Buffer.from(replyType.encode(replyType.create(reply)).finish())
}

/** The bytes of the reply to `cloud.getOpenData`. */
export function encodeOpenDataReply(items: OpenDataItem[]): Buffer {
  const list = openDataType.create({ entries: items.map(item => ({ cloudId: item.cloudID, json: JSON.stringify(item) })) })
  const respData = Buffer.from(openDataType.encode(list).finish())
  return Buffer.from(replyType.encode(replyType.create({ respData, svrkitErrorCode: 0 })).finish())
}
