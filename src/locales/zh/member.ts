/** Texts of the member's own pages in Chinese. */
export const member = {
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
