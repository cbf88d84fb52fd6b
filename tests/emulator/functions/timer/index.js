/* eslint-disable @typescript-eslint/no-require-imports -- cloud functions are CommonJS modules */
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/** Tells what a timer hands to its function. */
exports.main = async event => ({ event, context: cloud.getWXContext() })
