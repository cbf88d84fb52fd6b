import { shopActions } from '../../contracts/shop.ts'
import { deleteAddress, listAddresses, saveAddress } from '../../backend/address/addresses.ts'
import { afterSaleForm, afterSaleQuote } from '../../backend/aftersale/quoteAfterSale.ts'
import { requestAfterSale, withdrawAfterSale } from '../../backend/aftersale/requestAfterSale.ts'
import { home } from '../../backend/catalog/home.ts'
import { menu } from '../../backend/catalog/screens.ts'
import { beginMeal } from '../../backend/dining/beginMeal.ts'
import { callWaiter } from '../../backend/dining/callWaiter.ts'
import { changeTableCart } from '../../backend/dining/changeTableCart.ts'
import { enterTable, tableNow } from '../../backend/dining/enterTable.ts'
import { cancelBill, makeBill, payPart } from '../../backend/dining/payBill.ts'
import { sendRound } from '../../backend/dining/sendRound.ts'
import { hostDoor } from '../../backend/door/host.ts'
import { removeKept, setFavourite, showKept } from '../../backend/favourite/keptGoods.ts'
import { showCheckout } from '../../backend/fulfilment/checkout.ts'
import { showMall } from '../../backend/mall/mall.ts'
import { showProduct } from '../../backend/mall/product.ts'
import { login } from '../../backend/member/login.ts'
import { me } from '../../backend/member/me.ts'
import { saveProfile } from '../../backend/member/saveProfile.ts'
import { cancelOrder } from '../../backend/order/closeOrder.ts'
import { placeOrder } from '../../backend/order/placeOrder.ts'
import { listOrders, readOrder } from '../../backend/order/readOrders.ts'
import { syncPayment } from '../../backend/payment/syncPayment.ts'
import { unifiedOrder } from '../../backend/payment/unifiedOrder.ts'
import { confirmReceipt } from '../../backend/shipping/receipt.ts'
import { listPoints } from '../../backend/points/listPoints.ts'
import { quoteCart } from '../../backend/pricing/quoteCart.ts'
import { listStores } from '../../backend/store/stores.ts'
import { listCoupons } from '../../backend/promotion/coupon/listCoupons.ts'
import { showCouponGoods } from '../../backend/promotion/coupon/couponGoods.ts'
import { takeCoupon } from '../../backend/promotion/coupon/takeCoupon.ts'
import { listReviews, reviewsOfOrder } from '../../backend/review/listReviews.ts'
import { amendReview, writeReview } from '../../backend/review/writeReview.ts'
import { search, suggest } from '../../backend/search/search.ts'

/** The customer's door. */
export const main = hostDoor(shopActions, {
  home: (world, input, { openid }) => home(world, openid, input),
  menu: (world, _input, { openid }) => menu(world, openid),
  quote: (world, input, { openid }) => quoteCart(world, openid, input),
  login: (world, input, call) => login(world, call.openid, input),
  me: (world, _input, { openid }) => me(world, openid),
  saveProfile: (world, input, { openid }) => saveProfile(world, openid, input),
  placeOrder: (world, input, { openid }) => placeOrder(world, openid, input),
  unifiedOrder: (world, input, visitor) => unifiedOrder(world, visitor, input),
  syncPayment: (world, input, { openid }) => syncPayment(world, openid, input),
  confirmReceipt: (world, input, { openid }) => confirmReceipt(world, openid, input),
  cancelOrder: (world, input, { openid }) => cancelOrder(world, openid, input),
  afterSaleForm: (world, input, { openid }) => afterSaleForm(world, openid, input),
  afterSaleQuote: (world, input, { openid }) => afterSaleQuote(world, openid, input),
  requestAfterSale: (world, input, { openid }) => requestAfterSale(world, openid, input),
  withdrawAfterSale: (world, input, { openid }) => withdrawAfterSale(world, openid, input),
  order: (world, input, { openid }) => readOrder(world, openid, input),
  orders: (world, input, { openid }) => listOrders(world, openid, input),
  coupons: (world, input, { openid }) => listCoupons(world, openid, input),
  couponGoods: (world, input, { openid }) => showCouponGoods(world, openid, input),
  takeCoupon: (world, input, { openid }) => takeCoupon(world, openid, input),
  stores: world => listStores(world),
  addresses: (world, _input, { openid }) => listAddresses(world, openid),
  saveAddress: (world, input, { openid }) => saveAddress(world, openid, input),
  deleteAddress: (world, input, { openid }) => deleteAddress(world, openid, input),
  checkout: (world, input, { openid }) => showCheckout(world, openid, input),
  points: (world, input, { openid }) => listPoints(world, openid, input),
  enterTable: (world, input, { openid }) => enterTable(world, openid, input),
  tableNow: (world, input, { openid }) => tableNow(world, openid, input),
  beginMeal: (world, input, { openid }) => beginMeal(world, openid, input),
  changeTableCart: (world, input, { openid }) => changeTableCart(world, openid, input),
  sendRound: (world, input, { openid }) => sendRound(world, openid, input),
  makeBill: (world, input, { openid }) => makeBill(world, openid, input),
  payPart: (world, input, { openid }) => payPart(world, openid, input),
  cancelBill: (world, input, { openid }) => cancelBill(world, openid, input),
  callWaiter: (world, input, { openid }) => callWaiter(world, openid, input),
  mall: showMall,
  product: (world, input, { openid }) => showProduct(world, openid, input),
  search,
  suggest,
  reviews: listReviews,
  orderReviews: (world, input, { openid }) => reviewsOfOrder(world, openid, input),
  writeReview: (world, input, { openid }) => writeReview(world, openid, input),
  amendReview: (world, input, { openid }) => amendReview(world, openid, input),
  setFavourite: (world, input, { openid }) => setFavourite(world, openid, input),
  favourites: (world, input, { openid }) => showKept('favourites')(world, openid, input),
  footprints: (world, input, { openid }) => showKept('footprints')(world, openid, input),
  removeFavourites: (world, input, { openid }) => removeKept('favourites')(world, openid, input),
  removeFootprints: (world, input, { openid }) => removeKept('footprints')(world, openid, input),
})
