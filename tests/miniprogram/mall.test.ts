import sharp from 'sharp'
import { expect, it } from 'vitest'
import { PHOTO_MAX_BYTES, PHOTO_SIDE_MAX_PX } from '../../contracts/photo.ts'
import { member, paidOrder } from '../functions/support.ts'
import { useShop } from './support.ts'

const world = useShop()

it('opens a bowl in one call, shows which combination is sold out, and takes another one to the cart', async () => {
  const phone = await world.phoneOf('alice', { path: 'packages/mall/product/product?productId=rice-bowl' })
  await phone.see('枝叶饭碗')
  expect(phone.calls().map(call => call.data.action)).toEqual(['product'])
  await phone.tap('颜色、规格')
  await phone.tap('豆青')
  await phone.until('the large one to be shown as sold out', async () =>
    (await phone.screen.locator('.spec-large').getAttribute('class') ?? '').includes('sku__value--gone'))
  await phone.tap('青花')
  await phone.tap('6 寸')
  await phone.see('已选 青花 · 6 寸')
  await phone.tap('.sku-add-button')
  await phone.tap('.bar-cart')
  await phone.until('the cart to open', async () => await phone.route() === 'pages/cart/cart')
  await phone.see('青花 · 6 寸')
})

it('shows the mall page by page, and sends its view layer little', async () => {
  const phone = await world.phoneOf('bob', { path: 'pages/mall/mall' })
  await phone.see('茉莉花茶 · 铁罐')
  expect(phone.calls().map(call => call.data.action)).toEqual(['mall'])
  const { largestBytes, firstBytes } = await phone.setData()
  expect(firstBytes['pages/mall/mall']).toBeLessThanOrEqual(64 * 1024)
  expect(largestBytes).toBeLessThanOrEqual(64 * 1024)
})

it('lets a customer review what was collected, with a picture, once', async () => {
  const carol = await member(world.shop, 'o-carol')
  const { orderId } = await paidOrder(world.shop, carol, [{ productId: 'soy-sauce', choiceIds: [], quantity: 1 }])
  await world.shop.admin.change('orders', orderId, { state: 'Collected' })
  const phone = await world.phoneOf('carol', { path: `packages/member/review/review?orderId=${orderId}` })
  await phone.see('头道晒酱油')
  await phone.tap('.star-4')
  await phone.will('camera', { value: 1600 })
  await phone.tap('.add-photo')
  await phone.see('.photos__picture')
  await phone.until('the picture to be there', async () => await phone.screen.locator('.photos__veil').count() === 0)
  await phone.tap('.send-review')
  await phone.see('追加评价')
  const list = await world.shop.as(null).shop('reviews', { productId: 'soy-sauce', filter: 'Pictures' })
  expect(list.ok && list.value.reviews[0]).toMatchObject({ stars: 4, pictures: [expect.stringContaining('/review/m')] })
  // The camera's picture was of several megabytes: the phone made it small before it sent it.
  const picture = list.ok ? list.value.reviews[0]!.pictures[0]! : ''
  const sent = await fetch(picture.replace(/^cloud:\/\/[^/]+\//, `${world.shop.url}/cos/`))
  const { width } = await sharp(Buffer.from(await sent.clone().arrayBuffer())).metadata()
  expect((await sent.arrayBuffer()).byteLength).toBeLessThanOrEqual(PHOTO_MAX_BYTES)
  expect(width).toBeLessThanOrEqual(PHOTO_SIDE_MAX_PX)
})

it('lets a member choose a picture and a name by WeChat’s own ways, and shows them on Me', async () => {
  await member(world.shop, 'o-dora')
  const phone = await world.phoneOf('dora', { path: 'pages/me/me' })
  await phone.tap('设置头像和昵称')
  await phone.type('.nickname-input', '小朵')
  await phone.tap('.save-profile')
  await phone.until('Me to know the name', async () => await phone.route() === 'pages/me/me' && (await phone.text()).includes('小朵'))
  expect(await world.shop.as('o-dora').shop('me', {})).toMatchObject({ value: { member: { nickname: '小朵' } } })
})

it('shows a coupon that was taken as one to use, and leads to its goods', async () => {
  await member(world.shop, 'o-emil')
  const phone = await world.phoneOf('emil', { path: 'packages/member/coupons/coupons' })
  await phone.tap('领取 好茶满百减十五')
  await phone.tap('去使用 好茶满百减十五')
  await phone.until('the mall', async () => await phone.route() === 'pages/mall/mall')
  expect(phone.calls().at(-1)?.data).toMatchObject({ action: 'mall', input: { categoryId: 'mall-tea' } })
})

it('changes the kind of a line of the cart where it stands', async () => {
  const phone = await world.phoneOf('finn', { path: 'packages/mall/product/product?productId=umbrella' })
  await phone.tap('.choose-row')
  await phone.tap('.spec-navy')
  await phone.tap('.sku-add-button')
  await phone.tap('.bar-cart')
  await phone.tap('.change-line')
  await phone.tap('.spec-green')
  await phone.tap('.sku-add-button')
  await phone.until('the line to be another kind', async () => !(await phone.screen.locator('.change-line').innerText()).includes('藏蓝'))
  expect(await phone.screen.locator('.cart-line').count()).toBe(1)
})
