import type { Messages } from '../zh'

/** Texts of the member's own pages in English. */
export const member: Pick<Messages, 'points'> = {
  points: {
    title: 'My points',
    row: 'Points',
    rowHint: 'Earned when you buy, returned when you get a refund',
    balance: 'Your points',
    rule: 'You earn points for every whole yuan spent on goods, not on delivery or packaging. A refund takes its points back.',
    lines: 'History',
    empty: 'No points yet',
    emptyHint: 'They arrive within a minute of paying',
    go: 'Look around',
    kinds: { Earned: 'Earned by an order', TakenBack: 'Taken back with a refund' },
    order: 'See the order',
  },
}
