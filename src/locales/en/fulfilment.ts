import type { Messages } from '../zh'
import type { fulfilment as chinese } from '../zh/fulfilment'

/** How goods reach the customer, where to and when, in English. */
export const fulfilment: Pick<Messages, keyof typeof chinese> = {
  ways: { DineIn: 'Dine in', TakeAway: 'Take away', Delivery: 'Delivery', Express: 'Shipping', PickUp: 'Pick up', Virtual: 'Online' },
  wayHints: {
    DineIn: 'Brought to your table', TakeAway: 'Collect it at the bar by number', Delivery: 'A courier brings it to your door', Express: 'Shipped to your home',
    PickUp: 'Show your number in the store',
  },

  obstacles: {
    closed: 'We are closed',
    closedUntil: p => `We are closed and take orders from ${p.time}`,
    preorder: p => `We are closed and take orders from ${p.time}. You can order ahead: just choose a time`,
    wayNotOffered: p => `“${p.way}” is not offered by this store at the moment. Please choose another way`,
    slotGone: 'This time is no longer free. Please choose another one',
    addressNeeded: 'Please choose an address',
    notDeliverable: 'We do not ship to this region yet. Please choose another address',
    placeNeeded: 'This address is not on the map yet, so no courier would find it. Please add its place',
    outOfRange: p => `${p.away} from the store, and we deliver within ${p.range}. Choose another address, or collect it yourself`,
    belowMinimum: p => `Minimum for delivery ${p.minimum}; ${p.missing} to go`,
  },

  fees: {
    freight: 'Shipping',
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

  progress: {
    awaiting: 'Paid. The store has yet to accept it',
    Delivery: {
      Paid: 'We are making it and bring it right away', Making: 'We are making it and bring it right away', Ready: 'Ready, and waiting for the courier',
      OnTheWay: 'The courier is on the way', Collected: 'Delivered. Enjoy it',
    },
    Express: { Paid: 'Paid. We are packing it', Making: 'We are packing it', Ready: 'Shipped. On its way soon', OnTheWay: 'On its way', Collected: 'Received' },
    PickUp: {
      Paid: 'We are putting it together', Making: 'We are putting it together', Ready: 'Ready to be picked up', OnTheWay: 'On its way', Collected: 'Picked up',
    },
  },
  stateWords: {
    awaiting: 'To be accepted',
    Delivery: { Paid: 'Making', Making: 'Making', Ready: 'To be sent', OnTheWay: 'On its way', Collected: 'Delivered' },
    Express: { Paid: 'To be shipped', Making: 'To be shipped', Ready: 'On its way', OnTheWay: 'On its way', Collected: 'Received' },
    PickUp: { Paid: 'Preparing', Making: 'Preparing', Ready: 'To pick up', OnTheWay: 'To pick up', Collected: 'Picked up' },
  },
  stepWords: {
    DineIn: { Ready: 'Ready', OnTheWay: 'Ready', Collected: 'Served' },
    Delivery: { Ready: 'Ready', OnTheWay: 'Sent out', Collected: 'Delivered' },
    Express: { Ready: 'Shipped', OnTheWay: 'Shipped', Collected: 'Received' },
    PickUp: { Ready: 'Ready', OnTheWay: 'Ready', Collected: 'Picked up' },
  },
  nextWords: {
    DineIn: { Ready: 'Making', OnTheWay: 'Making', Collected: 'Serving' },
    Delivery: { Ready: 'Making', OnTheWay: 'To be sent', Collected: 'On its way' },
    Express: { Ready: 'To be shipped', OnTheWay: 'To be shipped', Collected: 'On its way' },
    PickUp: { Ready: 'Preparing', OnTheWay: 'Preparing', Collected: 'To pick up' },
  },
  paidHints: {
    Delivery: 'A courier sets out as soon as it is ready. Please keep your phone close', Express: 'We ship it as soon as it is packed. You will find the tracking number in the order',
    PickUp: 'Show the number in the store once it is ready',
  },
  facts: {
    slot: 'Scheduled for', receiver: 'Recipient', address: 'Address', parcel: 'Parcel', utensils: 'Cutlery', sets: p => p.count === 1 ? '1 set' : `${p.count} sets`, invoice: 'Invoice',
    copy: p => `Copy: ${p.what}`,
  },
  pickUpNumber: 'Pick-up number',
  orderAt: p => `For ${p.slot}`,

  slot: {
    title: 'When',
    soon: 'As soon as possible',
    soonIn: p => `ASAP, about ${p.minutes} min`,
    today: 'Today',
    tomorrow: 'Tomorrow',
    dayAfter: 'The day after',
    date: p => `${p.month}/${p.day}`,
    at: p => `${p.day} ${p.clock}`,
    none: 'No more times today',
    choose: 'Choose a time',
  },
}
