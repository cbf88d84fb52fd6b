/* eslint-disable @typescript-eslint/no-require-imports -- cloud functions are CommonJS modules */
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/** Calls one interface of `cloud.openapi`; tells of an error instead of throwing it. */
exports.main = async ({ api, given }) => {
  const [group, name] = api.split('.')
  try {
    const reply = await cloud.openapi[group][name](given)
    return { contentType: reply.contentType, image: reply.buffer.toString('base64') }
  } catch (error) {
    return { errCode: error.errCode, errMsg: error.errMsg }
  }
}
