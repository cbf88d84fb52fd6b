/* eslint-disable @typescript-eslint/no-require-imports -- cloud functions are CommonJS modules */
const cloud = require('wx-server-sdk')
const { callInterface } = require('../shared/callInterface.js')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/** Calls an interface, or shows the event and the context when none is named. */
exports.main = async event => event.api || event.list || event.pay ? callInterface(cloud, event) : { event, context: cloud.getWXContext() }
