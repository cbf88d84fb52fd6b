import type { Messages } from '../zh'

/** What staff find from the bar, in English. */
export const tools: Pick<Messages, 'tools'> = {
  tools: {
    title: 'Shop tools',
    ownerOnly: 'Only the owner may come in here',
    reviews: 'Reviews',
    workplace: 'Where you work',
    change: 'Change',
  },
}
