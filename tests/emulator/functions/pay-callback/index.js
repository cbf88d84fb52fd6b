/* eslint-disable @typescript-eslint/no-require-imports -- cloud functions are CommonJS modules */
const { appendFileSync, existsSync } = require('node:fs')
const { join } = require('node:path')
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/** Writes each notice down, and confirms it once a file named `confirm` lies beside. */
exports.main = async (event) => {
  const folder = process.env.NOTICE_FOLDER
  appendFileSync(join(folder, 'notices.jsonl'), `${JSON.stringify({ event, context: cloud.getWXContext() })}\n`)
  return existsSync(join(folder, 'confirm')) ? { errcode: 0, errmsg: '' } : { errcode: 1, errmsg: 'not yet' }
}
