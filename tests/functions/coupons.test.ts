import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import { couponIdOf, giveCouponBack } from '../../backend/promotion/coupon/coupons.ts'
import type { CouponDocument } from '../../backend/promotion/coupon/coupons.ts'
import { openCloudDatabase } from '../../backend/wechat/database.ts'
import type { World } from '../../backend/ports.ts'
import type { Claim, CouponTemplateDocument } from '../../backend/promotion/coupon/templates.ts'
import type { InputOf } from '../../contracts/action.ts'
import type { MerchantActions } from '../../contracts/merchant.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { EGG_TART, EGG_TART_FEN, member, newRequestId, orderOf, pay, wishOf } from './support.ts'

let shop: TestShop
let owner: Caller
beforeAll(async () => {
  shop = await openTestShop()
  owner = shop.as('o-owner')
})
afterAll(() => shop.close())

const runTimer = () => shop.manage('timers/timer')
const past = () => Date.now() - 1
const MINUTE_MS = 60_000
const couponOf = async (couponId: string) => (await shop.admin.read<CouponDocument>('coupons', couponId))!
const templateOf = async (id: string) => (await shop.admin.read<CouponTemplateDocument>('couponTemplates', id))!

type Template = InputOf<MerchantActions['saveCouponTemplate']>

/** A template that gives ¥3 off anything, unless told. */
async function offer(over: Partial<Template> = {}): Promise<string> {
  const saved = await owner.merchant('saveCouponTemplate', {
    requestId: newRequestId(), name: { zh: '立减三元', en: '¥3 off' }, benefit: { kind: 'AmountOff', amountFen: 300 }, scope: { kind: 'All' },
    minimumFen: 0, audience: 'Members', period: { kind: 'AfterTaking', days: 7 }, totalMax: null, perPersonMax: 1, ...over,
  })
  if (!saved.ok) throw new Error(JSON.stringify(saved))
  return saved.value.id
}

async function take(customer: Caller, templateId: string, number = 1): Promise<string> {
  const taken = await customer.shop('takeCoupon', { templateId, number })
  if (!taken.ok) throw new Error(JSON.stringify(taken))
  return taken.value.id
}

async function couponed(customer: Caller, over: Partial<Template> = {}): Promise<string> {
  return take(customer, await offer(over))
}

async function placeWith(customer: Caller, couponId: string, lines = [EGG_TART]) {
  const placed = await customer.shop('placeOrder', await wishOf(customer, lines, { couponId }))
  if (!placed.ok) throw new Error(JSON.stringify(placed))
  return placed.value
}

/** The back end's own database port, in this process: for use cases that no door opens yet. */
const world = () => ({ database: openCloudDatabase(), clock: { nowMs: () => Date.now() } }) as unknown as World

