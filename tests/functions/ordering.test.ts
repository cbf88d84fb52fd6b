import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestShop } from '../support/localShop.ts'
import type { TestShop } from '../support/localShop.ts'
import { EGG_TART, EGG_TART_FEN, LAST_TEAPOT, LAST_TEAPOT_FEN, leftOf, member, newRequestId, place } from './support.ts'
import { demoCatalog } from '../../demo/seed.ts'

let shop: TestShop
beforeAll(async () => { shop = await openTestShop() })
afterAll(() => shop.close())

const takeAway = { fulfilment: { kind: 'TakeAway' as const }, remark: '' }
const pickUp = { fulfilment: { kind: 'PickUp' as const }, remark: '' }
const tableLink = demoCatalog.links.find(link => link.kind === 'Table')!
const posterLink = demoCatalog.links.find(link => link.kind === 'Poster')!

describe('home', () => {
  it('shows the table that the code stands on', async () => {
    const tableName = demoCatalog.tables.find(table => table.id === tableLink.tableId)!.name
    expect(await shop.as(null).shop('home', { scene: tableLink.id })).toMatchObject({ ok: true, value: { arrival: { kind: 'Table', tableName } } })
  })

  it('opens the shop for an unknown code all the same', async () => {
    expect(await shop.as(null).shop('home', { scene: 'nowhere!' })).toMatchObject({ ok: true, value: { arrival: { kind: 'Unknown' } } })
  })

  it('has about twenty things to eat and drink, and sixty goods with those of the shelf', async () => {
    const menu = await shop.as(null).shop('menu', {})
    expect(menu.ok && menu.value.products.length).toBeGreaterThanOrEqual(20)
    expect(demoCatalog.products.length).toBeGreaterThanOrEqual(60)
  })
})

describe('an order', () => {
  it('freezes the server\'s names and prices, with the options paid for', async () => {
    const alice = await member(shop, 'o-alice')
    const tea = demoCatalog.products.find(product => product.id === 'pearl-milk-tea')!
    const choiceIds = tea.optionGroups.filter(group => group.min > 0).map(group => group.choices.at(-1)!.id)
    const deltaFen = tea.optionGroups.filter(group => group.min > 0).reduce((sum, group) => sum + group.choices.at(-1)!.deltaFen, 0)
    const order = await place(alice, [{ productId: tea.id, choiceIds, quantity: 2 }])
    expect(order).toMatchObject({ state: 'Unpaid', totalFen: (tea.priceFen + deltaFen) * 2, pickupNumber: null })
    expect(order.lines[0]).toMatchObject({ name: tea.name, unitFen: tea.priceFen + deltaFen })
  })

  it('is one order for one requestId, however often and however fast it is sent', async () => {
    const bob = await member(shop, 'o-bob')
    const before = await leftOf(shop, 'egg-tart')
    const requestId = newRequestId()
    const orders = await Promise.all(Array.from({ length: 6 }, () => place(bob, [EGG_TART], requestId)))
    expect(new Set(orders.map(order => order.id)).size).toBe(1)
    expect(await leftOf(shop, 'egg-tart')).toBe(before! - 1)
  })

  it('is refused at a tampered price and tells the true one', async () => {
    const carol = await member(shop, 'o-carol')
    const outcome = await carol.shop('placeOrder', { requestId: newRequestId(), lines: [EGG_TART], ...takeAway, expectedTotalFen: 1 })
    expect(outcome).toMatchObject({ kind: 'refused', code: 'PriceChanged', detail: { totalFen: EGG_TART_FEN, quote: { totalFen: EGG_TART_FEN } } })
  })

  it('at a table names the table, and a poster is no table', async () => {
    const dora = await member(shop, 'o-dora')
    const at = (linkId: string) => dora.shop('placeOrder', {
      requestId: newRequestId(), lines: [EGG_TART], fulfilment: { kind: 'DineIn', linkId }, remark: '少辣', expectedTotalFen: EGG_TART_FEN,
    })
    expect(await at(tableLink.id)).toMatchObject({ ok: true, value: { fulfilment: { kind: 'DineIn' }, remark: '少辣' } })
    expect(await at(posterLink.id)).toMatchObject({ kind: 'refused', code: 'TableUnknown' })
  })

  it('says which lines are sold out', async () => {
    const erin = await member(shop, 'o-erin')
    const lines = [{ ...EGG_TART, productId: 'coaster-set' }, { ...EGG_TART, productId: 'matcha-set' }]
    const outcome = await erin.shop('placeOrder', { requestId: newRequestId(), lines, ...pickUp, expectedTotalFen: 2900 })
    expect(outcome).toMatchObject({ code: 'LinesUnavailable', detail: { problems: [{ line: 1, problem: 'SoldOut', left: 0 }] } })
  })

  it('is refused while the store is closed', async () => {
    const fay = await member(shop, 'o-fay')
    const store = demoCatalog.store
    await shop.admin.set('stores', 'main', { ...store, banners: [], hours: { from: '00:00', until: '00:00' } })
    const outcome = await fay.shop('placeOrder', { requestId: newRequestId(), lines: [EGG_TART], ...takeAway, expectedTotalFen: EGG_TART_FEN })
    await shop.admin.set('stores', 'main', { ...store, banners: [] })
    expect(outcome).toMatchObject({ kind: 'refused', code: 'StoreClosed' })
  })

  it('is refused to someone who leaves five unpaid', async () => {
    const gus = await member(shop, 'o-gus')
    for (let count = 0; count < 5; count += 1) await place(gus)
    const outcome = await gus.shop('placeOrder', { requestId: newRequestId(), lines: [EGG_TART], ...takeAway, expectedTotalFen: EGG_TART_FEN })
    expect(outcome).toMatchObject({ kind: 'refused', code: 'TooManyUnpaid' })
  })

  it('is refused to someone who sends twenty at once, but for five at the most, and the stock of the rest comes back', async () => {
    const greedy = await member(shop, 'o-greedy')
    const before = await leftOf(shop, 'pyramid-tea-bags')
    const teaBags = demoCatalog.products.find(product => product.id === 'pyramid-tea-bags')!
    const line = { productId: teaBags.id, choiceIds: [teaBags.optionGroups[0]!.choices[0]!.id], quantity: 1 }
    const expectedTotalFen = teaBags.priceFen + teaBags.optionGroups[0]!.choices[0]!.deltaFen
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => greedy.shop('placeOrder', {
      requestId: newRequestId(), lines: [line], ...pickUp, expectedTotalFen,
    })))
    const accepted = outcomes.filter(outcome => outcome.ok).length
    expect(accepted).toBeLessThanOrEqual(5)
    expect(await leftOf(shop, 'pyramid-tea-bags')).toBe(before! - accepted)
  })

  it('holds at most 99 pieces of one product', async () => {
    await shop.admin.change('stock', 'coaster-set', { available: 5000 })
    const lines = Array.from({ length: 3 }, () => ({ ...EGG_TART, productId: 'coaster-set', quantity: 50 }))
    expect(await shop.as(null).shop('quote', { lines })).toMatchObject({ ok: true, value: { count: 50 } })
    await shop.admin.change('stock', 'coaster-set', { available: 33 })
  })
})

