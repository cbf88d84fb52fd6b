import { processEnvironment } from '../emulator/functions/environment.ts'
import { loadFunctions } from './engine/functions.ts'
import type { LoadedFunctions } from './engine/functions.ts'
import { layerEnvironment } from './engine/invocation.ts'
import { takeOver } from './engine/takeover.ts'
import { keysFolder } from './wechatPay/keys.ts'
import { simulatedApp } from './world.ts'

/** What the shop tells its customers; the local WeChat knows every id. */
const templates = {
  Paid: { id: 'simulated-paid', fields: { character_string1: 'pickupNumber', thing2: 'goods', amount3: 'amount' } },
  Ready: { id: 'simulated-ready', fields: { character_string1: 'pickupNumber', thing2: 'goods' } },
  Refunded: { id: 'simulated-refunded', fields: { character_string1: 'orderNumber', amount2: 'amount' } },
}

let isPrepared = false
const loaded = new Map<string, LoadedFunctions>()

/** Makes this process a place for simulations, for good, and loads the functions of a folder into it, once. */
export function prepareProcess(functionsDir: string): LoadedFunctions {
  if (!isPrepared) prepareOnce()
  isPrepared = true
  const functions = loaded.get(functionsDir) ?? loadFunctions(functionsDir)
  loaded.set(functionsDir, functions)
  return functions
}

function prepareOnce(): void {
  // Now, while chance is nobody's: keys are made from it.
  keysFolder()
  takeOver()
  layerEnvironment(processEnvironment('http://simulated.cloud/admin', simulatedApp, {
    WECHAT_APP_ID: simulatedApp.appid,
    WECHAT_APP_SECRET: simulatedApp.secret,
    WECHAT_API_BASE: 'http://simulated.wechat',
    PAY_GATEWAY: 'cloudpay',
    PAY_SUB_MCH_ID: simulatedApp.merchantId,
    SUBSCRIBE_TEMPLATES: JSON.stringify(templates),
  }))
  // Functions warn of every fault that they meet. Nobody reads a thousand seeds of that; the trace tells what happened.
  for (const level of ['debug', 'info', 'warn', 'error'] as const) console[level] = () => undefined
}