describe('taking coupons', () => {
  it('thirty people at once for the last ten: ten get one, and nobody twice', async () => {
    const people = await Promise.all(Array.from({ length: 30 }, (_, index) => member(shop, `o-hunter-${index}`)))
    const templateId = await offer({ totalMax: 10 })
    const outcomes = await Promise.all(people.map(person => person.shop('takeCoupon', { templateId })))
    expect(outcomes.filter(outcome => outcome.ok)).toHaveLength(10)
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome).toMatchObject({ kind: 'refused', code: 'CouponsGone' })
    expect(await shop.admin.count('coupons', { templateId })).toBe(10)
    expect((await templateOf(templateId)).takenCount).toBe(10)
  })

  it('ten taps of one person are one coupon', async () => {
    const ann = await member(shop, 'o-ann')
    const templateId = await offer({ totalMax: 5, perPersonMax: 2 })
    const ids = await Promise.all(Array.from({ length: 10 }, () => take(ann, templateId)))
    expect(new Set(ids).size).toBe(1)
    expect((await templateOf(templateId)).takenCount).toBe(1)
    await take(ann, templateId, 2)
    expect(await ann.shop('takeCoupon', { templateId, number: 3 })).toMatchObject({ code: 'TakenAlready' })
    expect((await templateOf(templateId)).takenCount).toBe(2)
  })

  it('is refused when it is over, stopped, unknown, or for new members only', async () => {
    const bea = await member(shop, 'o-bea')
    const over = await offer({ period: { kind: 'Fixed', fromMs: 1, untilMs: 2 } })
    expect(await bea.shop('takeCoupon', { templateId: over })).toMatchObject({ code: 'CouponOver' })
    const stopped = await offer()
    expect(await owner.merchant('stopCouponTemplate', { templateId: stopped })).toMatchObject({ ok: true, value: { state: 'Stopped' } })
    expect(await owner.merchant('stopCouponTemplate', { templateId: stopped })).toMatchObject({ ok: true })
    expect(await bea.shop('takeCoupon', { templateId: stopped })).toMatchObject({ code: 'CouponStopped' })
    expect(await bea.shop('takeCoupon', { templateId: 'nowhere' })).toMatchObject({ code: 'CouponUnknown' })
    const newcomers = await offer({ audience: 'NewMembers' })
    expect((await bea.shop('takeCoupon', { templateId: newcomers })).ok).toBe(true)
    const cleo = await member(shop, 'o-cleo')
    const order = await cleo.shop('placeOrder', await wishOf(cleo, [EGG_TART]))
    await pay(shop, cleo, order.ok ? order.value.id : '')
    expect(await cleo.shop('takeCoupon', { templateId: newcomers })).toMatchObject({ code: 'NotNewMember' })
  })

  it('needs a login first', async () => {
    expect(await shop.as('o-passer-by').shop('takeCoupon', { templateId: 'tea-home' })).toEqual({ ok: false, kind: 'denied', code: 'LoginNeeded' })
  })

  it('is offered until it is taken, and then stands among one\'s own', async () => {
    const dan = await member(shop, 'o-dan')
    const templateId = await offer({ perPersonMax: 2 })
    const offered = async () => {
      const list = await dan.shop('coupons', {})
      return list.ok ? list.value.toTake.filter(one => one.templateId === templateId).map(one => one.number) : []
    }
    expect(await offered()).toEqual([1])
    const first = await take(dan, templateId)
    expect(await offered()).toEqual([2])
    const second = await take(dan, templateId, 2)
    expect(await offered()).toEqual([])
    expect(await dan.shop('coupons', {})).toMatchObject({ ok: true, value: { mine: [{ id: second, state: 'Taken' }, { id: first }], nextCursor: null } })
  })

  it('is still shown as one\'s own once it is taken, until it is used, and leads to its goods', async () => {
    const ann = await member(shop, 'o-holder')
    const scope = { kind: 'Products' as const, productIds: ['umbrella'] }
    const templateId = await offer({ scope })
    const atProduct = async (productId: string) => {
      const page = await ann.shop('product', { productId })
      return page.ok ? page.value.coupons.find(one => one.templateId === templateId) : undefined
    }
    const atHome = async () => {
      const screen = await ann.shop('home', {})
      const coupons = screen.ok ? screen.value.blocks.flatMap(block => block.kind === 'Coupons' ? block.coupons : []) : []
      return coupons.find(one => one.templateId === templateId)
    }
    expect(await atProduct('notebook')).toBeUndefined()
    expect(await atProduct('umbrella')).toMatchObject({ number: 1, isHeld: false })
    const couponId = await take(ann, templateId)
    expect(await atProduct('umbrella')).toMatchObject({ number: null, isHeld: true, leadsTo: { kind: 'Product', productId: 'umbrella' } })
    expect(await atHome()).toMatchObject({ isHeld: true })
    expect(await ann.shop('me', {})).toMatchObject({ value: { couponCount: 1 } })
    expect(await ann.shop('coupons', {})).toMatchObject({
      value: { usable: [{ id: couponId, leadsTo: { kind: 'Product', productId: 'umbrella' } }] },
    })
    await shop.admin.change('coupons', couponId, { state: 'Used' })
    expect([await atProduct('umbrella'), await atHome()]).toEqual([undefined, undefined])
    expect(await ann.shop('me', {})).toMatchObject({ value: { couponCount: 0 } })
  })

  it('for a category leads into the mall where it is one of the mall, else to the menu', async () => {
    const seeker = await member(shop, 'o-seeker')
    const leadsTo = async (categoryId: string) => {
      const templateId = await offer({ scope: { kind: 'Categories', categoryIds: [categoryId] } })
      const list = await seeker.shop('coupons', {})
      return list.ok && list.value.toTake.find(one => one.templateId === templateId)?.leadsTo
    }
    expect(await leadsTo('mall-tea')).toEqual({ kind: 'Category', categoryId: 'mall-tea' })
    expect(await leadsTo('fruit-tea')).toEqual({ kind: 'Menu' })
  })

  it('for several goods leads to the list of them, by what was promised when it was taken', async () => {
    const [holder, stranger] = [await member(shop, 'o-holder'), await member(shop, 'o-stranger')]
    const templateId = await offer({ scope: { kind: 'Products', productIds: ['umbrella', 'pearl-milk-tea'] } })
    const offered = { kind: 'Offered' as const, templateId }
    const before = await holder.shop('coupons', {})
    expect(before.ok && before.value.toTake.find(one => one.templateId === templateId)?.leadsTo).toEqual({ kind: 'CouponGoods', of: offered })
    const couponId = await take(holder, templateId)
    const own = { kind: 'Own' as const, couponId }
    const after = await holder.shop('coupons', {})
    expect(after.ok && after.value.usable.find(one => one.id === couponId)?.leadsTo).toEqual({ kind: 'CouponGoods', of: own })
    const idsOf = async (of: typeof own | typeof offered, who = holder) => {
      const list = await who.shop('couponGoods', { of })
      return list.ok ? list.value.goods.map(({ id }) => id).sort() : list.code
    }
    expect(await idsOf(own)).toEqual(['pearl-milk-tea', 'umbrella'])
    await shop.admin.change('couponTemplates', templateId, { scope: { kind: 'Products', productIds: ['umbrella', 'notebook'] } })
    expect(await idsOf(own)).toEqual(['pearl-milk-tea', 'umbrella'])
    expect(await idsOf(offered, shop.as(null))).toEqual(['notebook', 'umbrella'])
    expect(await Promise.all([idsOf(own, stranger), idsOf(own, shop.as(null)), idsOf({ kind: 'Offered', templateId: 'none' })]))
      .toEqual(['CouponUnknown', 'CouponUnknown', 'CouponUnknown'])
  })

  it('for several categories lists all of their goods, page by page', async () => {
    const categoryIds = ['mall-ware', 'mall-home', 'mall-living', 'fruit-tea']
    const of = { kind: 'Offered' as const, templateId: await offer({ scope: { kind: 'Categories', categoryIds } }) }
    const seen: string[] = []
    for (let cursor: string | undefined; ;) {
      const page = await shop.as(null).shop('couponGoods', { of, ...cursor === undefined ? {} : { cursor } })
      if (!page.ok) throw new Error(JSON.stringify(page))
      seen.push(...page.value.goods.map(({ id }) => id))
      if (page.value.nextCursor === null) break
      cursor = page.value.nextCursor
    }
    const expected = demoCatalog.products.filter(({ categoryId }) => categoryIds.includes(categoryId)).map(({ id }) => id)
    expect(expected.length).toBeGreaterThan(20)
    expect([...seen].sort()).toEqual([...expected].sort())
  })

  it('lists come page by page, without gaps and repeats', async () => {
    const eve = await member(shop, 'o-eve')
    const templateIds = await Promise.all(Array.from({ length: 3 }, () => offer({ perPersonMax: 10 })))
    const taken: string[] = []
    for (const templateId of templateIds) for (let number = 1; number <= 8; number += 1) taken.unshift(await take(eve, templateId, number))
    const first = await eve.shop('coupons', {})
    if (!first.ok) throw new Error('coupons')
    const second = await eve.shop('coupons', { cursor: first.value.nextCursor! })
    if (!second.ok) throw new Error('coupons')
    expect(first.value.mine).toHaveLength(20)
    expect([...first.value.mine, ...second.value.mine].map(coupon => coupon.id)).toEqual(taken)
    expect(second.value).toMatchObject({ nextCursor: null, toTake: [] })
  })
})

