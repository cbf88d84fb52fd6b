import protobuf from 'protobufjs'

/** The two messages of WeChat's open interface, as the SDK sends and reads them. */
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
`).root

const requestType = schema.lookupType('CommApiData')
const replyType = schema.lookupType('CommOpenApiResp')

interface DecodedRequest {
  openapiData?: { apiData?: { key?: string, value?: Uint8Array, contenttype?: string }[] }
}

/** A file among the arguments, where every other value is JSON. */
export interface FileArgument {
  contentType: string
  content: Buffer
}

/** The arguments of a call, under their snake_case names. */
export function decodeArguments(requestData: Buffer): Record<string, unknown> {
  const { openapiData } = requestType.decode(requestData) as unknown as DecodedRequest
  const pairs = (openapiData?.apiData ?? []).map(({ key = '', value = new Uint8Array(), contenttype }) => {
    const content = Buffer.from(value)
    return [key, contenttype ? { contentType: contenttype, content } satisfies FileArgument : JSON.parse(content.toString('utf8')) as unknown]
  })
  return Object.fromEntries(pairs) as Record<string, unknown>
}

/** What an interface answers: data of some type, or a number of WeChat's system errors. */
export type OpenApiReply =
  | { respData: Buffer, contentType: string, httpCode: number }
  | { errorCode: number }

/** The bytes of a reply. */
export function encodeReply(reply: OpenApiReply): Buffer {
  return Buffer.from(replyType.encode(replyType.create(reply)).finish())
}
