// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import Cart from '@/pages/cart/cart.vue'
import { useCart } from '@/stores/cart'
import { cloud } from './support/cloud'
import { done, pricedLine, quote, tea as teaProduct } from './support/goods'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({ wechat: { pictureUrl: (id: string) => id, tap: () => undefined } }))

let phone: ReturnType<typeof freshPhone>

beforeEach(() => {
  vi.useFakeTimers()
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
})
afterEach(() => { vi.useRealTimers() })

async function open() {
  const page = mount(Cart)
  await fire('onShow')
  await flushPromises()
  return page
}

const tea = { productId: 'tea', choiceIds: ['medium'], quantity: 1 }
const tart = { productId: 'tart', choiceIds: [], quantity: 5 }

describe('the cart', () => {
  it('asks nobody about an empty cart', async () => {
    const page = await open()
    expect(page.text()).toContain('购物车还空着')
    expect(cloud.actions()).toEqual([])
  })

  it('is shown by one call, and counts only what can be bought', async () => {
    useCart().add(tea)
    useCart().add(tart)
    cloud.replies.quote = () => done(quote([
      pricedLine(), { ...pricedLine({ productId: 'tart', choiceIds: [], quantity: 5, totalFen: 7000 }), problem: 'NotEnough', left: 3 },
    ]))
    const page = await open()
    expect(cloud.actions()).toEqual(['quote'])
    expect(page.find('.cart__sum').text()).toContain('14')
    expect(page.find('.cart-line--problem').text()).toContain('只剩 3 份')

    await page.find('.take-left-button').trigger('click')
    expect(useCart().lines[1]?.quantity).toBe(3)
  })

  it('follows the finger at once and asks again when it rests', async () => {
    useCart().add(tea)
    cloud.replies.quote = () => done(quote([pricedLine()]))
    const page = await open()
    await page.find('.stepper__plus').trigger('click')
    await page.find('.stepper__plus').trigger('click')
    expect(page.find('.cart__sum').text()).toContain('42')
    expect(cloud.actions()).toEqual(['quote'])
    await vi.advanceTimersByTimeAsync(500)
    expect(cloud.actions()).toEqual(['quote', 'quote'])
  })

  it('asks before it is cleared', async () => {
    useCart().add(tea)
    cloud.replies.quote = () => done(quote([pricedLine()]))
    const page = await open()
    await page.find('.edit-button').trigger('click')
    await page.find('.clear-button').trigger('click')
    await page.find('.question-no').trigger('click')
    expect(useCart().count).toBe(1)
    await page.find('.clear-button').trigger('click')
    await page.find('.question-yes').trigger('click')
    expect(useCart().count).toBe(0)
  })

  it('keeps what is made and what is posted apart, each with its own way to the till', async () => {
    useCart().add(tea)
    useCart().add(tart)
    cloud.replies.quote = () => done(quote(
      [pricedLine(), pricedLine({ productId: 'tart', choiceIds: [], quantity: 5, totalFen: 7000 })], { ways: [['TakeAway'], ['Express', 'PickUp']] },
    ))
    const page = await open()
    expect(page.find('.cart-group-Bar').text()).toContain('14')
    expect(page.find('.cart-group-Mall').text()).toContain('70')
    expect(page.find('.cart__sum').exists()).toBe(false)
    await page.find('.cart-group-Mall .checkout-button').trigger('click')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: expect.stringContaining('checkout?group=Mall') })
  })

  it('takes out what was selected, after a question', async () => {
    useCart().add(tea)
    useCart().add(tart)
    cloud.replies.quote = () => done(quote([pricedLine(), pricedLine({ productId: 'tart', choiceIds: [], quantity: 5, totalFen: 7000 })]))
    const page = await open()
    await page.find('.edit-button').trigger('click')
    expect(page.find('.remove-selected-button').attributes('aria-disabled')).toBe('true')
    await page.findAll('.cart-line__select')[1]!.trigger('click')
    await page.find('.remove-selected-button').trigger('click')
    await page.find('.question-yes').trigger('click')
    expect(useCart().lines).toMatchObject([{ productId: 'tea' }])
  })

  it('says what went wrong and tries again', async () => {
    useCart().add(tea)
    cloud.replies.quote = () => ({ ok: false, kind: 'broken', code: 'Broken', requestId: 'E-7F3A' })
    const page = await open()
    expect(page.text()).toContain('E-7F3A')
    cloud.replies.quote = () => done(quote([pricedLine()]))
    await page.find('.blank__action').trigger('click')
    await flushPromises()
    expect(page.findAll('.cart-line')).toHaveLength(1)
  })
})

