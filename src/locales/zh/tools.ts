/** What staff find from the bar, in Chinese. */
export const tools = {
  tools: {
    title: '店铺工具',
    ownerOnly: '这里只有店主能进',
    ownerOnlyHint: '有什么要改的，请告诉店主。',
    toBar: '回接单页',
    reviews: '评价',
    workplace: '在哪家店上班',
    change: '切换',
  },
}
