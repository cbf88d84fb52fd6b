/** How goods reach the customer, where to and when, in Chinese. */
export const fulfilment = {
  ways: { DineIn: '堂食', TakeAway: '自取', Delivery: '外送', Express: '快递', PickUp: '到店提货', Virtual: '线上' },
  wayHints: {
    DineIn: '送到桌边', TakeAway: '到吧台凭取餐号领取', Delivery: '骑手送到门口', Express: '寄到家里', PickUp: '到店出示提货号',
  },

  obstacles: {
    closed: '店里休息了',
    closedUntil: (p: { time: string }) => `店里休息了，${p.time} 开始接单`,
    preorder: (p: { time: string }) => `店里休息了，${p.time} 开始接单。可以现在预订，选个时间就好`,
    wayNotOffered: (p: { way: string }) => `这家店暂时没有${p.way}，换一种方式吧`,
    slotGone: '这个时间已经约不到了，请换一个',
    addressNeeded: '请选择收货地址',
    notDeliverable: '这个地区暂时不寄，换个地址吧',
    placeNeeded: '这个地址还没有在地图上标出来，骑手找不到。请补上位置',
    outOfRange: (p: { away: string, range: string }) => `离店 ${p.away}，超出了 ${p.range} 的外送范围。换个地址，或改为自取`,
    belowMinimum: (p: { minimum: string, missing: string }) => `${p.minimum} 起送，还差 ${p.missing}`,
  },

  fees: {
    freight: '运费',
    utensils: (p: { count: number }) => `餐具 × ${p.count}`,
    firstWeight: (p: { weight: string, amount: string }) => `首重 ${p.weight} ${p.amount}`,
    furtherWeight: (p: { weight: string, amount: string }) => `续重 ${p.weight} ${p.amount}`,
    distance: (p: { away: string }) => `距离 ${p.away}`,
    freeFrom: (p: { amount: string }) => `满 ${p.amount} 免`,
    kilograms: (p: { count: string }) => `${p.count} kg`,
  },

  distance: {
    meters: (p: { count: number }) => `${p.count} 米`,
    kilometers: (p: { count: string }) => `${p.count} 公里`,
  },

  /** What a customer wants to know first, where it does not go over the counter. */
  progress: {
    awaiting: '已付款，等店里接单',
    Delivery: { Paid: '正在为你做，做好就送', Making: '正在为你做，做好就送', Ready: '做好了，等骑手出发', OnTheWay: '骑手在路上了', Collected: '已送到，慢慢享用' },
    Express: { Paid: '已付款，正在打包', Making: '正在打包', Ready: '已寄出，请留意收货', OnTheWay: '在路上了', Collected: '已收货' },
    PickUp: { Paid: '正在备货', Making: '正在备货', Ready: '备好了，请到店提货', OnTheWay: '在路上了', Collected: '已提货' },
  },
  stateWords: {
    awaiting: '待接单',
    Delivery: { Paid: '制作中', Making: '制作中', Ready: '待配送', OnTheWay: '配送中', Collected: '已送达' },
    Express: { Paid: '待发货', Making: '待发货', Ready: '待收货', OnTheWay: '待收货', Collected: '已收货' },
    PickUp: { Paid: '备货中', Making: '备货中', Ready: '待提货', OnTheWay: '待提货', Collected: '已提货' },
  },
  stepWords: {
    DineIn: { Ready: '做好', OnTheWay: '做好', Collected: '上桌' },
    Delivery: { Ready: '做好', OnTheWay: '送出', Collected: '送达' },
    Express: { Ready: '寄出', OnTheWay: '寄出', Collected: '收货' },
    PickUp: { Ready: '备好', OnTheWay: '备好', Collected: '提货' },
  },
  nextWords: {
    DineIn: { Ready: '制作中', OnTheWay: '制作中', Collected: '上桌中' },
    Delivery: { Ready: '制作中', OnTheWay: '待送出', Collected: '配送中' },
    Express: { Ready: '待寄出', OnTheWay: '待寄出', Collected: '待收货' },
    PickUp: { Ready: '备货中', OnTheWay: '备货中', Collected: '待提货' },
  },
  paidHints: { Delivery: '做好后骑手马上出发，请留意电话', Express: '打包好就寄出，单号会出现在订单里', PickUp: '备好后到店出示提货号' },
  facts: {
    slot: '预约时间', receiver: '收货人', address: '收货地址', parcel: '快递单号', utensils: '餐具', sets: (p: { count: number }) => `${p.count} 份`, invoice: '发票',
    copy: (p: { what: string }) => `复制${p.what}`,
  },
  pickUpNumber: '提货号',
  orderAt: (p: { slot: string }) => `预约 ${p.slot}`,

  slot: {
    title: '什么时候要',
    soon: '尽快',
    soonIn: (p: { minutes: number }) => `尽快，约 ${p.minutes} 分钟`,
    today: '今天',
    tomorrow: '明天',
    dayAfter: '后天',
    date: (p: { month: number, day: number }) => `${p.month}月${p.day}日`,
    at: (p: { day: string, clock: string }) => `${p.day} ${p.clock}`,
    none: '今天没有可以预约的时间了',
    choose: '选一个时间',
  },
}
