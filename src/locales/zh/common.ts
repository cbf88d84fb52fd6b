/** Texts that belong to no single screen, and the page of the customer, in Chinese. */
export const common = {

  tabs: { home: '首页', menu: '点单', orders: '订单', me: '我的' },

  state: {
    retry: '再试一次',
    loading: '正在加载',
    more: '点这里看更多',
    noMore: '没有更多了',
  },

  failures: {
    Offline: '网络好像断了，检查一下再试',
    Broken: '出了点问题，我们已经记下，请稍后再试',
    NotAllowed: '这里只有店员能进',
    LoginNeeded: '暂时认不出你，请再试一次',
    CodeExpired: '登录超时了，请再试一次',
    AccountBlocked: '微信暂时不让这个账号登录',
    TooOften: '点得太快了，歇一会儿再试',
    WeChatBusy: '微信正忙，过一会儿再试',
    LoginNotConfigured: '小店还没有配好登录',
    StoreClosed: '店已打烊，营业时间再来下单吧',
    LinesUnavailable: '有商品刚刚卖完，请先从购物车移走',
    PriceChanged: (p: { total: string }) => `价格刚刚变了，现在是 ${p.total}`,
    TableUnknown: '桌码认不出来，请重新扫桌上的码，或改为自取',
    NothingToPay: '这一单没有要付的钱',
    TooManyUnpaid: '还有几单没付款，先付掉或取消再下单',
    OrderUnknown: '找不到这一单',
    OrderNotUnpaid: '这一单的状态已经变了',
    PaymentUnavailable: '暂时付不了款，请稍后再试',
    OrderNotPaid: '这一单还没付款',
    OrderNotReady: '这一单还没做好',
    other: '没有办成，请稍后再试',
    reference: (p: { id: string }) => `编号 ${p.id}`,
  },

  store: {
    open: '营业中',
    closed: '休息中',
    hours: (p: { from: string, until: string }) => `${p.from}–${p.until}`,
    closedHint: (p: { from: string }) => `现在可以先看看，${p.from} 开始接单`,
    call: '打电话给店里',
    map: '看地图',
  },

  me: {
    title: '我的',
    morning: '早上好',
    noon: '中午好',
    afternoon: '下午好',
    evening: '晚上好',
    greetingHint: '今天想喝点什么？',
    stranger: '登录后看订单',
    login: '微信登录',
    since: (p: { date: string }) => `${p.date}起的老朋友`,
    orders: '我的订单',
    allOrders: '全部订单',
    unpaid: '待付款',
    doing: '进行中',
    done: '已完成',
    language: '语言',
    merchant: '店员接单',
    merchantHint: '看新单、叫号、交餐',
    about: '关于小铺',
    aboutText: '小铺是开源的微信小程序商城，不用租服务器。',
  },

  time: {
    today: (p: { clock: string }) => `今天 ${p.clock}`,
    date: (p: { month: number, day: number, clock: string }) => `${p.month}月${p.day}日 ${p.clock}`,
    day: (p: { year: number, month: number, day: number }) => `${p.year}年${p.month}月${p.day}日`,
  },
}
