import type { OptionGroup, Product, Store } from '@contracts/catalog.ts'
import type { CheckoutScreen } from '@contracts/checkout.ts'
import type { CouponChoice, CouponToTake } from '@contracts/coupon.ts'
import type { GoodsCard } from '@contracts/mall.ts'
import type { OrderView, PricedLine, Quote, QuotedLine } from '@contracts/order.ts'

const same = (text: string) => ({ zh: text, en: text })

export const size: OptionGroup = {
  id: 'size', name: same('Size'), min: 1, max: 1,
  choices: [{ id: 'medium', name: same('Medium'), deltaFen: 0 }, { id: 'large', name: same('Large'), deltaFen: 300 }],
}

export const extras: OptionGroup = {
  id: 'extras', name: same('Extras'), min: 0, max: 2,
  choices: [
    { id: 'pearls', name: same('Pearls'), deltaFen: 300 },
    { id: 'taro', name: same('Taro'), deltaFen: 400 },
    { id: 'jelly', name: same('Jelly'), deltaFen: 200 },
  ],
}

export const tea: Product = {
  id: 'tea', categoryId: 'drinks', kind: 'Menu', name: same('Tea'), summary: same('Hot'), picture: 'cloud://e.b/tea.webp',
  priceFen: 1400, soldCount: 1, optionGroups: [size, extras], specs: [], skus: [], weightGrams: 0, left: null,
}

export function pricedLine(over: Partial<PricedLine> = {}): PricedLine {
  return {
    productId: 'tea', choiceIds: ['medium'], name: same('Tea'), picture: 'cloud://e.b/tea.webp', choices: [same('Medium')],
    unitFen: 1400, quantity: 1, totalFen: 1400, paidFen: 1400, reasons: [{ kind: 'ListPrice', amountFen: 1400 }], ...over,
  }
}

export function order(over: Partial<OrderView> = {}): OrderView {
  return {
    id: 'order-1', state: 'Unpaid', awaitsAcceptance: false, parcels: [], storeId: 'main', fulfilment: { kind: 'TakeAway', slotAtMs: null }, lines: [pricedLine()], discounts: [], fees: [], totalFen: 1400, remark: '', utensils: 0, invoice: null,
    pickupNumber: null, createdAtMs: 0, expiresAtMs: 900_000, steps: [], refunds: [],
    refundableFen: 0, refundedPieces: [0], afterSale: null, ...over,
  }
}

/** A quote of these lines, without coupons and fees unless told. */
export function quote(lines: QuotedLine[], over: Partial<Quote> = {}): Quote {
  const good = lines.filter(line => line.problem === undefined)
  const goodsFen = good.reduce((sum, line) => sum + line.totalFen, 0)
  return {
    lines, count: good.reduce((sum, line) => sum + line.quantity, 0), goodsFen, discounts: [], fees: [], totalFen: goodsFen,
    coupons: [], bestCouponId: null, couponId: null, ways: lines.map(() => ['DineIn', 'TakeAway', 'Delivery']), obstacle: null, ...over,
  }
}

/** A store that is open and offers every way. */
export const store: Store = {
  id: 'main', name: same('Tea bar'), address: same('Qiaonong 18'), phone: '0571', hours: { from: '09:00', until: '21:00' }, closedDays: [], isOpen: true,
  opensAtMs: null, mayPreorder: true, ways: ['DineIn', 'TakeAway', 'Delivery', 'Express', 'PickUp'], services: [], notice: same(''), latitude: 30.3,
  longitude: 120.1, picture: 'cloud://e.b/store.webp',
}

/** The checkout with a price, as the server shows it. */
export function checkout(price: Quote, over: Partial<CheckoutScreen> = {}): CheckoutScreen {
  return {
    store, quote: price, ways: ['DineIn', 'TakeAway', 'Delivery'], way: 'TakeAway', addresses: [], addressId: null, slots: [], soonestMinutes: 15,
    utensils: null, ...over,
  }
}

/** A coupon of the customer, weighed. */
export function couponChoice(id: string, over: Partial<CouponChoice> = {}): CouponChoice {
  return {
    coupon: {
      id, templateId: 't', name: same(`Coupon ${id}`), benefit: { kind: 'AmountOff', amountFen: 500 }, scope: { kind: 'All' }, minimumFen: 0,
      audience: 'Members', validFromMs: 0, validUntilMs: 1_800_000_000_000, state: 'Taken', orderId: null,
    },
    savesFen: 500,
    ...over,
  }
}

export const done = (value: unknown) => ({ ok: true, value })
export const refused = (code: string, detail?: unknown) => ({ ok: false, kind: 'refused', code, detail })
export const loginNeeded = { ok: false, kind: 'denied', code: 'LoginNeeded' }

/** The wire failed: nobody knows whether the server has heard it. */
export const offline = { ok: false, kind: 'broken', code: 'Offline', requestId: '' }
/** Something broke on the server, under an id that can be searched for. */
export const broken = { ok: false, kind: 'broken', code: 'Broken', requestId: 'E-7F3A' }

/** Goods as a list shows them. */
export function goodsCard(id: string, over: Partial<GoodsCard> = {}): GoodsCard {
  return {
    id, kind: 'Mall', name: { zh: `好物${id}`, en: id }, summary: same(''), picture: 'cloud://e.b/goods.webp', priceFen: 100, hasRange: false,
    soldCount: 0, isSoldOut: false, ...over,
  }
}

/** A coupon that is handed out, and that this person has not taken yet. */
export function couponOffer(templateId: string, over: Partial<CouponToTake> = {}): CouponToTake {
  return {
    templateId, name: { zh: `优惠券${templateId}`, en: `Coupon ${templateId}` }, benefit: { kind: 'AmountOff', amountFen: 500 }, scope: { kind: 'All' },
    minimumFen: 0, audience: 'Members', period: { kind: 'AfterTaking', days: 7 }, number: 1, left: null, isHeld: false, leadsTo: { kind: 'Mall' },
    ...over,
  }
}
