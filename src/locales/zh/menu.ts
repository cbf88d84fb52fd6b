/** Browsing the menu and choosing, in Chinese. */
export const menu = {
  browse: {
    usual: '常点',
    search: '搜菜单，拼音首字母也行',
    clearSearch: '清除搜索',
    found: (p: { count: number }) => `找到 ${p.count} 样`,
    notFound: (p: { words: string }) => `没有找到“${p.words}”`,
    notFoundHint: '换个说法，或者看看整张菜单',
    backToMenu: '看整张菜单',
    end: '菜单到底啦',
    closedUntil: (p: { when: string }) => `${p.when} 开始营业`,
    closedLong: '暂停营业',
    closedHint: '可以先看看，加进购物车等着',
    preorderHint: '现在可以预订',
    categories: '分类',
  },

  item: {
    optional: '可选',
    pickBetween: (p: { min: number, max: number }) => `任选 ${p.min}–${p.max} 种`,
    choiceSoldOut: (p: { name: string }) => `${p.name}今天没有了，其他照常可以点`,
    perOrderMax: (p: { max: number }) => `每单限购 ${p.max} 份`,
    asBefore: '已按你上次的口味选好',
    memberSaves: (p: { price: string, saving: string }) => `会员价 ${p.price}，下单时自动减 ${p.saving}`,
    contains: (p: { what: string }) => `含${p.what}`,
    allergens: {
      Milk: '奶', Gluten: '麸质', Egg: '蛋', Nuts: '坚果', Soy: '大豆', Alcohol: '酒精', Caffeine: '咖啡因',
    },
    between: '、',
    inTheSet: '套餐包含',
    setSaves: (p: { list: string, saving: string }) => `单点共 ${p.list}，套餐省 ${p.saving}`,
    spice: { 1: '微辣', 2: '中辣', 3: '特辣' },
  },
}
