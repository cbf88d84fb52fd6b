/** The auditor's own reading of docs/machines.md. `new` is before a document exists. */
export const lives: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  orders: {
    new: ['Reserving', 'Unpaid'],
    Reserving: ['Unpaid', 'Rejected'],
    Unpaid: ['Paid', 'Closing'],
    Closing: ['Paid', 'Closed'],
    Paid: ['Making', 'Ready', 'Refunded'],
    Making: ['Ready', 'Refunded'],
    Ready: ['OnTheWay', 'Collected', 'Refunded'],
    OnTheWay: ['Collected', 'Refunded'],
    Collected: ['Refunded'],
  },
  attempts: {
    new: ['Created'],
    Created: ['Prepaid', 'Paid', 'Closed'],
    Prepaid: ['Paid', 'Closed'],
    Closed: ['Paid'],
  },
  refunds: {
    new: ['Requested'],
    Requested: ['Accepted', 'NotEnough', 'Failed'],
    NotEnough: ['Accepted'],
    Accepted: ['Succeeded', 'Abnormal', 'Closed', 'Failed'],
    Abnormal: ['Succeeded', 'Closed', 'SettledByHand'],
    Closed: ['Replaced', 'SettledByHand'],
    Failed: ['Requested', 'Accepted', 'SettledByHand'],
  },
  afterSales: {
    new: ['Requested'],
    Requested: ['Approved', 'Declined', 'Withdrawn'],
    Approved: ['Refunding', 'Refunded'],
    Refunding: ['Refunded'],
    Declined: ['Requested'],
  },
  coupons: {
    new: ['Taken'],
    Taken: ['Locked', 'Expired'],
    Locked: ['Used', 'Taken'],
    Used: ['Taken'],
  },
  incidents: {
    new: ['Open'],
    Open: ['Resolved'],
  },
}

/** Every arrow of every life, as it is counted. */
export const arrows: string[] = Object.entries(lives).flatMap(([collection, table]) =>
  Object.entries(table).flatMap(([from, next]) => next.map(to => arrow(collection, from, to))))

export function arrow(collection: string, from: string, to: string): string {
  return `${collection} ${from} → ${to}`
}
