import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import type { Address } from '../../contracts/address.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { EGG_TART, EGG_TART_FEN, member, newRequestId, pay, wishOf } from './support.ts'

let shop: TestShop
let alice: Caller
let mallory: Caller
beforeAll(async () => {
  shop = await openTestShop()
  alice = await member(shop, 'o-alice')
  mallory = await member(shop, 'o-mallory')
})
afterAll(() => shop.close())

const { store } = demoCatalog
const HONEY = { productId: 'honey-jar', choiceIds: [] as string[], quantity: 1 }
const TARTS = { ...EGG_TART, quantity: 2 }
/** About 1.1 km north of the store, and one in the north of the country. */
const near = { latitude: store.latitude + 0.01, longitude: store.longitude, name: '运河边' }
const far = { latitude: store.latitude + 1, longitude: store.longitude, name: '很远' }
const given = { name: '王小明', phone: '13800138000', province: '33' as const, city: '杭州市', district: '拱墅区', detail: '小河路 1 号', isDefault: false }

async function written(who: Caller, over: Partial<Omit<Address, 'id'>> = {}): Promise<string> {
  const before = await who.shop('addresses', {})
  const outcome = await who.shop('saveAddress', { requestId: newRequestId(), ...given, ...over })
  if (!outcome.ok || !before.ok) throw new Error(JSON.stringify(outcome))
  return outcome.value.find(({ id }) => !before.value.some(known => known.id === id))!.id
}

async function withStore<T>(over: object, work: () => Promise<T>): Promise<T> {
  await shop.admin.set('stores', 'main', { ...store, banners: [], ...over })
  try {
    return await work()
  } finally {
    await shop.admin.set('stores', 'main', { ...store, banners: [] })
  }
}

describe('an address book', () => {
  it('belongs to one member, keeps one default, and forgets what is deleted', async () => {
    const bea = await member(shop, 'o-bea')
    const requestId = newRequestId()
    const first = await bea.shop('saveAddress', { requestId, ...given })
    expect(await bea.shop('saveAddress', { requestId, ...given })).toEqual(first)
    const second = await written(bea, { detail: '公司', isDefault: true })
    expect(await bea.shop('addresses', {})).toMatchObject({ ok: true, value: [{ id: second, isDefault: true }, { isDefault: false }] })
    expect(await mallory.shop('addresses', {})).toEqual({ ok: true, value: [] })
    expect(await mallory.shop('saveAddress', { requestId: newRequestId(), addressId: second, ...given })).toMatchObject({ code: 'AddressUnknown' })
    expect(await mallory.shop('deleteAddress', { addressId: second })).toEqual({ ok: true, value: [] })
    expect(await bea.shop('deleteAddress', { addressId: second })).toMatchObject({ ok: true, value: [{ detail: given.detail, isDefault: true }] })
  })

  it('holds twenty addresses, also when twenty-five come at once', async () => {
    const cleo = await member(shop, 'o-cleo')
    const outcomes = await Promise.all(Array.from({ length: 25 }, () => cleo.shop('saveAddress', { requestId: newRequestId(), ...given })))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(20)
    expect(outcomes.filter(one => !one.ok)).toEqual(Array.from({ length: 5 }, () => ({ ok: false, kind: 'refused', code: 'TooManyAddresses' })))
  })

  it.each(['12345678901', '1380013800', 'call me', '+1'])('takes no number like %s', async (phone) => {
    expect(await alice.shop('saveAddress', { requestId: newRequestId(), ...given, phone })).toMatchObject({ kind: 'invalid', field: 'input.phone' })
  })
})

