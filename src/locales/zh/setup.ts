/** How the shop is set up, and what the owner has to mend, in Chinese. */
export const setup = {
  setup: {
    title: '店铺体检',
    gateway: { 'cloudpay': '现在用云支付（cloudPay）收款', 'wechat-v3': '现在用微信支付 API v3 收款' },
    finding: {
      GatewayUnknown: '收款方式写错了，现在按云支付收款',
      GatewayNotReady: '收款还没配好，顾客付不了款',
      OldGatewayNotReady: '以前的收款方式配置没了，老订单退不了款',
      CloudPayForbidden: '这些商品看起来不能用云支付收款',
      CloudPayForMall: '商城商品用云支付收款，要看类目',
      CollectionMissing: '数据库少了一个集合',
      StoreMissing: '数据库里没有这家店',
    },
    findingDo: {
      GatewayUnknown: '把环境变量 PAY_GATEWAY 改成 cloudpay 或 wechat-v3。',
      GatewayNotReady: '按下面的提示，在每个云函数的环境变量里补上或改对。',
      OldGatewayNotReady: '把原来那种收款方式的环境变量加回每个云函数，至少留一年，直到没有订单要退款。',
      CloudPayForbidden: '微信规定珠宝玉石、3C 数码、盲盒、服饰内衣、海淘、美妆、酒类、家电、玩具、箱包皮具、鞋靴、运动户外不能用云支付。卖这些就开通 API v3，把 PAY_GATEWAY 改成 wechat-v3；老订单仍走原来的方式。',
      CloudPayForMall: '餐饮和一般商品可以用，确认后把 PAY_GATEWAY 设为 cloudpay。卖珠宝玉石、3C 数码、盲盒、服饰内衣、海淘、美妆、酒类、家电、玩具、箱包皮具、鞋靴、运动户外就不行，要设为 wechat-v3。',
      CollectionMissing: '在云开发控制台新建这个集合，权限选「所有用户不可读写」，再按 backend/schema.json 建索引。',
      StoreMissing: '在集合 stores 里建一条 _id 是它的店铺，或把环境变量 STORE_ID 改成已有的店铺。',
    },
  },
}
