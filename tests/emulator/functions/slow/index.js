/* eslint-disable @typescript-eslint/no-require-imports -- cloud functions are CommonJS modules */
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/** Takes longer than it may: waits, and then tries to take effect. */
exports.main = async ({ how, cloudPath }) => {
  if (how === 'late') {
    await new Promise(resolve => setTimeout(resolve, 1_500))
    await cloud.uploadFile({ cloudPath, fileContent: Buffer.from('too late') })
  }
  return { alive: true }
}
