import { asksForMoney, collected, inTwoParcels, ordered, orderedAndPaid, posted, ready, refunded } from './orders.ts'
import { townAt } from './people.ts'
import type { Person } from './people.ts'
import { setTables } from './tables.ts'

/** What stands in the shop before anybody looks: ids that a screen's address needs. */
export type Scene = Record<'paid' | 'unpaid' | 'posted' | 'collected' | 'ready' | 'refunded' | 'inTwoParcels', string>

/** A member of some weeks: addresses, things liked and looked at, a coupon. */
async function settleIn(person: Person): Promise<void> {
  const home = { name: '林小满', phone: '13800138000', province: '33', city: '杭州市', label: 'Home', isDefault: true } as const
  await person.shop('saveAddress', {
    ...home, requestId: crypto.randomUUID(), district: '拱墅区', detail: '桥弄街 40 号 2 单元 302',
    place: { latitude: 30.3188, longitude: 120.1391, name: '桥弄小区' },
  })
  await person.shop('saveAddress', {
    ...home, requestId: crypto.randomUUID(), district: '西湖区', detail: '文三路 90 号 5 楼', label: 'Company', isDefault: false,
  })
  for (const productId of ['rice-bowl', 'cheese-matcha', 'tea-gift-box', 'soy-candle']) {
    await person.shop('setFavourite', { productId, isFavourite: true })
    await person.shop('product', { productId })
  }
  const { toTake } = await person.shop('coupons', {})
  for (const { templateId } of toTake) await person.shop('takeCoupon', { templateId })
}

/** Fills the shop on which the screens are looked at: orders of every kind, tables in use, somebody who wants money back. */
export async function setScene(url: string): Promise<Scene> {
  const town = townAt(url)
  const [owner, early, bird, regular] = [await town.person('owner'), await town.person('early'), await town.person('bird'), await town.person('regular')]
  await asksForMoney(early, await orderedAndPaid(town, early))
  await orderedAndPaid(town, bird)
  await settleIn(regular)
  const scene = {
    collected: await collected(town, regular, owner),
    refunded: await refunded(town, regular, owner),
    inTwoParcels: await inTwoParcels(town, regular, owner),
    posted: await posted(town, regular, owner),
    ready: await ready(town, regular, owner),
    paid: await orderedAndPaid(town, regular),
    unpaid: await ordered(regular),
  }
  await setTables(town)
  // Sales are counted, points given and parcels told to WeChat by what runs every minute.
  await town.minute()
  return scene
}
