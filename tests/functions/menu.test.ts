import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { member, paidOrder, wishOf } from './support.ts'

let shop: TestShop
let alice: Caller
beforeAll(async () => {
  shop = await openTestShop({ tradeDelayMs: 0 })
  alice = await member(shop, 'o-alice')
})
afterAll(() => shop.close())

const tea = demoCatalog.products.find(product => product.id === 'brown-sugar-pearl-milk')!
const required = tea.optionGroups.filter(group => group.min > 0).map(group => group.choices[0]!.id)
const cup = (...extras: string[]) => ({ productId: tea.id, choiceIds: [...required, ...extras], quantity: 1 })

async function menuOf(who: Caller) {
  const menu = await who.shop('menu', {})
  if (!menu.ok) throw new Error(JSON.stringify(menu))
  return menu.value
}

/** Staff take something off until a moment. */
async function takeOffPearls(soldOutUntilMs: number): Promise<void> {
  const optionGroups = tea.optionGroups.map(group =>
    ({ ...group, choices: group.choices.map(choice => choice.id === 'pearls' ? { ...choice, soldOutUntilMs } : choice) }))
  await shop.admin.change('products', tea.id, { optionGroups })
}

describe('the menu', () => {
  it('can be searched by the first letters of each name', async () => {
    expect((await menuOf(alice)).products.find(product => product.id === tea.id)?.initials).toBe('htzzxn')
  })

  it('puts first what a member orders most, as it was had last, and nothing for a stranger', async () => {
    const regular = await member(shop, 'o-regular')
    expect((await menuOf(regular)).usual).toEqual([])
    await paidOrder(shop, regular, [{ productId: 'egg-tart', choiceIds: [], quantity: 1 }])
    await paidOrder(shop, regular, [cup()])
    await paidOrder(shop, regular, [cup('taro')])
    expect((await menuOf(regular)).usual).toEqual([
      { productId: tea.id, choiceIds: [...required, 'taro'] }, { productId: 'egg-tart', choiceIds: [] },
    ])
    expect((await menuOf(shop.as(null))).usual).toEqual([])
    expect((await menuOf(alice)).usual).toEqual([])
  })

  it('says that there are no pearls today, sells the rest, and has them again by itself', async () => {
    await takeOffPearls(Date.now() + 3_600_000)
    const shown = (await menuOf(alice)).products.find(product => product.id === tea.id)!
    expect(shown.optionGroups.flatMap(group => group.choices).filter(choice => choice.isSoldOut).map(choice => choice.id)).toEqual(['pearls'])
    expect(await alice.shop('quote', { lines: [cup('pearls'), cup('taro')] }))
      .toMatchObject({ ok: true, value: { lines: [{ problem: 'ChoiceSoldOut' }, { unitFen: tea.priceFen + 400 }] } })
    expect(await alice.shop('placeOrder', await wishOf(alice, [cup('pearls')])))
      .toMatchObject({ ok: false, code: 'LinesUnavailable', detail: { problems: [{ line: 0, problem: 'ChoiceSoldOut' }] } })
    await takeOffPearls(Date.now() - 1)
    expect(await alice.shop('quote', { lines: [cup('pearls')] })).toMatchObject({ ok: true, value: { lines: [{ unitFen: tea.priceFen + 300 }] } })
  })

  it('shows what staff have taken off as sold out until its time is over', async () => {
    const left = async () => (await menuOf(alice)).products.find(product => product.id === 'egg-tart')!.left
    const before = await left()
    await shop.admin.change('products', 'egg-tart', { soldOutUntilMs: Date.now() + 3_600_000 })
    expect(await left()).toBe(0)
    expect(await alice.shop('quote', { lines: [{ productId: 'egg-tart', choiceIds: [], quantity: 1 }] }))
      .toMatchObject({ value: { lines: [{ problem: 'SoldOut', left: 0 }] } })
    await shop.admin.change('products', 'egg-tart', { soldOutUntilMs: 0 })
    expect(await left()).toBe(before)
  })

  it('lets one order hold no more of something than the shop allows', async () => {
    await shop.admin.change('products', 'egg-tart', { perOrderMax: 2 })
    const wish = await wishOf(alice, [{ productId: 'egg-tart', choiceIds: [], quantity: 3 }])
    expect(await alice.shop('placeOrder', wish)).toMatchObject({ code: 'LinesUnavailable', detail: { problems: [{ problem: 'OverLimit', left: 2 }] } })
    await shop.admin.change('products', 'egg-tart', { perOrderMax: 99 })
  })
})
