/** What staff find from the bar, in Chinese. */
export const tools = {
  tools: {
    title: '店铺工具',
    ownerOnly: '这里只有店主能进',
    reviews: '评价',
  },
}
