/** Every way through the shop, so that a page that moves is changed in one place. */
export const routes = {
  home: () => uni.switchTab({ url: '/pages/home/home' }),
  menu: () => uni.switchTab({ url: '/pages/menu/menu' }),
  orders: () => uni.switchTab({ url: '/pages/orders/orders' }),
  cart: () => uni.navigateTo({ url: '/pages/cart/cart' }),
  checkout: () => uni.navigateTo({ url: '/packages/checkout/checkout/checkout' }),
  merchant: () => uni.navigateTo({ url: '/packages/merchant/orders/orders' }),
  order: (orderId: string) => uni.navigateTo({ url: `/packages/order/order/order?orderId=${orderId}` }),
  /** Leaves the checkout behind: going back from an order must not show a form that was already sent. */
  toOrder: (orderId: string, after?: 'cancel' | 'fail') =>
    uni.redirectTo({ url: `/packages/order/order/order?orderId=${orderId}${after ? `&after=${after}` : ''}` }),
  toResult: (orderId: string) => uni.redirectTo({ url: `/packages/checkout/result/result?orderId=${orderId}` }),
}