describe('a call that died between counting a coupon and writing it', () => {
  async function died(openid: string, agoMs: number) {
    const customer = await member(shop, openid)
    const templateId = await offer({ totalMax: 1 })
    const couponId = couponIdOf(openid, templateId, 1)
    const { _id, ...template } = await templateOf(templateId)
    const claims: Claim[] = [{ key: 'dead', couponId, atMs: Date.now() - agoMs }]
    await shop.admin.set('couponTemplates', _id, { ...template, takenCount: 1, claims })
    return { customer, templateId }
  }

  it('is finished by a repeat, and counted once', async () => {
    const { customer, templateId } = await died('o-flo', 1000)
    await take(customer, templateId)
    expect((await templateOf(templateId)).takenCount).toBe(1)
  })

  it('is left to the timer after five minutes, for it may be about to take the count back', async () => {
    const { customer, templateId } = await died('o-gil', 6 * MINUTE_MS)
    expect(await customer.shop('takeCoupon', { templateId })).toMatchObject({ kind: 'refused', code: 'CouponBusy' })
  })

  it('gives its place back after a while', async () => {
    const { customer, templateId } = await died('o-hue', 11 * MINUTE_MS)
    const other = await member(shop, 'o-ida')
    expect(await other.shop('takeCoupon', { templateId })).toMatchObject({ code: 'CouponsGone' })
    await runTimer()
    expect(await templateOf(templateId)).toMatchObject({ takenCount: 0, claims: [] })
    await take(other, templateId)
    expect(await customer.shop('takeCoupon', { templateId })).toMatchObject({ code: 'CouponsGone' })
  })

  it('leaves the count alone when the coupon was written after all', async () => {
    const { customer, templateId } = await died('o-jon', 1000)
    await take(customer, templateId)
    const { _id, claims, ...template } = await templateOf(templateId)
    await shop.admin.set('couponTemplates', _id, { ...template, claims: claims.map(claim => ({ ...claim, atMs: claim.atMs - 11 * MINUTE_MS })) })
    await runTimer()
    expect(await templateOf(templateId)).toMatchObject({ takenCount: 1, claims: [] })
  })
})

