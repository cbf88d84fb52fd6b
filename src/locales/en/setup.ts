import type { Messages } from '../zh'

/** How the shop is set up, and what the owner has to mend, in English. */
export const setup: Pick<Messages, 'setup'> = {
  setup: {
    title: 'Shop check',
    gateway: { 'cloudpay': 'Payments are taken by cloudPay', 'wechat-v3': 'Payments are taken by WeChat Pay API v3' },
    finding: {
      GatewayUnknown: 'The way to take payments is misspelt; cloudPay is used',
      GatewayNotReady: 'Payments are not set up: customers cannot pay',
      OldGatewayNotReady: 'The former way to take payments is gone: older orders cannot be refunded',
      CloudPayForbidden: 'These goods seem not to be allowed with cloudPay',
      CloudPayForMall: 'Whether a mall may use cloudPay depends on its goods',
      CollectionMissing: 'The database lacks a collection',
      StoreMissing: 'The database lacks this store',
    },
    findingDo: {
      GatewayUnknown: 'Set the environment variable PAY_GATEWAY to cloudpay or wechat-v3.',
      GatewayNotReady: 'Add or correct what is named below in the environment variables of every cloud function.',
      OldGatewayNotReady: 'Put the variables of the former way back into every cloud function, and keep them for a year, while orders may be refunded.',
      CloudPayForbidden: 'WeChat forbids cloudPay for jewellery, digital goods, blind boxes, clothes and underwear, cross-border goods, cosmetics, alcohol, home appliances, toys, bags, shoes, and sports and outdoor goods. To sell these, set up API v3 and PAY_GATEWAY to wechat-v3; older orders keep to their way.',
      CloudPayForMall: 'Food and ordinary goods are fine: set PAY_GATEWAY to cloudpay to say so. For jewellery, digital goods, blind boxes, clothes and underwear, cross-border goods, cosmetics, alcohol, home appliances, toys, bags, shoes, and sports and outdoor goods, set it to wechat-v3.',
      CollectionMissing: 'Create it in the cloud console, closed to every client, and give it the indexes of backend/schema.json.',
      StoreMissing: 'Add a store with this _id to the collection stores, or set the environment variable STORE_ID to one that is there.',
    },
  },
}