describe('the last piece', () => {
  it('goes to one of many who want it at the same moment', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, (_, index) => member(shop, `o-buyer-${index}`)))
    const outcomes = await Promise.all(people.map(person => person.shop('placeOrder', {
      requestId: newRequestId(), lines: [LAST_TEAPOT], ...pickUp, expectedTotalFen: LAST_TEAPOT_FEN,
    })))
    expect(outcomes.filter(outcome => outcome.ok)).toHaveLength(1)
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome).toMatchObject({ kind: 'refused', code: 'LinesUnavailable' })
    expect(await leftOf(shop, 'clay-teapot')).toBe(0)
  })

  it('gives the first product back when the second is gone', async () => {
    const hal = await member(shop, 'o-hal')
    const before = await leftOf(shop, 'sticker-pack')
    await shop.admin.change('stock', 'coaster-set', { available: 1 })
    const lines = [{ ...EGG_TART, productId: 'sticker-pack' }, { ...EGG_TART, productId: 'coaster-set' }]
    const people = await Promise.all(['o-ian', 'o-jan'].map(openid => member(shop, openid)))
    const outcomes = await Promise.all([hal, ...people].map(person => person.shop('placeOrder', {
      requestId: newRequestId(), lines, ...pickUp, expectedTotalFen: 1200 + 2900,
    })))
    expect(outcomes.filter(outcome => outcome.ok)).toHaveLength(1)
    expect(await leftOf(shop, 'sticker-pack')).toBe(before! - 1)
  })
})

describe('a list of orders', () => {
  it('comes newest first, page by page, without gaps and repeats', async () => {
    const kim = await member(shop, 'o-kim')
    const placed: string[] = []
    for (let count = 0; count < 12; count += 1) {
      const order = await place(kim, [{ ...EGG_TART, productId: 'earl-grey-cookies' }])
      placed.unshift(order.id)
      await kim.shop('cancelOrder', { orderId: order.id })
    }
    const first = await kim.shop('orders', { tab: 'All' })
    if (!first.ok) throw new Error('orders')
    const second = await kim.shop('orders', { tab: 'All', cursor: first.value.nextCursor! })
    if (!second.ok) throw new Error('orders')
    expect([...first.value.orders, ...second.value.orders].map(order => order.id)).toEqual(placed)
    expect(second.value.nextCursor).toBeNull()
  })
})