describe('an order with a coupon', () => {
  it('is frozen with every share of it, and pays less', async () => {
    const kai = await member(shop, 'o-kai')
    const couponId = await couponed(kai, {
      benefit: { kind: 'PercentOff', percent: 10, capFen: null }, scope: { kind: 'Products', productIds: ['egg-tart'] },
    })
    const cookies = { ...EGG_TART, productId: 'earl-grey-cookies' }
    const order = await placeWith(kai, couponId, [cookies, { ...EGG_TART, quantity: 2 }])
    const cookiesFen = demoCatalog.products.find(product => product.id === 'earl-grey-cookies')!.priceFen
    expect(order).toMatchObject({
      totalFen: cookiesFen + 2160,
      lines: [{ totalFen: cookiesFen, paidFen: cookiesFen }, { totalFen: 2400, paidFen: 2160 }],
      discounts: [{ kind: 'Coupon', couponId, amountFen: 240, shares: [0, 240] }],
      fees: [],
    })
    expect(await couponOf(couponId)).toMatchObject({ state: 'Locked', orderId: order.id })
    expect(await pay(shop, kai, order.id)).toMatchObject({ totalFen: order.totalFen, discounts: order.discounts })
    expect(await couponOf(couponId)).toMatchObject({ state: 'Used', orderId: order.id })
  })

  it('of made-to-order goods alone locks it just the same', async () => {
    const lea = await member(shop, 'o-lea')
    const tea = demoCatalog.products.find(product => product.stock === null)!
    const required = tea.optionGroups.filter(group => group.min > 0)
    const choiceIds = required.flatMap(group => group.choices.slice(0, group.min).map(choice => choice.id))
    const couponId = await couponed(lea)
    const order = await placeWith(lea, couponId, [{ productId: tea.id, choiceIds, quantity: 1 }])
    expect(order.state).toBe('Unpaid')
    expect(await couponOf(couponId)).toMatchObject({ state: 'Locked', orderId: order.id })
    await pay(shop, lea, order.id)
    expect(await couponOf(couponId)).toMatchObject({ state: 'Used', orderId: order.id })
  })

  it('that is cancelled gives it back at once, and another can have it', async () => {
    const mia = await member(shop, 'o-mia')
    const couponId = await couponed(mia)
    const first = await placeWith(mia, couponId)
    await mia.shop('cancelOrder', { orderId: first.id })
    expect(await couponOf(couponId)).toMatchObject({ state: 'Taken', orderId: null })
    const second = await placeWith(mia, couponId)
    expect(await couponOf(couponId)).toMatchObject({ state: 'Locked', orderId: second.id })
  })

  it('that expires gives it back by the timer', async () => {
    const noa = await member(shop, 'o-noa')
    const couponId = await couponed(noa)
    const order = await placeWith(noa, couponId)
    await shop.admin.change('orders', order.id, { expiresAtMs: past(), dueAtMs: past() })
    await runTimer()
    expect(await orderOf(noa, order.id)).toMatchObject({ state: 'Closed' })
    expect(await couponOf(couponId)).toMatchObject({ state: 'Taken', orderId: null })
  })

  it('that cannot have its goods gives it back', async () => {
    const ole = await member(shop, 'o-ole')
    const couponId = await couponed(ole)
    await shop.admin.change('stock', 'sticker-pack', { available: 1 })
    const stickers = [{ ...EGG_TART, productId: 'sticker-pack' }]
    const rival = await member(shop, 'o-rival')
    const [wish, rivalWish] = [await wishOf(ole, stickers, { couponId }), await wishOf(rival, stickers)]
    const outcomes = await Promise.all([ole.shop('placeOrder', wish), rival.shop('placeOrder', rivalWish)])
    expect(outcomes.filter(outcome => outcome.ok)).toHaveLength(1)
    expect((await couponOf(couponId)).state).toBe(outcomes[0].ok ? 'Locked' : 'Taken')
  })

  it('is one of two that want it at once; the other is told, and holds nothing', async () => {
    const pia = await member(shop, 'o-pia')
    const couponId = await couponed(pia)
    const wishes = await Promise.all([1, 2, 3, 4].map(() => wishOf(pia, [EGG_TART], { couponId })))
    const before = (await shop.admin.read<{ available: number }>('stock', 'egg-tart'))!.available
    const outcomes = await Promise.all(wishes.map(wish => pia.shop('placeOrder', wish)))
    const [placed, ...others] = outcomes.filter(outcome => outcome.ok)
    expect(others).toEqual([])
    expect(await couponOf(couponId)).toMatchObject({ state: 'Locked', orderId: placed?.ok ? placed.value.id : '' })
    for (const outcome of outcomes) {
      if (outcome.ok) continue
      expect(outcome).toMatchObject({ kind: 'refused', code: 'PriceChanged', detail: { totalFen: EGG_TART_FEN, quote: { couponId: null, coupons: [{ problem: 'InUse' }] } } })
    }
    expect((await shop.admin.read<{ available: number }>('stock', 'egg-tart'))!.available).toBe(before - 1)
  })

  it('answers the same to a repeat, also when its coupon was lost', async () => {
    const quin = await member(shop, 'o-quin')
    const couponId = await couponed(quin)
    const [wish, rival] = [await wishOf(quin, [EGG_TART], { couponId }), await wishOf(quin, [EGG_TART], { couponId })]
    expect((await quin.shop('placeOrder', rival)).ok).toBe(true)
    const told = [await quin.shop('placeOrder', wish), await quin.shop('placeOrder', wish)]
    for (const outcome of told) expect(outcome).toMatchObject({ code: 'PriceChanged', detail: { quote: { coupons: [{ problem: 'InUse' }] } } })
  })

  it('is refused with somebody else\'s coupon', async () => {
    const [rob, sue] = [await member(shop, 'o-rob'), await member(shop, 'o-sue')]
    const couponId = await couponed(rob)
    const wish = await wishOf(sue, [EGG_TART], { couponId })
    expect(wish.expectedTotalFen).toBe(EGG_TART_FEN)
    expect(await sue.shop('placeOrder', wish)).toMatchObject({ kind: 'refused', code: 'CouponUnknown' })
    expect(await sue.shop('quote', { lines: [EGG_TART], couponId })).toMatchObject({ ok: true, value: { coupons: [], couponId: null } })
    expect((await couponOf(couponId)).state).toBe('Taken')
  })
})

