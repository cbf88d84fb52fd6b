/* eslint-disable @typescript-eslint/no-require-imports -- cloud functions are CommonJS modules */
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/** Answers HTTP requests in each of the ways that the access service knows. */
exports.main = async (event) => {
  if (event.path === '/plain') return { seen: event, context: cloud.getWXContext() }
  if (event.path === '/picture') {
    return { statusCode: 200, headers: { 'Content-Type': 'image/gif' }, body: Buffer.from('GIF89a').toString('base64'), isBase64Encoded: true }
  }
  if (event.path === '/cookies') return { statusCode: 200, headers: { 'Set-Cookie': ['a=1', 'b=2'] }, body: '' }
  if (event.path === '/broken') throw new Error('a secret detail')
  return { statusCode: 201, headers: { 'X-Echo': event.httpMethod }, body: event.body }
}
