import type { Messages } from '../zh'

/** How goods reach the customer, where to and when, in English. */
export const fulfilment: Pick<Messages, 'ways' | 'wayHints' | 'obstacles' | 'fees' | 'distance' | 'slot'> = {
  ways: { DineIn: 'Dine in', TakeAway: 'Take away', Delivery: 'Delivery', Express: 'By post', PickUp: 'Pick up', Virtual: 'Online' },
  wayHints: {
    DineIn: 'Brought to your table', TakeAway: 'Collect it at the bar by number', Delivery: 'A courier brings it to your door', Express: 'Posted to your home',
    PickUp: 'Show your number in the store',
  },

  obstacles: {
    closed: 'We are closed',
    closedUntil: p => `We are closed and take orders from ${p.time}`,
    preorder: p => `We are closed and take orders from ${p.time}. You can order ahead: just choose a time`,
    wayNotOffered: p => `“${p.way}” is not offered by this store at the moment. Please choose another way`,
    slotGone: 'This time is no longer free. Please choose another one',
    addressNeeded: 'Please choose an address',
    notDeliverable: 'We do not post to this region yet. Please choose another address',
    placeNeeded: 'This address is not on the map yet, so no courier would find it. Please add its place',
    outOfRange: p => `${p.away} from the store, and we deliver within ${p.range}. Choose another address, or collect it yourself`,
    belowMinimum: p => `We deliver from ${p.minimum}; ${p.missing} to go`,
  },

  fees: {
    freight: 'Postage',
    utensils: p => `Cutlery × ${p.count}`,
    firstWeight: p => `first ${p.weight} ${p.amount}`,
    furtherWeight: p => `further ${p.weight} ${p.amount}`,
    distance: p => `${p.away} away`,
    freeFrom: p => `free from ${p.amount}`,
    kilograms: p => `${p.count} kg`,
  },

  distance: {
    meters: p => `${p.count} m`,
    kilometers: p => `${p.count} km`,
  },

  slot: {
    title: 'When would you like it?',
    soon: 'As soon as possible',
    soonIn: p => `As soon as possible, about ${p.minutes} min`,
    today: 'Today',
    tomorrow: 'Tomorrow',
    dayAfter: 'The day after',
    date: p => `${p.month}/${p.day}`,
    at: p => `${p.day} ${p.clock}`,
    none: 'No time is free today any more',
    choose: 'Choose a time',
  },
}