describe('the timer', () => {
  it('writes off what is over, and the customer reads so before it comes', async () => {
    const tom = await member(shop, 'o-tom')
    const couponId = await couponed(tom)
    await shop.admin.change('coupons', couponId, { validUntilMs: past(), dueAtMs: past() })
    expect(await tom.shop('coupons', {})).toMatchObject({ ok: true, value: { mine: [{ id: couponId, state: 'Expired' }] } })
    expect(await tom.shop('quote', { lines: [EGG_TART], couponId })).toMatchObject({ ok: true, value: { couponId: null, coupons: [{ problem: 'Expired' }] } })
    await runTimer()
    expect((await couponOf(couponId)).state).toBe('Expired')
    expect(await tom.shop('quote', { lines: [EGG_TART], couponId })).toMatchObject({ ok: true, value: { coupons: [{ problem: 'Expired' }] } })
  })

  it.each([
    ['Closed', 'Taken'], ['Rejected', 'Taken'], ['Paid', 'Used'], ['Collected', 'Used'], ['Unpaid', 'Locked'],
  ])('lets a lock follow its order that is %s', async (orderState, couponState) => {
    const una = await member(shop, `o-una-${orderState.toLowerCase()}`)
    const couponId = await couponed(una)
    const order = await placeWith(una, couponId)
    await shop.admin.change('orders', order.id, { state: orderState })
    await runTimer()
    expect((await couponOf(couponId)).state, 'not before its time').toBe('Locked')
    await shop.admin.change('coupons', couponId, { dueAtMs: past() })
    await runTimer()
    expect((await couponOf(couponId)).state).toBe(couponState)
  })
})

