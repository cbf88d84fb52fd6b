import { expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import { useShop } from './support.ts'

const world = useShop()
const { latitude, longitude } = demoCatalog.store

it('delivers to a place on the map within the range, and refuses one beyond it', async () => {
  const phone = await world.phoneOf('bob')
  await phone.tap('点单')
  for (let time = 0; time < 2; time += 1) {
    await phone.tap('小铺珍珠奶茶')
    await phone.tap('加入购物车')
  }
  await phone.tap('.head__way--Delivery')
  await phone.tap('去结算')
  await phone.tap('.address-card')
  await phone.will('chooseLocation', { value: { name: '远方', address: '浙江省杭州市萧山区', latitude: latitude - 0.2, longitude } })
  await phone.tap('用微信地址')
  await phone.tap('.place-row')
  await phone.tap('保存')
  await phone.tap('.address-row')
  await phone.see('离店 22.2 公里，超出了 4 公里 的外送范围。换个地址，或改为自取')
  await phone.tap('.address-card')
  await phone.tap('编辑')
  await phone.will('chooseLocation', { value: { name: '小河直街', address: '浙江省杭州市拱墅区', latitude: latitude + 0.01, longitude } })
  await phone.tap('.place-row')
  await phone.tap('保存')
  await phone.tap('.address-row')
  await phone.see('距离 1.1 公里')
  await phone.tap('.pay-button')
  await phone.pay()
  await phone.see('.result-paid')
})

it('goes to the nearest store for who says where they are, and shows its page with a map', async () => {
  const station = demoCatalog.branches.find(({ id }) => id === 'station')!
  const phone = await world.phoneOf('carol', { answers: { getFuzzyLocation: { value: { latitude: station.latitude, longitude: station.longitude } } } })
  await phone.tap('.store-switch')
  await phone.tap('看看哪家店最近')
  await phone.see('最近')
  await phone.tap('.store-details')
  await phone.see(station.address.zh)
  await phone.tap('导航')
  await phone.until('the map to open', async () => (await phone.deeds('openLocation')).length > 0)
  expect(await phone.deeds('openLocation')).toMatchObject([{ options: { latitude: station.latitude, longitude: station.longitude } }])
  await phone.tap('去这家')
  await phone.see('小铺茶屋 · 东站店 ›')
  expect(phone.calls().at(-1)?.data).toMatchObject({ action: 'menu', storeId: 'station' })
})
