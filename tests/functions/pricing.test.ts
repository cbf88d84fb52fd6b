import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { EGG_TART, EGG_TART_FEN, member, newRequestId, pay, wishOf } from './support.ts'

let shop: TestShop
beforeAll(async () => { shop = await openTestShop() })
afterAll(() => shop.close())

const honey = demoCatalog.products.find(product => product.memberPriceFen !== undefined)!
const HONEY = { productId: honey.id, choiceIds: [] as string[], quantity: 2 }
const takeAway = { fulfilment: { kind: 'TakeAway' as const } }

async function quoted(customer: Caller, input: Parameters<typeof wishOf>[2] & { bestCoupon?: boolean }, lines = [HONEY]) {
  const outcome = await customer.shop('quote', { lines, ...input })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  return outcome.value
}

async function withFees<T>(work: () => Promise<T>): Promise<T> {
  const { store } = demoCatalog
  await shop.admin.set('stores', 'main', { ...store, banners: [], fees: { TakeAway: { packaging: { per: 'Piece', feeFen: 100 } } } })
  try {
    return await work()
  } finally {
    await shop.admin.set('stores', 'main', { ...store, banners: [] })
  }
}

describe('the member price', () => {
  it('is for those who have logged in, and is what they then pay', async () => {
    expect((await quoted(shop.as(null), {})).totalFen).toBe(honey.priceFen * 2)
    expect((await quoted(shop.as('o-passer-by'), {})).totalFen).toBe(honey.priceFen * 2)
    const ann = await member(shop, 'o-ann')
    expect(await quoted(ann, {})).toMatchObject({
      totalFen: honey.memberPriceFen! * 2,
      lines: [{ reasons: [{ kind: 'ListPrice', amountFen: honey.priceFen * 2 }, { kind: 'MemberPrice', amountFen: (honey.memberPriceFen! - honey.priceFen) * 2 }] }],
    })
    const placed = await ann.shop('placeOrder', await wishOf(ann, [HONEY]))
    expect(placed).toMatchObject({ ok: true, value: { totalFen: honey.memberPriceFen! * 2 } })
  })

  it('is known over HTTP by the session alone', async () => {
    const login = await (await member(shop, 'o-bea')).login()
    if (!login.ok) throw new Error('login')
    const overHttp = async (session?: string) => {
      const body = JSON.stringify({ action: 'quote', input: { lines: [HONEY] }, ...(session === undefined ? {} : { session }) })
      const answer = await (await fetch(`${shop.url}/http/shop`, { method: 'POST', body, headers: { 'x-wx-openid': 'o-bea' } })).json() as { value: { totalFen: number } }
      return answer.value.totalFen
    }
    expect(await overHttp(login.value.session)).toBe(honey.memberPriceFen! * 2)
    expect(await overHttp()).toBe(honey.priceFen * 2)
    expect(await overHttp('x'.repeat(64))).toBe(honey.priceFen * 2)
  })
})

describe('a fee', () => {
  it('is shown, charged and frozen, for the way that has it', () => withFees(async () => {
    const cleo = await member(shop, 'o-cleo')
    const tart = [{ ...EGG_TART, quantity: 2 }]
    expect(await quoted(cleo, {}, tart)).toMatchObject({ fees: [], totalFen: 2 * EGG_TART_FEN })
    expect(await quoted(cleo, takeAway, tart)).toMatchObject({ fees: [{ kind: 'Packaging', amountFen: 200, pieces: 2 }], totalFen: 2 * EGG_TART_FEN + 200 })
    const placed = await cleo.shop('placeOrder', await wishOf(cleo, tart))
    expect(placed).toMatchObject({ ok: true, value: { fees: [{ kind: 'Packaging', amountFen: 200 }], totalFen: 2 * EGG_TART_FEN + 200 } })
    expect(await pay(shop, cleo, placed.ok ? placed.value.id : '')).toMatchObject({ state: 'Paid' })
  }))

  it('that is new is told before anything is charged', async () => {
    const dan = await member(shop, 'o-dan')
    const wish = await wishOf(dan, [EGG_TART])
    const outcome = await withFees(() => dan.shop('placeOrder', wish))
    expect(outcome).toMatchObject({
      code: 'PriceChanged', detail: { totalFen: EGG_TART_FEN + 100, quote: { fees: [{ kind: 'Packaging', amountFen: 100 }], lines: [{ totalFen: EGG_TART_FEN }] } },
    })
  })

  it('is nothing that a visitor of the home screen is bothered with', () => withFees(async () => {
    const home = await shop.as(null).shop('home', {})
    expect(home.ok && home.value.store).not.toHaveProperty('fees')
  }))
})

