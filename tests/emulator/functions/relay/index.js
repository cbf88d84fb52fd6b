/* eslint-disable @typescript-eslint/no-require-imports -- cloud functions are CommonJS modules */
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/** Calls another function, and hands back what that one returned. */
exports.main = async ({ name, data }) => {
  const { result } = await cloud.callFunction({ name, data })
  return result
}
