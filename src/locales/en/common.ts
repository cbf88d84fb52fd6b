import type { Messages } from '../zh'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const monthName = (month: number) => months[month - 1] ?? ''

/** Texts that belong to no single screen, and the page of the customer, in English. */
export const common: Pick<Messages, 'tabs' | 'state' | 'failures' | 'store' | 'me' | 'time'> = {

  tabs: { home: 'Home', menu: 'Menu', orders: 'Orders', me: 'Me' },

  state: {
    retry: 'Try again',
    loading: 'Loading',
    more: 'Tap to see more',
    noMore: 'That is all',
  },

  failures: {
    Offline: 'You seem to be offline. Check the network and try again',
    Broken: 'Something went wrong and we have noted it. Please try again later',
    NotAllowed: 'Staff only',
    LoginNeeded: 'We could not recognise you. Please try again',
    CodeExpired: 'Signing in took too long. Please try again',
    AccountBlocked: 'WeChat does not let this account sign in for now',
    TooOften: 'That was a little fast. Please try again in a moment',
    WeChatBusy: 'WeChat is busy. Please try again in a moment',
    LoginNotConfigured: 'The shop has not set up sign-in yet',
    StoreClosed: 'We are closed now. Please order during opening hours',
    LinesUnavailable: 'Something has just sold out. Please remove it from your cart first',
    PriceChanged: p => `The price has just changed to ${p.total}`,
    TableUnknown: 'We do not know this table code. Scan it again, or choose take-away',
    NothingToPay: 'There is nothing to pay for',
    TooManyUnpaid: 'You have several unpaid orders. Pay or cancel them first',
    OrderUnknown: 'We cannot find this order',
    OrderNotUnpaid: 'This order has moved on',
    PaymentUnavailable: 'Payment is not available right now. Please try again later',
    OrderNotPaid: 'This order is not paid yet',
    OrderNotReady: 'This order is not ready yet',
    OrderNotRefundable: 'This order cannot be refunded now',
    TooManyPieces: 'Fewer items are left to refund. Please choose again',
    NothingToRefund: 'Nothing was paid for these items',
    AmountChanged: p => `The amount has changed. It is now ${p.total}`,
    AlreadyRequested: 'There is a request for this order already',
    AskedTooOften: 'You cannot ask for this order again. Please call the shop',
    PhotoUnknown: 'A photo was not recognised. Please upload it again',
    AfterSaleUnknown: 'This request cannot be found',
    AfterSaleDecided: 'This request has changed in the meantime',
    GoodsNotCounted: 'What is made to order cannot go back to the shelf',
    TooManyRefunds: 'This payment cannot be refunded more often. Please use the merchant platform',
    RefundUnknown: 'This refund cannot be found',
    RefundNotInTrouble: 'This refund has changed in the meantime',
    IncidentUnknown: 'This record cannot be found',
    other: 'That did not work. Please try again later',
    reference: p => `Ref. ${p.id}`,
  },

  store: {
    open: 'Open',
    closed: 'Closed',
    hours: p => `${p.from}–${p.until}`,
    closedHint: p => `Have a look around. We take orders from ${p.from}`,
    call: 'Call the shop',
    map: 'Show on the map',
  },

  me: {
    title: 'Me',
    morning: 'Good morning',
    noon: 'Good day',
    afternoon: 'Good afternoon',
    evening: 'Good evening',
    greetingHint: 'What would you like today?',
    stranger: 'Log in to see your orders',
    login: 'Log in with WeChat',
    since: p => `With us since ${p.date}`,
    orders: 'My orders',
    allOrders: 'All orders',
    unpaid: 'Unpaid',
    doing: 'In progress',
    done: 'Done',
    language: 'Language',
    merchant: 'Bar orders',
    merchantHint: 'New orders, pickup calls, hand-over',
    about: 'About Xiaopu',
    aboutText: 'Xiaopu is an open-source WeChat mini program shop that needs no server.',
  },

  time: {
    today: p => `Today ${p.clock}`,
    date: p => `${p.day} ${monthName(p.month)}, ${p.clock}`,
    day: p => `${p.day} ${monthName(p.month)} ${p.year}`,
  },
}
