import type { Messages } from '../zh'

/** Texts of the member's own pages in English. */
export const member: Pick<Messages, 'profile' | 'ownCoupons' | 'points'> = {
  profile: {
    title: 'Photo and name',
    avatar: 'Photo',
    change: 'Change photo',
    remove: 'Remove photo',
    nickname: 'Name',
    nicknameHint: 'What shall we call you?',
    hint: 'Shown with your reviews, the name in part only, unless you post anonymously. Both are optional',
    save: 'Save',
    saved: 'Saved',
    set: 'Add a photo and a name',
    hello: p => `${p.greeting}, ${p.name}`,
  },

  ownCoupons: {
    title: 'My coupons',
    row: 'Coupons',
    tabs: { Usable: 'To use', Past: 'Used or expired' },
    mine: 'Your coupons',
    order: 'See the order',
    nonePast: 'None used or expired',
    emptyHint: 'When the shop gives some out, you can claim them here',
  },

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
