import sharp from 'sharp'
import { expect, it } from 'vitest'
import { PHOTO_MAX_BYTES, PHOTO_SIDE_MAX_PX } from '../../contracts/photo.ts'
import { member, paidOrder } from '../functions/support.ts'
import { useShop } from './support.ts'

const world = useShop()

it('shows the mall page by page, and sends its view layer little', async () => {
  const phone = await world.phoneOf('bob', { path: 'pages/mall/mall' })
  await phone.see('茉莉花茶 · 铁罐')
  expect(phone.calls().map(call => call.data.action)).toEqual(['mall'])
  const { largestBytes, firstBytes } = await phone.setData()
  expect(firstBytes['pages/mall/mall']).toBeLessThanOrEqual(64 * 1024)
  expect(largestBytes).toBeLessThanOrEqual(64 * 1024)
})

it('makes a picture of several megabytes small before it sends it', async () => {
  const carol = await member(world.shop, 'o-carol')
  const { orderId } = await paidOrder(world.shop, carol, [{ productId: 'soy-sauce', choiceIds: [], quantity: 1 }])
  await world.shop.admin.change('orders', orderId, { state: 'Collected' })
  const phone = await world.phoneOf('carol', { path: `packages/member/review/review?orderId=${orderId}` })
  await phone.will('camera', { value: 1600 })
  await phone.tap('.add-photo')
  await phone.see('.photos__picture')
  await phone.until('the picture to be there', async () => await phone.screen.locator('.photos__veil').count() === 0)
  await phone.tap('.send-review')
  await phone.see('追加评价')
  const list = await world.shop.as(null).shop('reviews', { productId: 'soy-sauce', filter: 'Pictures' })
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
