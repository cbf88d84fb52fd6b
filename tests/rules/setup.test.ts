import { describe, expect, it } from 'vitest'
import { checkPayment } from '../../backend/setup/rules.ts'
import type { Setup } from '../../backend/setup/rules.ts'
import { findNotifyProblem } from '../../backend/wechat/payV3/account.ts'

const sound: Setup = {
  gatewayText: 'cloudpay', gateway: 'cloudpay', problems: { 'cloudpay': null, 'wechat-v3': null }, used: ['cloudpay'],
  goods: [{ kind: 'Menu', name: '茉莉绿茶', category: '茶' }, { kind: 'Mall', name: '茶杯', category: '周边' }],
}
const kinds = (setup: Partial<Setup>) => checkPayment({ ...sound, ...setup }).map(({ kind }) => kind)
const goods = (name: string, category = '周边') => [{ kind: 'Mall' as const, name, category }]

describe('The check of payments', () => {
  it('finds nothing where all is well', () => {
    expect(checkPayment(sound)).toEqual([])
  })

  it.each(['翡翠手镯', '蓝牙耳机', '盲盒系列', '印花T恤', '保湿面膜', '精酿啤酒', '电饭煲', '积木', '帆布背包', '帆布鞋', '双人帐篷'])('knows %s as forbidden for cloudPay', (name) => {
    expect(checkPayment({ ...sound, goods: goods(name) })).toEqual([{ kind: 'CloudPayForbidden', detail: name }])
    expect(kinds({ goods: goods(name), gateway: 'wechat-v3', gatewayText: 'wechat-v3' })).toEqual([])
  })

  it('looks at the category as well, and names at most five of the goods', () => {
    expect(checkPayment({ ...sound, goods: Array.from({ length: 9 }, (_, index) => goods(`款式${index}`, '服饰')[0]!) }))
      .toEqual([{ kind: 'CloudPayForbidden', detail: '款式0、款式1、款式2、款式3、款式4' }])
  })

  it('tells a mall the rule until cloudPay was chosen by its name, and a tea shop never', () => {
    expect(checkPayment({ ...sound, gatewayText: '' })).toEqual([{ kind: 'CloudPayForMall', detail: '' }])
    expect(kinds({ gatewayText: '', goods: sound.goods.slice(0, 1) })).toEqual([])
  })

  it('finds a misspelt gateway, one that is not set up, and a former one whose orders may still be refunded', () => {
    expect(checkPayment({ ...sound, gatewayText: 'v'.repeat(40) })).toEqual([{ kind: 'GatewayUnknown', detail: 'v'.repeat(32) }])
    const problems = { 'cloudpay': 'PAY_SUB_MCH_ID is not set', 'wechat-v3': null }
    expect(checkPayment({ ...sound, problems })).toEqual([{ kind: 'GatewayNotReady', detail: 'PAY_SUB_MCH_ID is not set' }])
    expect(kinds({ problems, gateway: 'wechat-v3', gatewayText: 'wechat-v3' })).toEqual(['OldGatewayNotReady'])
    expect(kinds({ problems, gateway: 'wechat-v3', gatewayText: 'wechat-v3', used: [] })).toEqual([])
  })
})

it('An address for notices is public https without a query, or the local WeChat\'s', () => {
  for (const good of ['https://shop.example/pay-notify', 'http://127.0.0.1:8866/http/pay-notify']) expect(findNotifyProblem(good)).toBeNull()
  for (const bad of ['http://shop.example/x', 'https://shop.example/x?a=1', 'shop.example', '', `https://a.b/${'x'.repeat(255)}`]) {
    expect(findNotifyProblem(bad)).toContain('PAY_NOTIFY_URL')
  }
})
