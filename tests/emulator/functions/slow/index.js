/* eslint-disable @typescript-eslint/no-require-imports -- cloud functions are CommonJS modules */
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/** Takes longer than it may: waits, and then tries to take effect; or never gives the processor back. */
exports.main = async ({ how, cloudPath }) => {
  const start = Date.now()
  if (how === 'spin') while (Date.now() - start < 60_000);
  if (how === 'late') {
    await new Promise(resolve => setTimeout(resolve, 1_500))
    await cloud.uploadFile({ cloudPath, fileContent: Buffer.from('too late') })
  }
  return { alive: true }
}