describe('a line whose choice is gone', () => {
  it('is chosen anew in its place, with as many pieces as before', async () => {
    const large = { id: 'large', name: { zh: '大杯', en: '' }, deltaFen: 300 }
    const product = { ...teaProduct, optionGroups: [{ id: 'size', name: { zh: '杯型', en: '' }, min: 1, max: 1, choices: [large] }] }
    useCart().add({ ...tea, quantity: 2 })
    useCart().add(tart)
    cloud.replies.quote = () => done(quote([
      { ...pricedLine({ quantity: 2 }), problem: 'ChoiceInvalid' }, pricedLine({ productId: 'tart', choiceIds: [], quantity: 5 }),
    ]))
    cloud.replies.product = () => done({ product })
    const page = await open()
    await page.find('.choose-again').trigger('click')
    await flushPromises()
    await page.find('.item-sheet__add').trigger('click')
    expect(useCart().lines).toEqual([{ productId: 'tea', choiceIds: ['large'], quantity: 2 }, tart])
  })
})

describe('a line that is chosen anew', () => {
  const product = { ...teaProduct, kind: 'Menu' as const }

  async function chooseLarge(page: Awaited<ReturnType<typeof open>>) {
    await page.find('.change-line').trigger('click')
    await flushPromises()
    await page.findAll('.choice-chip')[1]!.trigger('click')
    await page.find('.item-sheet__add').trigger('click')
  }

  it('stays where it stands, with its new choice and no price, until the server has said it', async () => {
    useCart().add({ ...tea, quantity: 2 })
    useCart().add(tart)
    cloud.replies.quote = () => done(quote([pricedLine({ quantity: 2 }), pricedLine({ productId: 'tart', choiceIds: [], quantity: 5, totalFen: 7000 })]))
    cloud.replies.product = () => done({ product })
    const page = await open()
    await chooseLarge(page)
    const [first] = page.findAll('.cart-line')
    expect(page.findAll('.cart-line')).toHaveLength(2)
    expect(first!.find('.change-line').text()).toBe('Large')
    expect(first!.find('.stepper').text()).toContain('2')
    expect([first!.find('.price').exists(), first!.find('.price-bone').exists()]).toEqual([false, true])
    expect(page.find('.cart__sum .price-bone').exists()).toBe(true)

    cloud.replies.quote = () => done(quote([
      pricedLine({ choiceIds: ['large'], choices: [{ zh: 'Large', en: 'Large' }], quantity: 2, unitFen: 1700, totalFen: 3400 }),
      pricedLine({ productId: 'tart', choiceIds: [], quantity: 5, totalFen: 7000 }),
    ]))
    await vi.advanceTimersByTimeAsync(500)
    expect(page.find('.cart-line .price').text()).toContain('17')
    expect(page.find('.price-bone').exists()).toBe(false)
    expect(page.find('.cart__sum').text()).toContain('104')
  })

  it('is one line with the same wish, at the price that is known', async () => {
    useCart().add(tea)
    useCart().add({ ...tea, choiceIds: ['large'] })
    cloud.replies.quote = () => done(quote([pricedLine(), pricedLine({ choiceIds: ['large'], unitFen: 1700, totalFen: 1700 })]))
    cloud.replies.product = () => done({ product })
    const page = await open()
    await chooseLarge(page)
    expect(page.findAll('.cart-line')).toHaveLength(1)
    expect(page.find('.cart__sum').text()).toContain('34')
  })

  it('shows another number of pieces at once, at the price it has', async () => {
    useCart().add(tea)
    cloud.replies.quote = () => done(quote([pricedLine()]))
    const page = await open()
    await page.find('.stepper__plus').trigger('click')
    expect(page.findAll('.cart-line')).toHaveLength(1)
    expect(page.find('.cart-line .price-bone').exists()).toBe(false)
    expect(page.find('.cart__sum').text()).toContain('28')
  })
})
