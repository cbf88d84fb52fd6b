import type { Messages } from '../zh'

/** What the checkout lets choose, the cart by its groups, and what was left unfinished, in English. */
export const till: Pick<Messages, 'till' | 'cartGroups' | 'resume'> = {
  till: {
    how: 'How would you like it?',
    chooseAddress: 'Choose an address',
    addressHint: 'Shipping depends on it',
    deliveryHint: 'The delivery fee depends on it',
    changeAddress: 'Change the address',
    away: p => `${p.away} from the store`,
    apart: p => `${p.count} more to order separately`,
    utensils: 'Sets of cutlery',
    utensilsFree: p => `Free up to ${p.count}`,
    utensilsNone: 'None',
    invoice: 'Invoice',
    invoiceNone: 'No invoice',
    invoicePersonal: 'Personal',
    invoiceCompany: 'Company',
    invoiceTitle: 'Billed to',
    invoiceTitleHint: 'Your name or your company',
    taxNumber: 'Tax number',
    taxNumberHint: 'Unified social credit code, 18 characters',
    email: 'E-mail',
    emailHint: 'Email for the e-invoice',
    fromWeChat: 'From WeChat',
    invoiceSave: 'Use this',
    invoiceProblems: {
      title: 'Please enter the name for the invoice', taxNumber: 'This tax number is not right. Please check it', email: 'This e-mail does not look right',
    },
    fix: {
      AddressNeeded: 'Choose', NotDeliverable: 'Change', OutOfRange: 'Change', PlaceNeeded: 'Add it', SlotGone: 'Change',
      SlotFull: 'Change', StorePaused: 'Choose a time', StoreClosed: 'Choose a time',
      BelowMinimum: 'Add more',
    },
    reserved: p => `Arrives ${p.slot}`,
    fetchAt: 'Collect at',
  },

  cartGroups: {
    Bar: 'Made for you',
    Mall: 'Shipped or picked up',
    BarHint: 'Dine in, take away, delivery',
    MallHint: 'By courier, or from the store',
    subtotal: 'Subtotal',
    edit: 'Edit',
    done: 'Done',
    all: 'All',
    remove: p => `Delete (${p.count})`,
    removeTitle: p => `Delete the ${p.count} you selected?`,
    select: p => `Select ${p.name}`,
  },

  resume: {
    unpaid: p => `An order of ${p.amount} is waiting for payment`,
    timeLeft: p => `${p.time} left`,
    pay: 'Pay',
    draft: 'You were about to check out',
    goOn: 'Continue',
    dismiss: 'No thanks',
  },
}
