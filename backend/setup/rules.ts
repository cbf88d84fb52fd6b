import type { ShopFinding } from '../../contracts/attention.ts'

type GatewayName = 'cloudpay' | 'wechat-v3'

/** What the checks need to know. Texts are as configured; `problems` name variables, never their values. */
export interface Setup {
  /** PAY_GATEWAY as it stands in the environment; empty where it is not set. */
  gatewayText: string
  gateway: GatewayName
  /** Why a gateway cannot work; null where nothing is known against it. */
  problems: Record<GatewayName, string | null>
  /** Gateways that payments were begun with: their refunds need them for a year. */
  used: readonly GatewayName[]
  goods: readonly { kind: 'Menu' | 'Mall', name: string, category: string }[]
}

/**
 * Words of the goods that WeChat does not let cloudPay be used for: jewellery, digital goods, blind boxes, clothes and
 * underwear, cross-border goods, cosmetics, alcohol, home appliances, toys, bags, shoes, sports and outdoor goods. Source:
 * 云开发, 微信支付, 交易类小程序运营规范.
 */
const bannedFromCloudPay = new RegExp([
  '珠宝', '首饰', '玉石', '玉镯', '翡翠', '黄金', '钻石', '数码', '手机', '电脑', '耳机', '相机', '盲盒', '服饰', '服装', '内衣', '内裤', 'T恤', '卫衣', '连衣裙',
  '海淘', '跨境', '美妆', '化妆', '口红', '面膜', '香水', '酒类', '白酒', '红酒', '啤酒', '葡萄酒', '威士忌', '家电', '电饭煲', '吹风机', '玩具', '积木',
  '箱包', '皮具', '背包', '钱包', '鞋', '运动户外', '健身', '帐篷',
].join('|'))

/** What of the payment set-up a person should look at; nothing where all is well. */
export function checkPayment(setup: Setup): ShopFinding[] {
  const { gatewayText, gateway, problems, used } = setup
  const isKnown = ['', 'cloudpay', 'wechat-v3'].includes(gatewayText)
  const problem = problems[gateway]
  return [
    ...isKnown ? [] : [{ kind: 'GatewayUnknown' as const, detail: gatewayText.slice(0, 32) }],
    ...problem === null ? [] : [{ kind: 'GatewayNotReady' as const, detail: problem }],
    ...used.filter(one => one !== gateway && problems[one] !== null)
      .map(one => ({ kind: 'OldGatewayNotReady' as const, detail: problems[one]! })),
    ...gateway === 'cloudpay' ? checkGoods(setup) : [],
  ]
}

/**
 * Goods that look forbidden are named. Where none does, a mall is told the rule all the same, since a name may not show it,
 * until somebody has chosen cloudPay by its name.
 */
function checkGoods({ goods, gatewayText }: Setup): ShopFinding[] {
  const banned = goods.filter(({ name, category }) => bannedFromCloudPay.test(`${category} ${name}`)).map(({ name }) => name)
  if (banned.length > 0) return [{ kind: 'CloudPayForbidden', detail: banned.slice(0, 5).join('、') }]
  return gatewayText === '' && goods.some(({ kind }) => kind === 'Mall') ? [{ kind: 'CloudPayForMall', detail: '' }] : []
}
