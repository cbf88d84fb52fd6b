import type { Messages } from '../zh'

/** What staff find from the bar, in English. */
export const tools: Pick<Messages, 'tools'> = {
  tools: {
    title: 'Shop tools',
    ownerOnly: 'Only the owner may come in here',
    ownerOnlyHint: 'If something here has to change, tell the owner.',
    toBar: 'Back to the orders',
    reviews: 'Reviews',
    workplace: 'Where you work',
    change: 'Change',
  },
}
