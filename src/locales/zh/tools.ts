/** What staff find from the bar, in Chinese. */
export const tools = {
  tools: {
    title: '店铺工具',
    ownerOnly: '这里只有店主能进',
    reviews: '评价',
    workplace: '在哪家店上班',
    change: '切换',
  },
}
