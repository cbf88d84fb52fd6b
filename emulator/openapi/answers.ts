import { randomBytes } from 'node:crypto'

/** What an interface is given, under snake_case names. A file is a FileArgument. */
export type Given = Record<string, unknown>

/** WeChat's usual answer; an errcode other than 0 is a failure. A few interfaces leave it out when they succeed. */
export interface JsonAnswer {
  errcode?: number
  errmsg?: string
  [field: string]: unknown
}

/** A failure. */
export interface Refused extends JsonAnswer {
  errcode: number
  errmsg: string
}

/** An answer that is a file: a mini program code, a picture. */
export interface FileAnswer {
  contentType: string
  content: Buffer
}

export type Answer = JsonAnswer | FileAnswer

/** WeChat's own words for its errors. Those of a single interface stand where they are used. */
const texts: Record<number, string> = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40009: 'invalid image size',
  40013: 'invalid appid',
  40029: 'invalid code',
  40037: 'invalid template_id',
  40066: 'invalid url',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  40129: 'invalid scene',
  40137: 'invalid image format',
  40159: 'invalid length for path, or the data is not json string',
  40165: 'invalid weapp pagepath',
  40212: 'invalid query',
  40225: 'invalid page title',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41005: 'media data missing',
  41030: 'invalid page',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  43101: 'user refuse to accept the msg',
  43104: 'appid not match openid',
  44002: 'empty post data',
  44004: 'empty content',
  45002: 'content size out of limit',
  45009: 'reach max api daily quota limit',
  45015: 'response out of time limit or subscription is canceled',
  45029: 'qrcode count out of limit',
  45047: 'out of response count limit',
  45072: 'invalid command',
  45080: 'need sending message to current user in the last 30 seconds',
  45081: 'already in typing status',
  47001: 'data format error',
  48001: 'api unauthorized',
  61010: 'user access record expired',
  85079: 'miniprogram has no online release',
  85400: 'reach max long time quota limit',
  85401: 'invalid expire time',
  85402: 'invalid env_version',
  85403: 'link not exist',
  87014: 'risky content',
}

/** Success, with the fields that the interface answers. */
export function done(fields: Record<string, unknown> = {}): JsonAnswer {
  return { errcode: 0, errmsg: 'ok', ...fields }
}

/** A failure, with the request's number at the end of its text as WeChat writes it. */
export function refuse(errcode: number, errmsg = texts[errcode] ?? 'system error'): Refused {
  const part = () => randomBytes(4).toString('hex')
  return { errcode, errmsg: `${errmsg} rid: ${part()}-${part()}-${part()}` }
}

/** True for an answer that is a file. */
export function isFile(answer: Answer): answer is FileAnswer {
  return 'content' in answer && Buffer.isBuffer(answer.content)
}
