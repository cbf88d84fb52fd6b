import path from 'node:path'
import { openAdminCloud } from '../../demo/adminCloud.ts'
import { seedDemo } from '../../demo/seed.ts'
import type { DemoCatalog } from '../../demo/seed.ts'
import type { Emulator, EmulatorOptions } from '../../emulator/emulator.ts'
import { startEmulator } from '../../emulator/start.ts'
import { root } from './root.ts'

/** The mini program and merchant of the local run. The secret is no secret: it opens nothing but the local WeChat. */
export const localApp = { appid: 'wxlocal0000000001', secret: 'local-app-secret', merchantId: '1900000109', envId: 'local-env' }

/** As a merchant would choose them in the admin pages; the local WeChat knows every id. */
const localTemplates = {
  Paid: { id: 'local-paid', fields: { character_string1: 'pickupNumber', thing2: 'goods', amount3: 'amount', thing4: 'hint' } },
  Ready: { id: 'local-ready', fields: { character_string1: 'pickupNumber', thing2: 'goods', thing3: 'hint' } },
  Refunded: { id: 'local-refunded', fields: { character_string1: 'orderNumber', amount2: 'amount', time3: 'time', thing4: 'hint' } },
}

export type LocalShopOptions = Pick<EmulatorOptions, 'dataDir' | 'port'> & Partial<EmulatorOptions> & {
  catalog?: DemoCatalog
  /** Further environment variables of every function. `{url}` is the local WeChat's address. */
  variables?: Record<string, string>
}

/** The shop on the local WeChat: the built functions, the declared database, the demo goods. */
export async function openLocalShop({ catalog, variables, ...options }: LocalShopOptions): Promise<Emulator & { stocked: 'Stocked' | 'WasStocked' }> {
  const emulator = await startEmulator({
    functionsDir: path.join(root, 'dist/cloudfunctions'),
    databaseFile: path.join(root, 'backend/schema.json'),
    functionRulesFile: path.join(root, 'cloudfunctions/rules.json'),
    storageRulesFile: path.join(root, 'cloudfunctions/storage-rules.json'),
    app: { ...localApp, merchantName: '小铺茶屋' },
    environment: {
      '*': {
        WECHAT_APP_ID: localApp.appid,
        WECHAT_APP_SECRET: localApp.secret,
        // The emulator puts its own address here, which is known only once it listens.
        WECHAT_API_BASE: '{url}',
        PAY_GATEWAY: 'cloudpay',
        PAY_SUB_MCH_ID: localApp.merchantId,
        SUBSCRIBE_TEMPLATES: JSON.stringify(localTemplates),
        ...variables,
      },
    },
    ...options,
  })
  const stocked = await seedDemo(await openAdminCloud(emulator.url, localApp.envId), catalog)
  return Object.assign(emulator, { stocked })
}