describe('goods by post', () => {
  it('cost freight by region and weight, say why, and go to the frozen address', async () => {
    const addressId = await written(alice)
    const wish = await wishOf(alice, [HONEY], { fulfilment: { kind: 'Express', addressId } })
    const freightFen = wish.expectedTotalFen - 5200
    expect(freightFen).toBeGreaterThan(0)
    const placed = await alice.shop('placeOrder', wish)
    expect(placed).toMatchObject({
      ok: true,
      value: {
        fees: [{ kind: 'Freight', amountFen: freightFen, because: { kind: 'Weight', firstFen: 600 } }],
        fulfilment: { kind: 'Express', receiver: { name: '王小明', phone: given.phone, address: '浙江省杭州市拱墅区小河路 1 号' } },
      },
    })
    const orderId = placed.ok ? placed.value.id : ''
    await alice.shop('deleteAddress', { addressId })
    expect(await pay(shop, alice, orderId)).toMatchObject({ state: 'Paid', fulfilment: { receiver: { address: '浙江省杭州市拱墅区小河路 1 号' } } })
    const shipped = await shop.as('o-clerk').merchant('shipOrder', { orderId, parcels: [{ company: 'ZTO', trackingNumber: 'ZTO12345' }] })
    expect(shipped).toMatchObject({ ok: true, value: { parcels: [{ trackingNumber: 'ZTO12345' }] } })
  })

  it('are free from an amount on, and the bill says so', async () => {
    const addressId = await written(alice)
    const quoted = await alice.shop('quote', { lines: [{ ...HONEY, quantity: 2 }], fulfilment: { kind: 'Express', addressId } })
    expect(quoted).toMatchObject({ value: { totalFen: 2 * 5200, fees: [{ kind: 'Freight', amountFen: 0, because: { kind: 'FreeFrom' } }] } })
  })

  it('go nowhere where nothing is posted to, and the refusal says why', async () => {
    const addressId = await written(alice, { province: '81', city: '香港', district: '' })
    const wish = await wishOf(alice, [HONEY], { fulfilment: { kind: 'Express', addressId } })
    expect(await alice.shop('placeOrder', wish)).toMatchObject({ code: 'NotDeliverable', detail: { obstacle: { because: { zh: expect.stringContaining('港澳台') as string } } } })
  })

  it('never go to somebody else\'s address', async () => {
    const addressId = await written(alice)
    const wish = { ...await wishOf(mallory, [HONEY]), fulfilment: { kind: 'Express' as const, addressId } }
    expect(await mallory.shop('placeOrder', wish)).toMatchObject({ code: 'AddressNeeded' })
  })

  it('whose freight has changed are asked about before anything is charged', async () => {
    const addressId = await written(alice)
    const wish = await wishOf(alice, [HONEY], { fulfilment: { kind: 'Express', addressId } })
    const fees = structuredClone(store.fees!)
    fees.Express!.freight!.zones[0]!.firstFen += 100
    expect(await withStore({ fees }, () => alice.shop('placeOrder', wish)))
      .toMatchObject({ code: 'PriceChanged', detail: { totalFen: wish.expectedTotalFen + 100 } })
  })
})

describe('a delivery', () => {
  it('costs by distance within the range, and freezes how far it is', async () => {
    const addressId = await written(alice, { place: near })
    const placed = await alice.shop('placeOrder', await wishOf(alice, [TARTS], { fulfilment: { kind: 'Delivery', addressId } }))
    expect(placed).toMatchObject({
      ok: true,
      value: {
        totalFen: 2 * EGG_TART_FEN + 200 + 400,
        fees: [{ kind: 'Packaging', amountFen: 200 }, { kind: 'Delivery', amountFen: 400, because: { kind: 'Distance', meters: 1112 } }],
        fulfilment: { kind: 'Delivery', meters: 1112, slotAtMs: null },
      },
    })
    expect(await pay(shop, alice, placed.ok ? placed.value.id : '')).toMatchObject({ state: 'Paid' })
  })

  it('is promised for when it has been made and brought, which the checkout says as well', async () => {
    const addressId = await written(alice, { place: near })
    const minutesOf = async (fulfilment: { kind: 'TakeAway' } | { kind: 'Delivery', addressId: string }) => {
      const screen = await alice.shop('checkout', { lines: [TARTS], fulfilment })
      return screen.ok ? [screen.value.soonestMinutes, screen.value.store.wait?.toMinutes] : null
    }
    const [from, to] = (await minutesOf({ kind: 'TakeAway' }))!
    expect(await minutesOf({ kind: 'Delivery', addressId })).toEqual([from! + 10, to! + 10])
    const placed = await alice.shop('placeOrder', await wishOf(alice, [TARTS], { fulfilment: { kind: 'Delivery', addressId } }))
    const { promise, steps } = placed.ok ? placed.value : { promise: undefined, steps: [] }
    expect(Math.round((promise!.fromMs - steps[0]!.atMs) / 60_000)).toBe(from! + 10)
    await alice.shop('cancelOrder', { orderId: placed.ok ? placed.value.id : '' })
  })

  it.each([
    ['beyond the range', { place: far }, [TARTS], { code: 'OutOfRange', detail: { obstacle: { rangeMeters: 4000 } } }],
    ['to a place that nobody knows', {}, [TARTS], { code: 'PlaceNeeded' }],
    ['of too little', { place: near }, [EGG_TART], { code: 'BelowMinimum', detail: { obstacle: { minimumFen: 2000, missingFen: 800 } } }],
  ])('%s is refused with what would help', async (_what, over, lines, refusal) => {
    const addressId = await written(alice, over)
    expect(await alice.shop('placeOrder', await wishOf(alice, lines, { fulfilment: { kind: 'Delivery', addressId } }))).toMatchObject(refusal)
  })

  it('carries nothing from the shelf', async () => {
    const addressId = await written(alice, { place: near })
    const wish = await wishOf(alice, [TARTS, HONEY], { fulfilment: { kind: 'Delivery', addressId } })
    expect(await alice.shop('placeOrder', wish)).toMatchObject({ code: 'LinesUnavailable', detail: { problems: [{ line: 1, problem: 'OtherWay' }] } })
  })
})

