import { randomBytes } from 'node:crypto'
import type { World } from '../ports.ts'
import { wxContext } from './cloud.ts'
import { openCloudPay } from './cloudPayGateway.ts'
import { readPayV3Account } from './payV3/account.ts'
import { openPayV3 } from './payV3/gateway.ts'
import { openCodeToSession } from './codeToSession.ts'
import { openCloudDatabase } from './database.ts'
import { openContentCheck } from './contentCheck.ts'
import { openFiles } from './files.ts'
import { openOpenInterfaces } from './openInterfaces.ts'
import { readTemplates } from '../message/rules.ts'

/** A mistake in the setting must not keep anybody from buying: nobody is told anything, and the log says why. */
function templatesOf({ SUBSCRIBE_TEMPLATES: text = '' }: NodeJS.ProcessEnv) {
  try {
    return readTemplates(text)
  } catch (error) {
    console.error('Subscription messages are off:', error)
    return {}
  }
}

/** The doors' composition: the shop's ports on WeChat. Made anew for each call, because the environment is the call's. */
export function openWorld(environment: NodeJS.ProcessEnv = process.env): World {
  const random = { hex: (bytes: number) => randomBytes(bytes).toString('hex') }
  const context = wxContext()
  return {
    clock: { nowMs: () => Date.now() },
    random,
    database: openCloudDatabase(),
    gateways: {
      'cloudpay': openCloudPay({ subMchId: environment.PAY_SUB_MCH_ID ?? '', envId: context.ENV ?? '', callbackFunction: 'pay-callback' }, random),
      'wechat-v3': openPayV3(readPayV3Account(environment), random),
    },
    codeToSession: openCodeToSession({
      appId: environment.WECHAT_APP_ID ?? context.APPID ?? '',
      appSecret: environment.WECHAT_APP_SECRET ?? '',
      baseUrl: environment.WECHAT_API_BASE ?? 'https://api.weixin.qq.com',
    }),
    openInterfaces: openOpenInterfaces(),
    contentCheck: openContentCheck(),
    files: openFiles(),
    log: {
      warn: (what, facts) => console.warn(JSON.stringify({ what, ...facts })),
      error: (what, error, facts) => console.error(JSON.stringify({ what, ...facts }), error),
    },
    settings: {
      storeId: environment.STORE_ID ?? 'main',
      mainStoreId: environment.STORE_ID ?? 'main',
      envId: context.ENV ?? '',
      gatewayText: environment.PAY_GATEWAY ?? '',
      gateway: environment.PAY_GATEWAY === 'wechat-v3' ? 'wechat-v3' : 'cloudpay',
      isTradeManaged: environment.TRADE_MANAGED !== 'off',
      templates: templatesOf(environment),
    },
  }
}
