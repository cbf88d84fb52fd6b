/* eslint-disable @typescript-eslint/no-require-imports -- cloud functions are CommonJS modules */
const cloud = require('wx-server-sdk-3')
const { callInterface } = require('../shared/callInterface.js')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/** The same with the older SDK. */
exports.main = async event => callInterface(cloud, event)
