/** Texts of the member's own pages in Chinese. */
export const member = {
  profile: {
    title: '头像和昵称',
    avatar: '头像',
    change: '换头像',
    remove: '不用头像',
    nickname: '昵称',
    nicknameHint: '怎么称呼你',
    hint: '写评价时会带上头像和打码的昵称；匿名评价不会。都可以不填',
    save: '保存',
    saved: '已保存',
    set: '设置头像和昵称',
    hello: (p: { greeting: string, name: string }) => `${p.greeting}，${p.name}`,
  },

  ownCoupons: {
    title: '我的优惠券',
    row: '优惠券',
    tabs: { Usable: '可以用的', Past: '用过和过期的' },
    mine: '我的券',
    order: '看这一单',
    nonePast: '没有用过或过期的券',
    emptyHint: '店里有活动时，这里可以领券',
  },

  points: {
    title: '我的积分',
    row: '积分',
    rowHint: '买东西攒的，退款会相应扣回',
    balance: '现有积分',
    rule: '按实付的商品金额攒，每满 1 元记一次；配送费、打包费不计。退款时，那部分积分一起收回。',
    lines: '积分明细',
    empty: '还没有积分',
    emptyHint: '付款后一分钟内到账',
    go: '去逛逛',
    kinds: { Earned: '下单获得', TakenBack: '退款收回' },
    order: '看这一单',
  },
}
