import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stockIdOf } from '../../backend/stock/rules.ts'
import type { ProductDocument } from '../../backend/catalog/products.ts'
import type { CartLine } from '../../contracts/order.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { member, newRequestId, orderOf, paidOrder, place, wishOf } from './support.ts'

let shop: TestShop
let alice: Caller
let owner: Caller

const text = (zh: string, en: string) => ({ zh, en })
const BAG: Omit<ProductDocument, '_id'> = {
  categoryId: 'mall-gifts', kind: 'Mall', name: text('帆布袋', 'Canvas bag'), summary: text('', ''), picture: 'cloud://e.b/bag.webp',
  priceFen: 5900, soldCount: 0, optionGroups: [], sort: 999, onSale: true, recommended: false, counted: true,
  specs: [
    { id: 'colour', name: text('颜色', 'Colour'), values: [{ id: 'red', name: text('红', 'Red') }, { id: 'blue', name: text('蓝', 'Blue') }] },
    { id: 'size', name: text('尺寸', 'Size'), values: [{ id: 'l', name: text('大', 'Large') }] },
  ],
  skus: [
    { id: 'red-l', valueIds: ['red', 'l'], priceFen: 5900, weightGrams: 300 },
    { id: 'blue-l', valueIds: ['blue', 'l'], priceFen: 6900, memberPriceFen: 6500, picture: 'cloud://e.b/blue.webp', weightGrams: 320 },
  ],
}
const wish = (skuId: string, quantity = 1): CartLine => ({ productId: 'bag', skuId, choiceIds: [], quantity })

beforeAll(async () => {
  shop = await openTestShop()
  await shop.admin.set('products', 'bag', { ...BAG })
  await fill('red-l', 5)
  await fill('blue-l', 2)
  alice = await member(shop, 'o-alice')
  owner = shop.as('o-owner')
})
afterAll(() => shop.close())

const fill = (skuId: string, pieces: number) =>
  shop.admin.set('stock', stockIdOf({ productId: 'bag', skuId }), { available: pieces, supplied: pieces, sold: 0, holds: [] })

async function shelf(skuId: string) {
  const answer = await owner.merchant('stock', { productId: 'bag', skuId })
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  return answer.value
}

describe('Goods with SKUs', () => {
  it('show what is left of each combination, and of all together', async () => {
    const page = await shop.as(null).shop('product', { productId: 'bag' })
    expect(page.ok && page.value.product).toMatchObject({
      left: 7, skus: [{ id: 'red-l', left: 5, priceFen: 5900 }, { id: 'blue-l', left: 2, priceFen: 6900 }],
    })
  })

  it('are ordered by their SKU, at its price, from its own shelf', async () => {
    const order = await place(alice, [wish('red-l', 2), wish('blue-l')])
    expect(order.lines).toMatchObject([
      { skuId: 'red-l', specs: [text('红', 'Red'), text('大', 'Large')], unitFen: 5900, weightGrams: 300, picture: 'cloud://e.b/bag.webp' },
      { skuId: 'blue-l', unitFen: 6500, picture: 'cloud://e.b/blue.webp' },
    ])
    expect(order.totalFen).toBe(2 * 5900 + 6500)
    expect((await shelf('red-l')).stock).toMatchObject({ productId: 'bag', skuId: 'red-l', available: 3, held: 2 })
    expect((await shelf('blue-l')).stock).toMatchObject({ available: 1, held: 1 })
    await alice.shop('cancelOrder', { orderId: order.id })
    expect((await shelf('red-l')).stock).toMatchObject({ available: 5, held: 0 })
  })

  it('are refused where the SKU is missing, unknown or sold out, each with its own reason', async () => {
    const lines = [wish('green-l'), { productId: 'bag', choiceIds: [], quantity: 1 }, wish('blue-l', 3)]
    const answer = await alice.shop('placeOrder', {
      requestId: newRequestId(), lines, fulfilment: { kind: 'PickUp' }, remark: '', expectedTotalFen: 1,
    })
    expect(answer).toMatchObject({ code: 'LinesUnavailable', detail: { problems: [
      { line: 0, problem: 'SkuInvalid' }, { line: 1, problem: 'SkuInvalid' }, { line: 2, problem: 'NotEnough', left: 2 },
    ] } })
  })

  it('let only one of two customers have the last piece, and tell the other which line it is', async () => {
    await fill('blue-l', 1)
    const [bob, eve] = [await member(shop, 'o-bob'), await member(shop, 'o-eve')]
    const lines = [wish('red-l'), wish('blue-l')]
    const [one, other] = [await wishOf(bob, lines), await wishOf(eve, lines)]
    const answers = await Promise.all([bob.shop('placeOrder', one), eve.shop('placeOrder', other)])
    expect(answers.filter(answer => answer.ok)).toHaveLength(1)
    expect(answers.find(answer => !answer.ok)).toMatchObject({
      code: 'LinesUnavailable', detail: { problems: [{ line: 1, problem: 'SoldOut', left: 0 }] },
    })
    expect((await shelf('red-l')).stock).toMatchObject({ available: 4, held: 1 })
  })

  it('go back to the shelf of their SKU, and its ledger tells all of it', async () => {
    await fill('red-l', 5)
    await fill('blue-l', 5)
    const { orderId } = await paidOrder(shop, alice, [wish('red-l', 2), wish('blue-l')])
    await owner.merchant('changeStock', { requestId: newRequestId(), productId: 'bag', skuId: 'red-l', kind: 'Supplied', change: 10, note: '到货' })
    const order = await orderOf(alice, orderId)
    const back = await owner.merchant('refundOrder', {
      requestId: newRequestId(), orderId, wish: { kind: 'Lines', lines: [{ line: 0, quantity: 1 }] }, goodsReturned: [0],
      expectedFen: order.lines[0]!.unitFen, note: '破了',
    })
    expect(back).toMatchObject({ ok: true })
    const { stock, moves } = await shelf('red-l')
    expect(stock).toMatchObject({ available: 14, held: 0, sold: 1, supplied: 15 })
    expect(moves.map(({ kind, change }) => [kind, change])).toEqual([['Returned', 1], ['Supplied', 10], ['Sold', -2]])
    expect((await shelf('blue-l')).stock).toMatchObject({ available: 4, sold: 1 })
  })

  it('are counted by SKU only', async () => {
    expect(await owner.merchant('stock', { productId: 'bag' })).toMatchObject({ code: 'NotCounted' })
    const change = { requestId: newRequestId(), productId: 'bag', skuId: 'green-l', kind: 'Supplied' as const, change: 1, note: 'x' }
    expect(await owner.merchant('changeStock', change)).toMatchObject({ code: 'NotCounted' })
  })
})
