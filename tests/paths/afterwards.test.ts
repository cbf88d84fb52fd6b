import { expect, it } from 'vitest'
import type { OrderView } from '../../contracts/order.ts'
import { EGG_TART, member, orderOf, paidOrder } from '../functions/support.ts'
import { nameOf, pageOf, valueOf } from './shopping.ts'
import { useStreet } from './street.ts'
import type { Hand } from './street.ts'

/** What comes after an order: money back, and what one says of the goods. */
const street = useStreet()

const orderPath = (orderId: string) => ({ path: `packages/order/order/order?orderId=${orderId}` })
const refundsDue = () => street.phoneOf('owner', { path: 'packages/merchant/attention/attention' })

/** Somebody on the page of an order that they have paid for. */
async function withOrder(person: string, quantity: number) {
  const customer = await member(street.shop, `o-${person}`)
  const { orderId } = await paidOrder(street.shop, customer, [{ ...EGG_TART, quantity }])
  const phone = await street.phoneOf(person, orderPath(orderId))
  return { phone, order: (): Promise<OrderView> => orderOf(customer, orderId) }
}

/** Asks for money back; with pieces left, only for the others. */
async function askBack(phone: Hand, reason: string, less = 0): Promise<void> {
  await phone.see(`.refund-line:has-text("${nameOf('egg-tart')}")`)
  for (let piece = 0; piece < less; piece += 1) await phone.tap('.refund-line .stepper__minus')
  await phone.tap(`.reason-${reason}`)
}

it('one of two pieces is asked back without a photo; the owner agrees, and its money comes back', async () => {
  const { phone: ann, order } = await withOrder('ann', 2)
  await ann.tap('.refund-button')
  await askBack(ann, 'Missing', 1)
  await ann.see('.after-sale__amount:has-text("12.00")')
  await ann.tap('.send-button')
  await ann.see('.after-sale-card:has-text("申请退 ¥12.00，等店里答复")')

  const owner = await refundsDue()
  await owner.see('.attention-request:has-text("少了东西")')
  await owner.tap('.approve-button')
  await owner.tap('.approve-send:has-text("退 ¥12.00")')
  await owner.read('没有等答复的申请')

  await ann.see('.refund-notice:has-text("¥12.00 已原路退回")')
  await ann.see('.lines:has-text("已退 1")')
  expect(await order()).toMatchObject({ refundedPieces: [1], refundableFen: 1200, refunds: [{ state: 'Succeeded', refundFen: 1200 }] })
}, 60_000)

it('a request with a photo is declined with an answer, made once more, and withdrawn', async () => {
  const { phone: ben, order } = await withOrder('ben', 1)
  await ben.tap('.refund-button')
  await askBack(ben, 'Quality')
  await ben.type('.reason__text', '烤焦了')
  await ben.takePicture('.add-photo')
  await ben.see('.photos__picture')
  await ben.gone('.photos__veil')
  await ben.tap('.send-button')
  await ben.see('.after-sale-card:has-text("等店里答复")')
  expect((await order()).afterSale).toMatchObject({ state: 'Requested', photos: [expect.any(String) as string] })

  const owner = await refundsDue()
  await owner.see('.attention-request:has-text("顾客说：烤焦了") .card__photos')
  await owner.tap('.decline-button')
  await owner.type('.note__text', '照片里看不出来，请再拍一张')
  await owner.tap('.note-send')
  await ben.see('.after-sale-card:has-text("店里说：照片里看不出来，请再拍一张")')

  await ben.tap('.ask-again-button')
  await askBack(ben, 'Quality')
  await ben.tap('.send-button')
  await ben.tap('.withdraw-button')
  await ben.tap('.question-yes')
  await ben.gone('.after-sale-card:has-text("等店里答复")')
  expect(await order()).toMatchObject({ state: 'Paid', refunds: [], afterSale: { state: 'Withdrawn' } })
  // Whoever has thought better of it can still think again.
  await ben.see('.refund-button')
}, 60_000)

it('a review with a picture is refused for a forbidden word, taken without it, and stands on the page of the goods', async () => {
  const { shop } = street
  const customer = await member(shop, 'o-cat')
  const { orderId } = await paidOrder(shop, customer, [{ productId: 'soy-sauce', choiceIds: [], quantity: 1 }])
  await shop.admin.change('orders', orderId, { state: 'Collected' })
  const cat = await street.phoneOf('cat', orderPath(orderId))
  await cat.tap('.review-button')
  await cat.tap('.star-4')
  await cat.read('满意')
  await cat.takePicture('.add-photo')
  await cat.see('.photos__picture')
  await cat.gone('.photos__veil')
  await cat.type('.form__text', '买一送一，办假证')
  await cat.tap('.send-review')
  await cat.read('里面有不合适的内容，请改一改')
  const reviews = async () => valueOf(await shop.as(null).shop('reviews', { productId: 'soy-sauce', filter: 'Pictures' })).reviews
  expect(await reviews()).toEqual([])

  // What was written is still there to be changed.
  await cat.type('.form__text', '拌面只要一勺')
  await cat.tap('匿名评价')
  await cat.tap('.send-review')
  await cat.read('谢谢你的评价')
  expect(await reviews()).toMatchObject([{ stars: 4, text: '拌面只要一勺', author: null, pictures: [expect.stringContaining('/review/m') as string] }])
  await cat.tap('.add-to-review')
  await cat.type('.addition__text', '一个月了，还是它')
  await cat.tap('.send-addition')
  await cat.see('.review__addition:has-text("一个月了，还是它")')

  await cat.back()
  await cat.gone('.review-button')
  await cat.open({ path: pageOf('soy-sauce') })
  await cat.see('.review:has-text("匿名用户"):has-text("拌面只要一勺")')
  await cat.tap('.all-reviews')
  await cat.see('.review:has-text("一个月了，还是它") .review__pictures')
}, 60_000)