describe('the coupon of a paid order that is refunded in whole', () => {
  async function used(openid: string) {
    const customer = await member(shop, openid)
    const couponId = await couponed(customer)
    const order = await placeWith(customer, couponId)
    await pay(shop, customer, order.id)
    return { customer, couponId, holder: { _id: order.id, couponId } }
  }

  it('is the member\'s again, once', async () => {
    const { customer, couponId, holder } = await used('o-vic')
    expect(await Promise.all([1, 2, 3].map(() => giveCouponBack(world(), holder)))).toHaveLength(3)
    expect(await couponOf(couponId)).toMatchObject({ state: 'Taken', orderId: null })
    const next = await placeWith(customer, couponId)
    expect(await giveCouponBack(world(), holder)).toBe(false)
    expect(await couponOf(couponId)).toMatchObject({ state: 'Locked', orderId: next.id })
  })

  it('comes back by itself, and the customer gets what was paid, not what it cost', async () => {
    const { couponId, holder } = await used('o-una')
    const refund = { requestId: newRequestId(), orderId: holder._id, wish: { kind: 'Whole' as const }, goodsReturned: [], note: '味道不对' }
    expect(await owner.merchant('refundOrder', { ...refund, expectedFen: EGG_TART_FEN })).toMatchObject({
      code: 'AmountChanged', detail: { totalFen: EGG_TART_FEN - 300 },
    })
    expect(await owner.merchant('refundOrder', { ...refund, expectedFen: EGG_TART_FEN - 300 })).toMatchObject({ ok: true })
    await runTimer()
    expect(await couponOf(couponId)).toMatchObject({ state: 'Taken', orderId: null })
    expect(await shop.admin.read('orders', holder._id)).toMatchObject({ state: 'Refunded', followUp: 'None' })
  })

  it('stays used when its time is over', async () => {
    const { couponId, holder } = await used('o-wes')
    await shop.admin.change('coupons', couponId, { validUntilMs: past() })
    expect(await giveCouponBack(world(), holder)).toBe(false)
    expect((await couponOf(couponId)).state).toBe('Used')
  })

  it('comes back also when the refund is quicker than what follows the payment', async () => {
    const { couponId, holder } = await used('o-xan')
    await shop.admin.change('coupons', couponId, { state: 'Locked' })
    expect(await giveCouponBack(world(), holder)).toBe(true)
    expect((await couponOf(couponId)).state).toBe('Taken')
  })

  it('is no matter for an order without one', async () => {
    expect(await giveCouponBack(world(), { _id: 'order', couponId: null })).toBe(false)
  })
})

