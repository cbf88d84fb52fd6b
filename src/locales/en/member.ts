import type { Messages } from '../zh'

/** Texts of the member's own pages in English. */
export const member: Pick<Messages, 'points'> = {
  points: {
    title: 'My points',
    row: 'Points',
    rowHint: 'Earned by buying; a refund takes its share back',
    balance: 'Points now',
    rule: 'Earned on what you pay for goods, for every whole yuan; delivery and packaging bring none. When money goes back, so do its points.',
    lines: 'Where they come from',
    empty: 'No points yet',
    emptyHint: 'They arrive within a minute of paying',
    go: 'Look around',
    kinds: { Earned: 'Earned by an order', TakenBack: 'Taken back with a refund' },
    order: 'See the order',
  },
}
