import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beijingDay } from '../../backend/store/rules.ts'
import { isSet, setPriceMax } from '../../backend/pricing/sets.ts'
import type { CartLine } from '../../contracts/order.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { leftOf, member, orderOf, paidOrder, place, wishOf } from './support.ts'

let shop: TestShop
let alice: Caller
let owner: Caller
beforeAll(async () => {
  shop = await openTestShop({ tradeDelayMs: 0 })
  alice = await member(shop, 'o-alice')
  owner = await member(shop, 'o-owner')
})
afterAll(() => shop.close())

/** A pot of aged white tea, of which there are twelve a day, with mochi, of which there are eight, and a pancake. */
const FIRESIDE: CartLine = { productId: 'fireside-tea', choiceIds: ['with-strawberry-mochi', 'with-scallion-pancake'], quantity: 1 }
const forTwo = (first: string, second: string): CartLine =>
  ({ productId: 'tea-for-two', choiceIds: [`first-${first}`, `second-${second}`, 'less-ice'], quantity: 1 })

async function productOf(id: string) {
  const menu = await alice.shop('menu', {})
  if (!menu.ok) throw new Error('menu')
  return menu.value.products.find(product => product.id === id)!
}

describe('a set meal of the demo shop', () => {
  it('is never dearer than its dishes one by one, and says what is in it', async () => {
    const menu = await alice.shop('menu', {})
    const sets = menu.ok ? menu.value.products.filter(isSet) : []
    expect(sets.map(set => set.id)).toEqual(['tea-for-two', 'coffee-and-toast', 'fireside-tea'])
    for (const set of sets) expect(set.priceFen, set.id).toBeLessThanOrEqual(setPriceMax(set))
  })

  it('is priced with its reasons, the same cup twice as well as two different ones', async () => {
    const quoted = await alice.shop('quote', { lines: [forTwo('pearl-milk-tea', 'pearl-milk-tea'), forTwo('taro-milk-tea', 'pearl-milk-tea')] })
    const lines = quoted.ok ? quoted.value.lines : []
    expect(lines.map(line => line.totalFen)).toEqual([3500, 3800])
    expect(lines[1]).toMatchObject({
      choices: [{ zh: '少冰' }],
      reasons: [{ kind: 'ListPrice', amountFen: 3500 }, { kind: 'Choice', name: { zh: '芋泥波波奶茶' }, amountFen: 300 }],
      parts: [{ productId: 'egg-tart' }, { productId: 'taro-milk-tea', choices: [{ zh: '中杯' }] }, { productId: 'pearl-milk-tea' }],
    })
    for (const { unitFen, parts = [] } of lines) expect(parts.reduce((sum, part) => sum + part.shareFen, 0)).toBe(unitFen)
  })

  it('takes its dishes from shelf and portions, keeps them while it waits, and gives them back when it is given up', async () => {
    const [mochi, pots] = [await leftOf(shop, 'strawberry-mochi'), await leftOf(shop, 'aged-white-tea')]
    const order = await place(alice, [{ ...FIRESIDE, quantity: 2 }])
    expect([await leftOf(shop, 'strawberry-mochi'), await leftOf(shop, 'aged-white-tea')]).toEqual([mochi! - 2, pots! - 2])
    await alice.shop('cancelOrder', { orderId: order.id })
    expect([await leftOf(shop, 'strawberry-mochi'), await leftOf(shop, 'aged-white-tea')]).toEqual([mochi, pots])
  })

  it('is told to the bar dish by dish, and its dishes are sold when it is paid', async () => {
    const sold = async () => (await shop.admin.read<{ sold: number }>('stock', 'strawberry-mochi'))!.sold
    const before = await sold()
    const { orderId } = await paidOrder(shop, alice, [FIRESIDE])
    expect(await sold()).toBe(before + 1)
    const list = await owner.merchant('orders', { tab: 'ToMake' })
    const ticket = list.ok ? list.value.orders.find(order => order.id === orderId) : undefined
    expect(ticket?.lines[0]?.parts?.map(part => [part.name.zh, part.choices.map(choice => choice.zh), part.quantity])).toEqual([
      ['陈皮老白茶', ['一壶（两人）'], 1], ['草莓大福', [], 1], ['葱油饼', [], 1],
    ])
    expect(await shop.admin.read('stock', `aged-white-tea@${beijingDay(Date.now())}`)).toMatchObject({ sold: 1 })
  })

  it('puts the dishes that came back onto their shelves, once for each set', async () => {
    const before = await leftOf(shop, 'strawberry-mochi')
    const { orderId } = await paidOrder(shop, alice, [{ ...FIRESIDE, quantity: 2 }])
    const { lines } = await orderOf(alice, orderId)
    const expectedFen = Math.floor(lines[0]!.paidFen / 2)
    const refunded = await owner.merchant('refundOrder', {
      requestId: 'refund-of-one-set-0001', orderId, wish: { kind: 'Lines', lines: [{ line: 0, quantity: 1 }] }, expectedFen, goodsReturned: [0],
      note: 'untouched',
    })
    expect(refunded).toMatchObject({ ok: true })
    expect(await leftOf(shop, 'strawberry-mochi')).toBe(before! - 1)
  })

  it('offers other dishes while one is lacking, and is refused to who had picked that one', async () => {
    const wish = await wishOf(alice, [FIRESIDE])
    await shop.admin.change('products', 'strawberry-mochi', { soldOutUntilMs: Date.now() + 3_600_000 })
    const set = await productOf('fireside-tea')
    expect(set.optionGroups[0]!.choices.filter(choice => choice.isSoldOut).map(choice => choice.id)).toEqual(['with-strawberry-mochi'])
    expect(await alice.shop('placeOrder', wish)).toMatchObject({ code: 'LinesUnavailable', detail: { problems: [{ problem: 'ChoiceSoldOut' }] } })
    const other = { ...FIRESIDE, choiceIds: ['with-egg-tart', 'with-scallion-pancake'] }
    expect(await alice.shop('placeOrder', await wishOf(alice, [other]))).toMatchObject({ ok: true })
    await shop.admin.change('products', 'strawberry-mochi', { soldOutUntilMs: 0 })
  })

  it('is sold out with the dish that is always in it', async () => {
    await shop.admin.change('products', 'aged-white-tea', { onSale: false })
    expect(await productOf('fireside-tea')).toMatchObject({ left: 0 })
    expect(await alice.shop('quote', { lines: [FIRESIDE] })).toMatchObject({ value: { lines: [{ problem: 'SoldOut' }] } })
    await shop.admin.change('products', 'aged-white-tea', { onSale: true })
  })

  it('never sells the last dish twice, whether alone or in a set', async () => {
    await shop.admin.change('stock', 'strawberry-mochi', { available: 1 })
    const people = await Promise.all(['o-p1', 'o-p2', 'o-p3', 'o-p4'].map(openid => member(shop, openid)))
    const alone: CartLine = { productId: 'strawberry-mochi', choiceIds: [], quantity: 1 }
    const wishes = await Promise.all(people.map((person, at) => wishOf(person, [at % 2 === 0 ? alone : FIRESIDE])))
    const outcomes = await Promise.all(people.map((person, at) => person.shop('placeOrder', wishes[at]!)))
    expect(outcomes.filter(outcome => outcome.ok)).toHaveLength(1)
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome).toMatchObject({ code: 'LinesUnavailable' })
    expect(await leftOf(shop, 'strawberry-mochi')).toBe(0)
  })
})
