/** A tab stays under what is opened from it; any other page gives way, so that going back skips a form already sent. */
async function replace(url: string): Promise<void> {
  if (getCurrentPages().length > 1) await uni.redirectTo({ url })
  else await uni.navigateTo({ url })
}

const orderUrl = (orderId: string) => `/packages/order/order/order?orderId=${orderId}`

/** Every way through the shop, so that a page that moves is changed in one place. */
export const routes = {
  home: () => uni.switchTab({ url: '/pages/home/home' }),
  menu: () => uni.switchTab({ url: '/pages/menu/menu' }),
  orders: () => uni.switchTab({ url: '/pages/orders/orders' }),
  cart: () => uni.navigateTo({ url: '/pages/cart/cart' }),
  checkout: () => uni.navigateTo({ url: '/packages/checkout/checkout/checkout' }),
  merchant: () => uni.navigateTo({ url: '/packages/merchant/orders/orders' }),
  order: (orderId: string) => uni.navigateTo({ url: orderUrl(orderId) }),
  /** `after` tells the order's page why it opens without a payment. */
  toOrder: (orderId: string, after?: 'cancel' | 'fail') => replace(after ? `${orderUrl(orderId)}&after=${after}` : orderUrl(orderId)),
  toResult: (orderId: string) => replace(`/packages/checkout/result/result?orderId=${orderId}`),
}
