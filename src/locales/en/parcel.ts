import type { Messages } from '../zh'

/** Entering what was posted, in English. */
export const parcel: Pick<Messages, 'parcel'> = {
  parcel: {
    open: 'Enter parcel',
    title: 'Post this order',
    company: 'Carrier',
    number: 'Tracking number',
    numberHint: 'Type it, or scan the label',
    scan: 'Scan the label',
    noCamera: 'Scanning does not work here. Please type the number',
    together: 'Same customer, same address: can go into one parcel',
    other: p => `#${p.id} · ${p.count} ${p.count === 1 ? 'piece' : 'pieces'}`,
    send: p => p.count > 1 ? `Posted ${p.count} orders together` : 'Posted',
    one: p => `Parcel ${p.number}`,
    which: 'Which parcel',
    add: 'Split into parcels',
    addMore: 'Add another parcel',
    remove: 'Remove this parcel',
    inside: 'In this parcel',
    correctTitle: 'Correct the parcel',
    correctOnce: 'WeChat takes one correction. Please check it against the label',
    correctYes: 'Save the correction',
    sent: 'Saved. The customer sees the number',
  },
}
