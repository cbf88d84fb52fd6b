/**
 * Answers questions about the cloud that only a function can ask. Deploy it under the name `fidelity-probe`, run
 * `npm run record`, and delete it: it is of no use to anybody else, and refuses whoever comes through the mini program.
 */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- a cloud function is CommonJS
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

let running = 0

const wait = ms => new Promise(resolve => setTimeout(resolve, ms))

/** The names of an object, without its values: they may be secrets. */
const namesOf = object => Object.keys(object).sort()

const seen = async (call) => {
  try {
    return { returned: await call() }
  } catch (error) {
    return { threw: { errCode: error.errCode, errMsg: error.errMsg || error.message } }
  }
}

const deeds = {
  context: () => {
    const { SOURCE, ...rest } = cloud.getWXContext()
    return { source: SOURCE, names: namesOf(rest) }
  },
  nested: async () => (await cloud.callFunction({ name: 'fidelity-probe', data: { deed: 'context' } })).result,
  environment: () => ({
    platform: namesOf(process.env).filter(name => /^(WX_|TCB_|SCF_|TENCENTCLOUD_)/.test(name)),
    zoneMinutes: new Date().getTimezoneOffset(),
  }),
  nothing: () => undefined,
  throw: () => {
    throw new Error('thrown on purpose')
  },
  count: async ({ waitMs }) => {
    running += 1
    const atOnce = running
    await wait(Math.min(Number(waitMs) || 0, 2000))
    running -= 1
    return { atOnce }
  },
  unlisted: () => seen(() => cloud.openapi.urlscheme.generate({})),
  unknown: () => seen(() => cloud.openapi.fidelity.doesNotExist({})),
  badScene: () => seen(() => cloud.openapi.wxacode.getUnlimited({ scene: '100%' })),
  pay: ({ api, merchant }) => seen(() => {
    const given = { subMchId: String(merchant), nonceStr: 'fidelityprobe', outTradeNo: 'fidelity-probe-none' }
    if (api === 'refund') return cloud.cloudPay.refund({ ...given, outRefundNo: 'fidelity-probe-none', totalFee: 1, refundFee: 1, functionName: 'fidelity-probe', envId: cloud.getWXContext().ENV })
    return ['queryOrder', 'closeOrder', 'queryRefund'].includes(api) ? cloud.cloudPay[api](given) : null
  }),
}

exports.main = async (event) => {
  if (cloud.getWXContext().OPENID !== undefined) throw new Error('This function answers only to whoever holds the keys of the environment.')
  if (!Object.prototype.hasOwnProperty.call(deeds, event.deed)) throw new Error('There is no such deed.')
  return deeds[event.deed](event)
}
