/* eslint-disable @typescript-eslint/no-require-imports -- cloud functions are CommonJS modules */
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/** Calls one interface of WeChat Pay. */
exports.main = async ({ api, given }) => cloud.cloudPay[api](given)
