// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import ResumeBar from '@/components/ResumeBar.vue'
import Checkout from '@/packages/checkout/checkout/checkout.vue'
import { useCart } from '@/stores/cart'
import { useDraft } from '@/stores/draft'
import { useUnpaid } from '@/stores/unpaid'
import { cloud } from './support/cloud'
import { checkout, done, order, pricedLine, quote, store } from './support/goods'
import type { Address } from '@contracts/address.ts'
import type { CheckoutScreen } from '@contracts/checkout.ts'
import type { Fulfilment, Obstacle } from '@contracts/fulfilment.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({
  wechat: { requestPayment: async () => 'cancel', login: async () => 'code', pictureUrl: (id: string) => id, tap: () => undefined },
}))

const home: Address = { id: 'home', name: '王小明', phone: '13800138000', province: '33', city: '杭州市', district: '西湖区', detail: '文三路 1 号', isDefault: true }
const work: Address = { ...home, id: 'work', detail: '公司', isDefault: false }
const soonMs = Date.now() + 3_600_000

let phone: ReturnType<typeof freshPhone>
beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.login = () => done({ member: {}, session: 'token' })
  cloud.replies.placeOrder = () => done(order())
  cloud.replies.unifiedOrder = () => done({ payment: {}, outTradeNo: 'x', expiresAtMs: 0, askFor: [] })
  cloud.replies.syncPayment = () => done(order())
  useCart().add({ productId: 'mug', choiceIds: [], quantity: 1 })
})

const mug = () => quote([pricedLine({ productId: 'mug', choiceIds: [], choices: [] })], { ways: [['Express', 'PickUp']] })

/** The server's checkout of goods of the mall. */
function serves(over: Partial<CheckoutScreen> = {}, obstacle: Obstacle | null = null): void {
  cloud.replies.checkout = (input) => {
    const asked = (input as { fulfilment?: Fulfilment }).fulfilment
    return done(checkout({ ...mug(), obstacle }, {
      ways: ['Express', 'PickUp'], way: asked?.kind ?? 'Express', addresses: [home, work], addressId: 'home', slots: [soonMs], ...over,
    }))
  }
}

async function open(group = 'Mall') {
  const page = mount(Checkout)
  await fire('onLoad', { group })
  await fire('onShow')
  await flushPromises()
  return page
}

const last = (action: string) => cloud.inputs(action).at(-1) as Record<string, unknown>