describe('a time', () => {
  it('that the checkout offers can be wished for, and is frozen', async () => {
    const screen = await alice.shop('checkout', { lines: [EGG_TART], fulfilment: { kind: 'TakeAway' } })
    const slotAtMs = screen.ok ? screen.value.slots[2]! : 0
    const placed = await alice.shop('placeOrder', await wishOf(alice, [EGG_TART], { fulfilment: { kind: 'TakeAway', slotAtMs } }))
    expect(placed).toMatchObject({ ok: true, value: { fulfilment: { kind: 'TakeAway', slotAtMs } } })
    await alice.shop('cancelOrder', { orderId: placed.ok ? placed.value.id : '' })
  })

  it('that is past is refused', async () => {
    const wish = await wishOf(alice, [EGG_TART], { fulfilment: { kind: 'TakeAway', slotAtMs: 1_700_000_100_000 } })
    expect(await alice.shop('placeOrder', wish)).toMatchObject({ code: 'SlotGone' })
  })

  it('can be ordered for while the shop is closed, where it says so', async () => {
    const hour = new Date(Date.now() + 8 * 3_600_000).getUTCHours()
    const later = `${String((hour + 2) % 24).padStart(2, '0')}:00`
    const end = `${String((hour + 5) % 24).padStart(2, '0')}:00`
    await withStore({ hours: { from: later, until: end } }, async () => {
      const screen = await alice.shop('checkout', { lines: [EGG_TART] })
      if (!screen.ok) throw new Error('checkout')
      expect(screen.value).toMatchObject({ soonestMinutes: null, quote: { obstacle: { kind: 'StoreClosed', mayPreorder: true } }, store: { isOpen: false } })
      const fulfilment = { kind: 'TakeAway' as const, slotAtMs: screen.value.slots[0]! }
      expect(await alice.shop('placeOrder', await wishOf(alice, [EGG_TART]))).toMatchObject({ code: 'StoreClosed' })
      expect(await alice.shop('placeOrder', await wishOf(alice, [EGG_TART], { fulfilment }))).toMatchObject({ ok: true })
    })
  })
})

describe('the checkout', () => {
  it('shows in one call what can be chosen, and takes the first way to the default address', async () => {
    const dan = await member(shop, 'o-dan')
    const addressId = await written(dan)
    expect(await dan.shop('checkout', { lines: [HONEY] })).toMatchObject({
      ok: true, value: { ways: ['Express', 'PickUp'], way: 'Express', addressId, addresses: [{ id: addressId }] },
    })
    expect(await dan.shop('checkout', { lines: [HONEY], fulfilment: { kind: 'Express' } })).toMatchObject({
      ok: true, value: { way: 'Express', addressId, slots: [], quote: { obstacle: null, fees: [{ kind: 'Freight' }] } },
    })
    expect(await dan.shop('checkout', { lines: [EGG_TART] })).toMatchObject({ value: { ways: ['DineIn', 'TakeAway', 'Delivery'], way: 'TakeAway' } })
  })

  it('leaves out what has to be ordered apart, whichever of the two is asked for', async () => {
    const lines = [EGG_TART, HONEY]
    const bar = { ways: ['DineIn', 'TakeAway', 'Delivery'], quote: { totalFen: EGG_TART_FEN, lines: [{}, { problem: 'OtherWay' }] } }
    expect(await shop.as(null).shop('checkout', { lines })).toMatchObject({ ok: true, value: { way: 'TakeAway', addresses: [], ...bar } })
    expect(await shop.as(null).shop('checkout', { lines, fulfilment: { kind: 'PickUp' } })).toMatchObject({
      ok: true, value: { way: 'PickUp', ways: ['Express', 'PickUp'], quote: { totalFen: 5800, lines: [{ problem: 'OtherWay' }, {}] } },
    })
  })

  it('keeps the invoice and the cutlery with the order', async () => {
    const invoice = { kind: 'Company' as const, title: '杭州好喝有限公司', taxNumber: '91350100M000100Y43', email: 'books@example.com' }
    const wish = { ...await wishOf(alice, [EGG_TART]), utensils: 2, invoice }
    expect(await alice.shop('placeOrder', { ...wish, invoice: { ...invoice, taxNumber: '91350100M000100Y44' } })).toMatchObject({ kind: 'invalid', field: 'input.invoice.taxNumber' })
    expect(await alice.shop('placeOrder', wish)).toMatchObject({ ok: true, value: { invoice, utensils: 2 } })
  })
})
