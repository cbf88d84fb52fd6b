/** What staff find from the bar, in Chinese. */
export const tools = {
  tools: {
    title: '店铺工具',
    reviews: '评价',
  },
}