describe('the checkout of goods by post', () => {
  it('shows the default address, and orders to it', async () => {
    serves()
    const page = await open()
    expect(cloud.actions().filter(action => action === 'checkout')).toHaveLength(1)
    expect(page.find('.address-card').text()).toContain('文三路 1 号')
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(last('placeOrder')).toMatchObject({ fulfilment: { kind: 'Express', addressId: 'home' } })
  })

  it('asks once when it is opened, as a phone opens it: loaded and shown at once', async () => {
    vi.useFakeTimers()
    serves()
    useDraft().change({ alone: { productId: 'mug', choiceIds: [], quantity: 1 } })
    const page = mount(Checkout)
    void fire('onLoad', { group: 'Mall', alone: '1' })
    void fire('onShow')
    await vi.advanceTimersByTimeAsync(2_000)
    vi.useRealTimers()
    expect(page.find('.express-choice').attributes('aria-checked')).toBe('true')
    expect(cloud.actions().filter(action => action === 'checkout')).toHaveLength(1)
  })

  it('leaves a way that was chosen alone when the answer for the one before comes late', async () => {
    serves()
    const page = await open()
    const answer = cloud.replies.checkout!
    const late: (() => void)[] = []
    cloud.replies.checkout = input => new Promise((resolve) => { late.push(() => resolve(answer(input))) })
    useDraft().change({ addressId: 'work' })
    await flushPromises()
    await page.find('.pick-up-choice').trigger('click')
    await flushPromises()
    for (const come of late) {
      come()
      await flushPromises()
    }
    expect(page.find('.pick-up-choice').attributes('aria-checked')).toBe('true')
    expect(late).toHaveLength(2)
    expect(last('checkout')).toMatchObject({ fulfilment: { kind: 'PickUp' } })
  })

  it('prices anew for another address', async () => {
    serves()
    const page = await open()
    useDraft().change({ addressId: 'work' })
    await flushPromises()
    expect(last('checkout')).toMatchObject({ fulfilment: { kind: 'Express', addressId: 'work' } })
    expect(page.find('.address-card').text()).toContain('公司')
  })

  it('says what is in the way and leads to the address book instead of ordering', async () => {
    serves({ addresses: [], addressId: null }, { kind: 'AddressNeeded' })
    const page = await open()
    expect(page.find('.obstacle').text()).toContain('请选择收货地址')
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(cloud.actions()).not.toContain('placeOrder')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: expect.stringContaining('address/list/list?choose=1') })
  })

  it('gives the merchant\'s own reason where a region gets nothing', async () => {
    serves({}, { kind: 'NotDeliverable', because: { zh: '海岛不寄', en: 'No islands' } })
    expect((await open()).find('.obstacle').text()).toContain('海岛不寄')
  })

  it('turns into a pick-up at a time', async () => {
    serves()
    const page = await open()
    await page.find('.pick-up-choice').trigger('click')
    await flushPromises()
    expect(page.find('.address-card').exists()).toBe(false)
    await page.find('.slot-row > view').trigger('click')
    await page.find('.time-slot').trigger('click')
    await flushPromises()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(last('placeOrder')).toMatchObject({ fulfilment: { kind: 'PickUp', slotAtMs: soonMs } })
  })

  it('says where it is fetched, and leads to the other stores until it is ordered', async () => {
    serves()
    const page = await open()
    expect(page.find('.fetch-at-row').exists()).toBe(false)
    await page.find('.pick-up-choice').trigger('click')
    await flushPromises()
    expect(page.find('.fetch-at-row').text()).toContain(store.address.zh)
    await page.find('.fetch-at-row > view').trigger('click')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: expect.stringContaining('store/list/list') })
  })

  it('takes the first way of a store that does not offer the one that was chosen', async () => {
    serves({ ways: ['PickUp'], way: 'PickUp' })
    await open()
    expect(useDraft().draft.mallWay).toBe('PickUp')
  })

  it('takes an invoice only with a tax number that can be one', async () => {
    serves()
    const page = await open()
    await page.find('.invoice-row > view').trigger('click')
    await page.findAll('[role=radio]').find(one => one.text() === '单位')!.trigger('click')
    const write = (name: string, text: string) => page.find<HTMLInputElement>(name).setValue(text)
    await write('.invoice-title', '杭州好喝有限公司')
    await write('.tax-number', '91350100M000100Y44')
    await write('.invoice-email', 'books@example.com')
    await page.find('.save-invoice').trigger('click')
    expect(page.find('.invoice').text()).toContain('税号不对')
    await write('.tax-number', '91350100M000100Y43')
    await page.find('.save-invoice').trigger('click')
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(last('placeOrder')).toMatchObject({ invoice: { kind: 'Company', taxNumber: '91350100M000100Y43' } })
  })
})

describe('what was left unfinished', () => {
  const bar = () => mount(ResumeBar)

  it('is offered again after the checkout was left, until it is dismissed', async () => {
    serves()
    expect(bar().find('.resume-draft').exists()).toBe(false)
    await open()
    const shown = bar()
    expect(shown.find('.resume-draft').exists()).toBe(true)
    await shown.findAll('button')[1]!.trigger('click')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: expect.stringContaining('checkout?group=Mall') })
    await shown.findAll('button')[0]!.trigger('click')
    expect(shown.find('.resume-draft').exists()).toBe(false)
  })

  it('survives a restart of the phone', async () => {
    serves()
    await open()
    setActivePinia(createPinia())
    expect(useDraft().isInterrupted).toBe(true)
    expect(useCart().count).toBe(1)
  })

  it('is the order once it was placed, as long as it can be paid', async () => {
    cloud.replies.placeOrder = () => done(order({ expiresAtMs: Date.now() + 600_000 }))
    serves()
    const page = await open()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(bar().find('.resume-unpaid').text()).toContain('¥14.00')
    useUnpaid().hear(order({ state: 'Paid' }))
    expect(bar().find('.resume').exists()).toBe(false)
    useUnpaid().keep(order({ expiresAtMs: Date.now() - 1 }))
    expect(bar().find('.resume').exists()).toBe(false)
  })
})
