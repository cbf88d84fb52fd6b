// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { payOrder } from '@/orders/payOrder'
import { cloud, inTurn } from './support/cloud'
import { done, order, refused } from './support/goods'
import { freshPhone } from './support/phone'
import type { PaymentAnswer } from '@/platform/wechat'

vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
const { requestPayment } = vi.hoisted(() => ({ requestPayment: vi.fn<(payment: object, askFor: string[]) => Promise<PaymentAnswer>>() }))
vi.mock('@/platform', () => ({ wechat: { requestPayment } }))

const unpaid = done(order())
const paid = done(order({ state: 'Paid', pickupNumber: 'A001' }))

beforeEach(() => {
  freshPhone()
  vi.useFakeTimers()
  cloud.reset()
  cloud.replies.unifiedOrder = () => done({ payment: {}, outTradeNo: 'x', expiresAtMs: 0, askFor: ['t-paid', 't-ready'] })
})
afterEach(() => { vi.useRealTimers() })

async function pay(said: PaymentAnswer) {
  requestPayment.mockResolvedValue(said)
  const end = payOrder('order-1', () => undefined)
  await vi.runAllTimersAsync()
  return end
}

it('takes two calls when WeChat and the server agree', async () => {
  cloud.replies.syncPayment = () => paid
  expect(await pay('ok')).toMatchObject({ kind: 'Paid', order: { pickupNumber: 'A001' } })
  expect(cloud.actions()).toEqual(['unifiedOrder', 'syncPayment'])
  expect(requestPayment).toHaveBeenCalledWith({}, ['t-paid', 't-ready'])
})

it('waits for a server that hears of the money later', async () => {
  cloud.replies.syncPayment = inTurn(unpaid, unpaid, paid)
  expect(await pay('ok')).toMatchObject({ kind: 'Paid' })
})

it('never calls an order paid because the phone says so', async () => {
  cloud.replies.syncPayment = () => unpaid
  expect(await pay('ok')).toEqual({ kind: 'Processing' })
  expect(cloud.actions().filter(action => action === 'syncPayment')).toHaveLength(5)
})

it('believes the server over a phone that says cancelled', async () => {
  cloud.replies.syncPayment = () => paid
  expect(await pay('cancel')).toMatchObject({ kind: 'Paid' })
})

it('asks once about a payment that was cancelled or declined', async () => {
  cloud.replies.syncPayment = () => unpaid
  expect(await pay('cancel')).toEqual({ kind: 'NotPaid', because: 'cancel' })
  expect(await pay('fail')).toEqual({ kind: 'NotPaid', because: 'fail' })
  expect(cloud.actions().filter(action => action === 'syncPayment')).toHaveLength(2)
})

it('does not open the cashier for an order that cannot be paid', async () => {
  cloud.replies.unifiedOrder = () => refused('OrderNotUnpaid', { state: 'Closed' })
  requestPayment.mockClear()
  expect(await pay('ok')).toMatchObject({ kind: 'NotOpened', failure: { code: 'OrderNotUnpaid' } })
  expect(requestPayment).not.toHaveBeenCalled()
})

it('claims nothing about the money when the server cannot be reached, whatever the phone says', async () => {
  cloud.replies.syncPayment = () => ({ ok: false, kind: 'broken', code: 'Offline', requestId: '' })
  expect(await pay('fail')).toEqual({ kind: 'Processing' })
  expect(await pay('cancel')).toEqual({ kind: 'Processing' })
})
