import type { CouponGoodsOf } from '@contracts/coupon.ts'

const cartPage = 'pages/cart/cart'
const productPage = '/packages/mall/product/product'
const orderPage = 'packages/order/order/order'

/** A tab stays under what is opened from it; any other page gives way, so that going back skips a form already sent. */
async function replace(url: string): Promise<void> {
  if (getCurrentPages().length > 1) await uni.redirectTo({ url })
  else await uni.navigateTo({ url })
}

/** The checkout may have been opened from the cart or straight from the menu. */
async function backToCart(): Promise<void> {
  const before = getCurrentPages().slice(-2)[0] as { route?: string } | undefined
  if (before?.route?.endsWith(cartPage)) await uni.navigateBack()
  else await uni.redirectTo({ url: `/${cartPage}` })
}

/** The form is opened from the order; where it was opened by a link there is nothing to go back to. */
async function backToOrder(orderId: string): Promise<void> {
  const before = getCurrentPages().slice(-2)[0] as { route?: string } | undefined
  if (getCurrentPages().length > 1 && before?.route?.endsWith(orderPage)) await uni.navigateBack()
  else await uni.redirectTo({ url: orderUrl(orderId) })
}

const orderUrl = (orderId: string) => `/${orderPage}?orderId=${orderId}`

/** Every way through the shop, so that a page that moves is changed in one place. */
export const routes = {
  home: () => uni.switchTab({ url: '/pages/home/home' }),
  menu: () => uni.switchTab({ url: '/pages/menu/menu' }),
  mall: () => uni.switchTab({ url: '/pages/mall/mall' }),
  orders: () => uni.switchTab({ url: '/pages/orders/orders' }),
  cart: () => uni.navigateTo({ url: `/${cartPage}` }),
  backToCart,
  /** Where those who sit together see what they have. */
  table: () => uni.navigateTo({ url: '/packages/dining/table/table' }),
  tables: () => uni.navigateTo({ url: '/packages/merchant/tables/tables' }),
  back: async (): Promise<void> => { await uni.navigateBack() },
  /** `Bar` for what is made, `Mall` for what is posted or fetched: they are ordered apart. `isAlone` is for one thing past the cart. */
  checkout: (group: 'Bar' | 'Mall', isAlone = false) =>
    uni.navigateTo({ url: `/packages/checkout/checkout/checkout?group=${group}${isAlone ? '&alone=1' : ''}` }),
  stores: () => uni.navigateTo({ url: '/packages/store/list/list' }),
  store: (storeId: string) => uni.navigateTo({ url: `/packages/store/store/store?storeId=${storeId}` }),
  /** `choose` is for a page that wants one of them. */
  addresses: (choose = false) => uni.navigateTo({ url: `/packages/address/list/list${choose ? '?choose=1' : ''}` }),
  editAddress: (addressId?: string) => uni.navigateTo({ url: `/packages/address/edit/edit${addressId ? `?addressId=${addressId}` : ''}` }),
  merchant: () => uni.navigateTo({ url: '/packages/merchant/orders/orders' }),
  attention: () => uni.navigateTo({ url: '/packages/merchant/attention/attention' }),
  product: (productId: string) => uni.navigateTo({ url: `${productPage}?productId=${productId}` }),
  /** The share of a product opens it in the same place. */
  productUrl: (productId: string) => `${productPage}?productId=${productId}`,
  productReviews: (productId: string) => uni.navigateTo({ url: `/packages/mall/reviews/reviews?productId=${productId}` }),
  /** The goods that a coupon is for. */
  couponGoods: (of: CouponGoodsOf) => uni.navigateTo({
    url: `/packages/mall/couponGoods/couponGoods?${of.kind === 'Own' ? `couponId=${of.couponId}` : `templateId=${of.templateId}`}`,
  }),
  search: () => uni.navigateTo({ url: '/packages/mall/search/search' }),
  writeReview: (orderId: string) => uni.navigateTo({ url: `/packages/member/review/review?orderId=${orderId}` }),
  favourites: () => uni.navigateTo({ url: '/packages/member/kept/kept?list=favourites' }),
  footprints: () => uni.navigateTo({ url: '/packages/member/kept/kept?list=footprints' }),
  findOrder: () => uni.navigateTo({ url: '/packages/merchant/find/find' }),
  /** One order as staff see it. */
  staffOrder: (orderId: string) => uni.navigateTo({ url: `/packages/merchant/order/order?orderId=${orderId}` }),
  /** What staff keep of their goods: sold out, and stock. */
  staffGoods: () => uni.navigateTo({ url: '/packages/merchant/goods/goods' }),
  staffReviews: () => uni.navigateTo({ url: '/packages/merchant/reviews/reviews' }),
  staffCoupons: () => uni.navigateTo({ url: '/packages/merchant/coupons/coupons' }),
  sales: () => uni.navigateTo({ url: '/packages/merchant/sales/sales' }),
  storeRules: () => uni.navigateTo({ url: '/packages/merchant/rules/rules' }),
  homeArranging: () => uni.navigateTo({ url: '/packages/merchant/home/home' }),
  afterSale: (orderId: string) => uni.navigateTo({ url: `/packages/order/afterSale/afterSale?orderId=${orderId}` }),
  backToOrder,
  profile: () => uni.navigateTo({ url: '/packages/member/profile/profile' }),
  coupons: () => uni.navigateTo({ url: '/packages/member/coupons/coupons' }),
  points: () => uni.navigateTo({ url: '/packages/member/points/points' }),
  order: (orderId: string) => uni.navigateTo({ url: orderUrl(orderId) }),
  /** `after` tells the order's page why it opens without a payment. */
  toOrder: (orderId: string, after?: 'cancel' | 'fail') => replace(after ? `${orderUrl(orderId)}&after=${after}` : orderUrl(orderId)),
  toResult: (orderId: string) => replace(`/packages/checkout/result/result?orderId=${orderId}`),
}
