/* eslint-disable @typescript-eslint/no-require-imports -- cloud functions are CommonJS modules */
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/** Tells who calls, before and after a wait in which other calls come in. */
exports.main = async (event) => {
  const before = cloud.getWXContext()
  await new Promise(resolve => setTimeout(resolve, event.waitMs ?? 0))
  if (event.say) console.log(event.say)
  const { SECRET: secret, COMMON: common } = process.env
  return { event, before, after: cloud.getWXContext(), secret, common, names: Object.keys(process.env) }
}