describe('the owner', () => {
  it('makes one template of a form that is sent twice', async () => {
    const requestId = newRequestId()
    const ids = await Promise.all([1, 2, 3].map(() => offer({ requestId })))
    expect(new Set(ids).size).toBe(1)
  })

  it('changes what is offered, and not what was taken', async () => {
    const yan = await member(shop, 'o-yan')
    const templateId = await offer({ totalMax: 5 })
    const couponId = await take(yan, templateId)
    const stricter = { templateId, totalMax: 1, minimumFen: 100_000, benefit: { kind: 'AmountOff' as const, amountFen: 1 } }
    expect(await offer(stricter)).toBe(templateId)
    expect(await couponOf(couponId)).toMatchObject({ minimumFen: 0, benefit: { amountFen: 300 } })
    const zoe = await member(shop, 'o-zoe')
    expect(await zoe.shop('takeCoupon', { templateId })).toMatchObject({ code: 'CouponsGone' })
  })

  it('cannot limit below what was taken, nor change what was stopped', async () => {
    const [abe, bob] = [await member(shop, 'o-abe'), await member(shop, 'o-bob')]
    const templateId = await offer()
    await Promise.all([take(abe, templateId), take(bob, templateId)])
    await expect(offer({ templateId, totalMax: 1 })).rejects.toThrow('LimitBelowTaken')
    await owner.merchant('stopCouponTemplate', { templateId })
    await expect(offer({ templateId })).rejects.toThrow('CouponStopped')
    await expect(offer({ templateId: 'nowhere' })).rejects.toThrow('CouponUnknown')
  })

  it('sees the templates, the newest first', async () => {
    const templateId = await offer({ totalMax: 7 })
    const list = await owner.merchant('couponTemplates', {})
    expect(list.ok && list.value.templates[0]).toMatchObject({ id: templateId, totalMax: 7, takenCount: 0, state: 'Open' })
    expect(list.ok && list.value.nextCursor).not.toBeNull()
    const seen = new Set<string>()
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await owner.merchant('couponTemplates', cursor ? { cursor } : {})
      if (!page.ok) throw new Error('couponTemplates')
      for (const template of page.value.templates) seen.add(template.id)
      cursor = page.value.nextCursor
    }
    for (const { id } of demoCatalog.couponTemplates) expect(seen).toContain(id)
  })

  it('cannot say that something ends before it begins', async () => {
    await expect(offer({ period: { kind: 'Fixed', fromMs: 2, untilMs: 2 } })).rejects.toThrow('InvalidInput')
  })
})
