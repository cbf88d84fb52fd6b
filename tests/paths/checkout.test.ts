import { expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import { buyNow, ordersOf, pay, takeWeChatAddress, valueOf } from './shopping.ts'
import { useStreet } from './street.ts'
import type { Hand } from './street.ts'

/** From goods to a paid order: where it goes, what that costs, and what one wants to say about it. */
const street = useStreet()

const bookOf = async (person: string) => valueOf(await street.shop.as(`o-${person}`).shop('addresses', {}))

/** Writes an address by hand, up to the region that the sheet lists in three steps. */
async function writeAddress(phone: Hand, name: string, region: string[], detail: string): Promise<void> {
  await phone.tap('.add-address-button')
  await phone.type('.name-input', name)
  await phone.type('.phone-input', '13900139000')
  await phone.tap('.region-row')
  for (const part of region) await phone.tap(`.region-name:has-text("${part}")`)
  await phone.type('.detail-input', detail)
  await phone.tap('.save-button')
  await phone.see(`.address-row:has-text("${name}")`)
}

it('goods are posted to an address from WeChat, from the map or by hand, for the freight of its region and their weight', async () => {
  const ann = await street.phoneOf('ann')
  await buyNow(ann, 'wuchang-rice', '5000g')
  await ann.read('请选择收货地址')
  expect(ann.asked().filter(action => action === 'checkout')).toHaveLength(1)
  await takeWeChatAddress(ann)
  // 5.15 kg in the nearest zone: ¥6 for the first, ¥2 for each of five further ones.
  await ann.read('首重 1 kg ¥6.00')
  await ann.see('.checkout__sum:has-text("88.00")')

  await ann.tap('.address-card')
  await ann.tap('.add-address-button')
  await ann.tap('.save-button')
  await ann.read('请填收货人')
  await ann.choosePlace('.place-row', '运河文化广场')
  await ann.see('.region-row:has-text("浙江省 杭州市 拱墅区")')
  await ann.type('.name-input', '林小满')
  await ann.type('.phone-input', '12')
  await ann.tap('.save-button')
  await ann.read('这个号码好像不对，请再看看')
  await ann.type('.phone-input', '13900139000')
  await ann.tap('.save-button')
  await ann.tap('.address-row:has-text("林小满")')
  await ann.see('.address-card:has-text("桥弄街 1 号运河文化广场")')
  await ann.see('.checkout__sum:has-text("88.00")')
  const [, onMap] = (await bookOf('ann')).sort((one, other) => Number(other.name !== '林小满') - Number(one.name !== '林小满'))
  expect(onMap).toMatchObject({ province: '33', district: '拱墅区', place: { name: '运河文化广场' } })

  await ann.tap('.address-card')
  await writeAddress(ann, '扎西', ['西藏自治区', '拉萨市', '城关区'], '北京中路 1 号')
  await ann.tap('.address-row:has-text("扎西")')
  await ann.read('首重 1 kg ¥22.00')
  await ann.see('.checkout__sum:has-text("184.00")')

  await ann.tap('.address-card')
  await writeAddress(ann, '阿明', ['香港特别行政区', '香港岛', '中西区'], '皇后大道中 1 号')
  await ann.tap('.address-row:has-text("阿明")')
  await ann.see('.obstacle:has-text("港澳台暂时寄不到")')
  // The button leads to what helps, and orders nothing.
  await ann.tap('.pay-button')
  await ann.tap('.address-row:has-text("扎西")')
  await ann.gone('.obstacle')
  expect(await ordersOf(street, 'ann')).toEqual([])
  await pay(ann)
  expect(await ordersOf(street, 'ann')).toMatchObject([{
    state: 'Paid', totalFen: 7200 + 11200, fees: [{ kind: 'Freight', amountFen: 2200 + 5 * 1800, because: { kind: 'Weight', grams: 5150 } }],
    fulfilment: { kind: 'Express', receiver: { name: '扎西', phone: '13900139000', address: '西藏自治区拉萨市城关区北京中路 1 号' } },
  }])
}, 90_000)

it('goods are fetched from the store at a time, with a remark and an invoice that stay with the order', async () => {
  const ben = await street.phoneOf('ben')
  await buyNow(ben, 'umbrella', 'navy')
  await ben.tap('.pick-up-choice')
  await ben.see('.fetch-at-row:has-text("小铺茶屋"):has-text("杭州市拱墅区桥弄街 18 号")')
  await ben.tap('.slot-row')
  await ben.see('.time-slot')
  const [, , clock] = await ben.texts('.time-slot')
  await ben.tap('.time-slot >> nth=2')
  await ben.see(`.slot-row:has-text("${clock!.trim()}")`)
  await ben.tap('送礼，别放价签')
  await ben.see('.remark__chip--said:has-text("送礼，别放价签")')

  await ben.tap('.invoice-row')
  await ben.tap('从微信选')
  await ben.tap('.save-invoice')
  await ben.read('邮箱好像不对，请再看看')
  await ben.type('.invoice-email', 'ben@example.com')
  await ben.tap('.save-invoice')
  await ben.see('.invoice-row:has-text("好喝有限公司")')
  await ben.see('.checkout__sum:has-text("99.00")')
  await pay(ben)

  const [order] = await ordersOf(street, 'ben')
  expect(order).toMatchObject({
    state: 'Paid', totalFen: 9900, fees: [], remark: '送礼，别放价签', fulfilment: { kind: 'PickUp' },
    invoice: { kind: 'Company', title: expect.stringContaining('好喝有限公司') as string, taxNumber: '91350100M000100Y43', email: 'ben@example.com' },
  })
  const { fulfilment } = order!
  expect(fulfilment.kind === 'PickUp' && new Date(fulfilment.slotAtMs! + 8 * 3_600_000).toISOString().slice(11, 16)).toBe(clock!.trim())
  await ben.tap('.view-order-button')
  await ben.see(`.facts__row:has-text("预约时间"):has-text("${clock!.trim()}")`)
  await ben.see('.facts__row:has-text("备注"):has-text("送礼，别放价签")')
  await ben.see('.facts__row:has-text("发票"):has-text("好喝有限公司")')
}, 60_000)

it('a coupon says why it cannot be used; the best one is counted in, unless another one or none is wanted', async () => {
  const cat = await street.phoneOf('cat')
  await buyNow(cat, 'honey-jar')
  await cat.tap('.pick-up-choice')
  await cat.tap('.coupon-row')
  await cat.tap('领取 果茶八五折')
  await cat.see('.ticket:has-text("果茶八五折"):has-text("这次点的不在优惠范围里")')
  await cat.tap('领取 好茶满百减十五')
  await cat.see('.ticket:has-text("好茶满百减十五"):has-text("还差 ¥48.00 就能用")')
  await cat.tap('领取 新朋友见面礼')
  await cat.see('.usable-coupon:has-text("新朋友见面礼")')
  await cat.tap('.sheet__close')
  await cat.see('.coupon-row:has-text("-¥5.00")')
  await cat.see('.checkout__sum:has-text("47.00")')

  await buyNow(cat, 'longjing-tin')
  await cat.tap('.pick-up-choice')
  await cat.see('.coupon-row:has-text("-¥15.00")')
  await cat.see('.checkout__sum:has-text("113.00")')
  await cat.tap('.coupon-row')
  await cat.tap('.usable-coupon:has-text("新朋友见面礼")')
  await cat.see('.checkout__sum:has-text("123.00")')
  await cat.tap('.coupon-row')
  await cat.tap('.no-coupon-button')
  await cat.see('.checkout__sum:has-text("128.00")')
  await cat.tap('.coupon-row')
  await cat.tap('.usable-coupon:has-text("好茶满百减十五")')
  await cat.see('.checkout__sum:has-text("113.00")')
  await pay(cat)
  expect(await ordersOf(street, 'cat')).toMatchObject([{
    totalFen: 11300, discounts: [{ kind: 'Coupon', name: { zh: '好茶满百减十五' }, amountFen: 1500 }], lines: [{ totalFen: 12800, paidFen: 11300 }],
  }])
  const { mine } = valueOf(await street.shop.as('o-cat').shop('coupons', {}))
  expect(mine.find(({ name }) => name.zh === '好茶满百减十五')).toMatchObject({ state: 'Used' })
}, 60_000)

it('another store is chosen at the checkout, and the goods are fetched there', async () => {
  const { id, name, pieces: _pieces, tables: _tables, week: _week, ...branch } = demoCatalog.branches[0]!
  // Whatever the clock says.
  await street.shop.admin.set('stores', id, { ...branch, name, banners: [], hours: { from: '00:00', until: '24:00' } })
  const fay = await street.phoneOf('fay')
  await buyNow(fay, 'tea-gift-box')
  await fay.tap('.pick-up-choice')
  await fay.tap('.fetch-at-row:has-text("小铺茶屋")')
  await fay.tap(`.store-row:has-text("${name.zh}") .store-choose`)
  await fay.see(`.fetch-at-row:has-text("${name.zh}"):has-text("${branch.address.zh}")`)
  await fay.gone('.obstacle')
  await pay(fay)
  expect(await ordersOf(street, 'fay')).toMatchObject([{ storeId: id, state: 'Paid', totalFen: 19_800, fulfilment: { kind: 'PickUp' } }])
}, 60_000)
