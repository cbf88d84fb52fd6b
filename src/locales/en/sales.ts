import type { Messages } from '../zh'

/** What a store takes, in English. */
export const sales: Pick<Messages, 'sales'> = {
  sales: {
    title: 'Takings',
    today: 'Taken today',
    paid: 'Paid',
    orders: 'Orders',
    orderCount: p => p.count === 1 ? '1 order' : `${p.count} orders`,
    refunded: 'Refunded',
    net: 'Net',
    average: 'Average order',
    none: '—',
    weekAgo: p => `All of last ${p.weekday}: ${p.amount}`,
    share: p => `; today so far is ${p.percent}% of that`,
    periods: { 7: '7 days', 30: '30 days' },
    period: 'How many days',
    total: 'Total',
    chart: 'Paid each day',
    dayName: p => `${p.weekday} ${p.month}/${p.day}`,
    bar: p => `${p.day}: paid ${p.paid}, ${p.count === 1 ? '1 order' : `${p.count} orders`}, refunded ${p.refunded}`,
    dayByDay: 'Day by day',
    best: 'Best sellers',
    bestHint: 'Refunded pieces are taken off; table bills shared by amount do not count',
    noBest: 'Nothing was sold in these days',
    pieces: p => `${p.count} sold`,
  },
}