describe('a price that has changed', () => {
  it('comes with the line that it changed for', async () => {
    const eve = await member(shop, 'o-eve')
    const wish = await wishOf(eve, [{ ...EGG_TART, productId: 'coaster-set' }, HONEY])
    await shop.admin.change('products', honey.id, { memberPriceFen: 5500 })
    const outcome = await eve.shop('placeOrder', wish)
    await shop.admin.change('products', honey.id, { memberPriceFen: honey.memberPriceFen! })
    expect(outcome).toMatchObject({ code: 'PriceChanged', detail: { totalFen: 2900 + 11_000, quote: { lines: [{ unitFen: 2900 }, { unitFen: 5500 }] } } })
  })

  it('comes with the reason when the coupon is what has changed', async () => {
    const flo = await member(shop, 'o-flo')
    const taken = await flo.shop('takeCoupon', { templateId: 'welcome' })
    const couponId = taken.ok ? taken.value.id : ''
    const lines = [{ ...EGG_TART, quantity: 2 }]
    const wish = await wishOf(flo, lines, { couponId })
    expect(wish.expectedTotalFen).toBe(2 * EGG_TART_FEN - 500)
    const first = await flo.shop('placeOrder', await wishOf(flo, [EGG_TART]))
    await pay(shop, flo, first.ok ? first.value.id : '')
    const outcome = await flo.shop('placeOrder', wish)
    expect(outcome).toMatchObject({
      code: 'PriceChanged', detail: { totalFen: 2 * EGG_TART_FEN, quote: { couponId: null, discounts: [], coupons: [{ problem: 'NotNewMember' }] } },
    })
  })

  it('is asked about even when the total is the same but the coupon is not', async () => {
    const gil = await member(shop, 'o-gil')
    const taken = await gil.shop('takeCoupon', { templateId: 'tea-home' })
    const wish = { ...await wishOf(gil, [EGG_TART]), couponId: taken.ok ? taken.value.id : '' }
    expect(await gil.shop('placeOrder', wish)).toMatchObject({ code: 'PriceChanged', detail: { quote: { coupons: [{ problem: 'ScopeEmpty' }] } } })
  })
})

describe('the best coupon', () => {
  it('is chosen when nobody names one, and named when somebody does', async () => {
    const hal = await member(shop, 'o-hal')
    const ids = await Promise.all(['welcome', 'tea-home'].map(async (templateId) => {
      const taken = await hal.shop('takeCoupon', { templateId })
      return taken.ok ? taken.value.id : ''
    }))
    const best = await quoted(hal, { bestCoupon: true })
    expect(best).toMatchObject({ couponId: ids[1], bestCouponId: ids[1], totalFen: honey.memberPriceFen! * 2 - 1500 })
    expect(best.coupons.map(choice => choice.savesFen)).toEqual([500, 1500])
    expect(await quoted(hal, { bestCoupon: true, couponId: ids[0]! })).toMatchObject({ couponId: ids[0] })
    expect(await quoted(hal, {})).toMatchObject({ couponId: null, bestCouponId: ids[1] })
  })

  it('says how much is missing', async () => {
    const ian = await member(shop, 'o-ian')
    await ian.shop('takeCoupon', { templateId: 'tea-home' })
    const { coupons } = await quoted(ian, {}, [{ ...HONEY, quantity: 1 }])
    expect(coupons).toMatchObject([{ savesFen: 0, problem: 'MinimumNotMet', missingFen: 10_000 - honey.memberPriceFen! }])
  })
})

it('an order names its requestId once, with whatever coupon it is sent again', async () => {
  const jan = await member(shop, 'o-jan')
  const requestId = newRequestId()
  const wish = { ...await wishOf(jan, [EGG_TART]), requestId }
  const taken = await jan.shop('takeCoupon', { templateId: 'fruit-season' })
  const [first, second] = [await jan.shop('placeOrder', wish), await jan.shop('placeOrder', { ...wish, couponId: taken.ok ? taken.value.id : '' })]
  expect(second).toEqual(first)
})

it('a line of goods that are sold no more says what they were, and costs nothing', async () => {
  const lines = [HONEY, { productId: 'nobody-knows', choiceIds: [], quantity: 1 }]
  await shop.admin.change('products', honey.id, { onSale: false })
  const quote = await quoted(shop.as(null), {}, lines)
  await shop.admin.change('products', honey.id, { onSale: true })
  const gone = { problem: 'Gone', unitFen: 0, totalFen: 0 }
  expect(quote).toMatchObject({ totalFen: 0, lines: [{ ...gone, name: honey.name }, { ...gone, name: { zh: '已下架的商品' }, picture: '' }] })
  expect(quote.lines[0]!.picture).toContain(honey.picture)
})
