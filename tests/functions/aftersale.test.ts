import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AfterSaleView, RefundWish } from '../../contracts/afterSale.ts'
import type { InputOf } from '../../contracts/action.ts'
import { PHOTO_MAX_BYTES } from '../../contracts/photo.ts'
import type { ShopActions } from '../../contracts/shop.ts'
import { memberIdOf } from '../../backend/member/members.ts'
import { localApp } from '../../scripts/steps/localShop.ts'
import { openTestShop, postJson, until } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { EGG_TART, leftOf, member, newRequestId, orderOf, paidOrder, place, refundsAtWeChat } from './support.ts'

let shop: TestShop
let mallory: Caller
let clerk: Caller
let owner: Caller

beforeAll(async () => {
  shop = await openTestShop()
  mallory = await member(shop, 'o-mallory')
  clerk = await member(shop, 'o-clerk')
  owner = await member(shop, 'o-owner')
  await shop.admin.change('stock', 'egg-tart', { available: 500 })
})
afterAll(() => shop.close())

const WHOLE: RefundWish = { kind: 'Whole' }
const pieces = (quantity: number): RefundWish => ({ kind: 'Lines', lines: [{ line: 0, quantity }] })

let people = 0
/** Somebody new who has just paid for three tarts. */
async function buyer() {
  const person = await member(shop, `o-buyer-${++people}`)
  return { person, ...await paidOrder(shop, person, [{ ...EGG_TART, quantity: 3 }]) }
}

type Wish = Partial<InputOf<ShopActions['requestAfterSale']>> & { orderId: string }

async function send(person: Caller, { orderId, wish = WHOLE, ...over }: Wish) {
  const quoted = await person.shop('afterSaleQuote', { orderId, wish })
  const expectedFen = quoted.ok ? quoted.value.amountFen : 1
  return person.shop('requestAfterSale', {
    requestId: newRequestId(), orderId, wish, reason: 'Quality', text: '凉了', photos: [], expectedFen, ...over,
  })
}

async function ask(person: Caller, wish: Wish): Promise<AfterSaleView> {
  const outcome = await send(person, wish)
  if (!outcome.ok) throw new Error(`requestAfterSale: ${JSON.stringify(outcome)}`)
  return outcome.value
}

interface Approval { wish?: RefundWish, goodsReturned?: number[] }

const approve = (afterSaleId: string, expectedFen: number, { wish = WHOLE, goodsReturned = [] }: Approval = {}) =>
  owner.merchant('approveAfterSale', { afterSaleId, wish, goodsReturned, expectedFen })
const decline = (afterSaleId: string) => clerk.merchant('declineAfterSale', { afterSaleId, answer: '已经吃完了' })
const requestOf = async (person: Caller, orderId: string) => (await orderOf(person, orderId)).afterSale

describe('a customer who wants money back', () => {
  it('sees the amount first, asks, and has it once the owner agrees and WeChat has paid', async () => {
    const { person, orderId, outTradeNo } = await buyer()
    expect(await person.shop('afterSaleQuote', { orderId, wish: pieces(2) })).toMatchObject({
      ok: true, value: { amountFen: 2400, leftFen: 3600, leftPieces: [3], lines: [{ line: 0, quantity: 2, amountFen: 2400 }] },
    })
    const request = await ask(person, { orderId, wish: pieces(2) })
    expect(request).toMatchObject({ state: 'Requested', amountFen: 2400, reason: 'Quality', text: '凉了', approvedFen: null })
    const list = await clerk.merchant('afterSales', {})
    const asStaffSeeIt = { id: request.id, amountFen: 2400, shelfLines: [0], orderTotalFen: 3600 }
    expect(list.ok && list.value.items).toContainEqual(expect.objectContaining(asStaffSeeIt))
    expect(await approve(request.id, 2400, { wish: pieces(2) })).toMatchObject({ ok: true, value: { state: 'Refunding', approvedFen: 2400 } })
    await until('the money to arrive', async () => (await requestOf(person, orderId))?.state === 'Refunded')
    expect(await orderOf(person, orderId)).toMatchObject({ state: 'Paid', refundedPieces: [2], refunds: [{ state: 'Succeeded', refundFen: 2400 }] })
    expect(await refundsAtWeChat(shop, outTradeNo)).toHaveLength(1)
  })

  it('makes one request of one requestId, and has one open request at a time', async () => {
    const { person, orderId } = await buyer()
    const requestId = newRequestId()
    const same = await Promise.all([1, 2, 3].map(() => ask(person, { orderId, requestId, wish: pieces(1) })))
    expect(new Set(same.map(request => request.id)).size).toBe(1)
    expect(await send(person, { orderId })).toMatchObject({ code: 'AlreadyRequested' })
    const other = await buyer()
    const both = await Promise.all([1, 2].map(() => send(other.person, { orderId: other.orderId })))
    expect(both.filter(outcome => outcome.ok)).toHaveLength(1)
  })

  it('is told when the amount has changed since it was shown', async () => {
    const { person, orderId } = await buyer()
    expect(await send(person, { orderId, expectedFen: 1 })).toMatchObject({ code: 'AmountChanged', detail: { totalFen: 3600 } })
  })

  it('may ask twice again after a no, and then no more', async () => {
    const { person, orderId } = await buyer()
    const first = await ask(person, { orderId })
    for (const triesLeft of [2, 1, 0]) {
      expect(await decline(first.id)).toMatchObject({ ok: true, value: { state: 'Declined', answer: '已经吃完了', triesLeft } })
      if (triesLeft > 0) expect(await ask(person, { orderId })).toMatchObject({ id: first.id, state: 'Requested', answer: '' })
    }
    expect(await send(person, { orderId })).toMatchObject({ code: 'AskedTooOften' })
  })

  it('can take a request back while nobody has decided it, and ask for something else', async () => {
    const { person, orderId } = await buyer()
    const request = await ask(person, { orderId })
    for (const _twice of [1, 2]) {
      expect(await person.shop('withdrawAfterSale', { afterSaleId: request.id })).toMatchObject({ ok: true, value: { state: 'Withdrawn' } })
    }
    expect(await approve(request.id, 3600)).toMatchObject({ code: 'AfterSaleDecided', detail: { state: 'Withdrawn' } })
    const next = await ask(person, { orderId, wish: pieces(1) })
    expect(next.id).not.toBe(request.id)
    await approve(next.id, 1200, { wish: pieces(1) })
    expect(await person.shop('withdrawAfterSale', { afterSaleId: next.id })).toMatchObject({ code: 'AfterSaleDecided' })
  })

  it('cannot ask for an order that is not paid, nor for more than was bought', async () => {
    const { person, orderId } = await buyer()
    const unpaid = await place(person)
    expect(await send(person, { orderId: unpaid.id })).toMatchObject({ code: 'OrderNotRefundable', detail: { state: 'Unpaid' } })
    expect(await send(person, { orderId, wish: pieces(4) })).toMatchObject({ code: 'TooManyPieces' })
    await person.shop('cancelOrder', { orderId: unpaid.id })
  })

  it('shows photos of the own folder alone', async () => {
    const { person, orderId } = await buyer()
    const photo = (openid: string, env = localApp.envId) => `cloud://${env}.bucket-1/aftersale/${memberIdOf(openid)}/tart_1.jpg`
    expect(await send(person, { orderId, photos: [photo('o-mallory')] })).toMatchObject({ code: 'PhotoUnknown' })
    expect(await send(person, { orderId, photos: [photo(person.openid!, 'elsewhere')] })).toMatchObject({ code: 'PhotoUnknown' })
    for (const photos of [['https://evil.example/x.jpg'], ['cloud://local-env.b/products/x.jpg'], Array<string>(4).fill(photo(person.openid!))]) {
      expect(await send(person, { orderId, photos })).toMatchObject({ kind: 'invalid' })
    }
    // A photo that is not there is left out.
    expect(await ask(person, { orderId, photos: [photo(person.openid!)] })).toMatchObject({ photos: [] })
  })

  it('lets the customer and the staff see a photo, and nobody else', async () => {
    const { person, orderId } = await buyer()
    const quoted = await person.shop('afterSaleQuote', { orderId, wish: WHOLE })
    if (!quoted.ok) throw new Error(JSON.stringify(quoted))
    const cloudPath = `${quoted.value.photosInto}/broken.jpg`
    const permit = await postJson(`${shop.url}/storage/upload?path=${cloudPath}`, {}, { 'x-wx-openid': person.openid! }) as Record<string, string>
    await fetch(permit.url!, { method: 'PUT', headers: { authorization: permit.authorization! }, body: 'a picture' })
    const { id } = await ask(person, { orderId, photos: [permit.fileID!] })
    const read = async (link: string | undefined) => (await fetch(link!)).text()
    expect(await read((await orderOf(person, orderId)).afterSale?.photos[0])).toBe('a picture')
    const list = await shop.as('o-clerk').merchant('afterSales', {})
    const shown = list.ok ? list.value.items.find(request => request.id === id) : undefined
    expect(await read(shown?.photos[0])).toBe('a picture')
    expect((await fetch(`${shop.url}/cos/${cloudPath}`)).status).toBe(403)
  })
})

describe('what a customer says and shows about it', () => {
  const photosInto = async (person: Caller, orderId: string) => {
    const quoted = await person.shop('afterSaleQuote', { orderId, wish: WHOLE })
    if (!quoted.ok) throw new Error(JSON.stringify(quoted))
    return quoted.value.photosInto
  }

  /** A photo that a member's phone has put into her own folder. */
  async function uploaded(person: Caller, orderId: string, content: Buffer): Promise<string> {
    const cloudPath = `${await photosInto(person, orderId)}/${content.length}.jpg`
    const permit = await postJson(`${shop.url}/storage/upload?path=${cloudPath}`, {}, { 'x-wx-openid': person.openid! }) as Record<string, string>
    const sent = await fetch(permit.url!, { method: 'PUT', headers: { authorization: permit.authorization! }, body: new Uint8Array(content) })
    expect(sent.ok).toBe(true)
    return permit.fileID!
  }

  const asStaffSeeIt = async (id: string) => {
    const list = await clerk.merchant('afterSales', {})
    return list.ok ? list.value.items.find(request => request.id === id) : undefined
  }

  it('is refused when WeChat finds it unfit, and can be said in other words', async () => {
    const { person, orderId } = await buyer()
    expect(await send(person, { orderId, text: '来玩网络赌博' })).toMatchObject({ code: 'ContentRefused' })
    const content = Buffer.from('something nobody should see')
    await shop.manage('content', { pattern: createHash('sha256').update(content).digest('hex'), suggest: 'risky' })
    expect(await send(person, { orderId, photos: [await uploaded(person, orderId, content)] })).toMatchObject({ code: 'ContentRefused' })
    expect(await requestOf(person, orderId)).toBeNull()
    const { id } = await ask(person, { orderId })
    expect(await asStaffSeeIt(id)).toMatchObject({ isUnchecked: false })
  })

  it('is taken while WeChat cannot say, and staff are told that nobody looked at it', async () => {
    const { person, orderId } = await buyer()
    await shop.manage('faults', { api: 'security.msgSecCheck', errcode: -1, times: 1 })
    const { id, state } = await ask(person, { orderId })
    expect([state, (await asStaffSeeIt(id))?.isUnchecked]).toEqual(['Requested', true])
  })

  it('answers the request that stands, though its words are found unfit when it is sent once more', async () => {
    const { person, orderId } = await buyer()
    const wish = { orderId, requestId: newRequestId(), text: '来玩网络赌博' }
    await shop.manage('faults', { api: 'security.msgSecCheck', errcode: -1, times: 1 })
    const { id } = await ask(person, wish)
    expect(await send(person, wish)).toMatchObject({ ok: true, value: { id } })
  })

  it('has photos of one megabyte at most: a larger one is named, and the request goes without it', async () => {
    const { person, orderId } = await buyer()
    const largest = await uploaded(person, orderId, Buffer.alloc(PHOTO_MAX_BYTES, 1))
    const tooLarge = await uploaded(person, orderId, Buffer.alloc(PHOTO_MAX_BYTES + 1, 1))
    expect(await send(person, { orderId, photos: [largest, tooLarge] })).toMatchObject({ code: 'PhotoTooLarge' })
    const { id } = await ask(person, { orderId, photos: [largest] })
    expect(await asStaffSeeIt(id)).toMatchObject({ isUnchecked: false, photos: [expect.stringContaining('http')] })
  })
})

describe('staff', () => {
  it('send less back than was asked for, never more, and goods to the shelf where they are there again', async () => {
    const { person, orderId } = await buyer()
    const request = await ask(person, { orderId, wish: pieces(2) })
    expect(await approve(request.id, 3600)).toMatchObject({ code: 'TooManyPieces' })
    const before = await leftOf(shop, 'egg-tart')
    const less = await approve(request.id, 1200, { wish: pieces(1), goodsReturned: [0] })
    expect(less).toMatchObject({ ok: true, value: { amountFen: 2400, approvedFen: 1200 } })
    expect(await leftOf(shop, 'egg-tart')).toBe(before! + 1)
    expect((await orderOf(person, orderId)).refunds).toMatchObject([{ refundFen: 1200 }])
  })

  it('approve once, also when two do it at the same moment', async () => {
    const { person, orderId, outTradeNo } = await buyer()
    const request = await ask(person, { orderId, wish: pieces(1) })
    const answers = await Promise.all([1, 2, 3].map(() => approve(request.id, 1200, { wish: pieces(1) })))
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { approvedFen: 1200 } })
    expect(await refundsAtWeChat(shop, outTradeNo)).toHaveLength(1)
    expect(await shop.admin.count('audits', { subject: request.id, by: 'o-owner', what: 'ApproveAfterSale' })).toBe(1)
  })

  it('decide together with the customer who withdraws: one of the two counts, and the money follows it', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { person, orderId, outTradeNo } = await buyer()
      const request = await ask(person, { orderId })
      // A withdrawal is one step and an approval many: it starts later and later, so that it falls into each of them.
      const later = new Promise(resolve => setTimeout(resolve, round * 8))
      const [withdrawn, approved] = await Promise.all([
        later.then(() => person.shop('withdrawAfterSale', { afterSaleId: request.id })),
        approve(request.id, 3600),
      ])
      expect([withdrawn.ok, approved.ok].filter(Boolean)).toHaveLength(1)
      const state = (await requestOf(person, orderId))!.state
      expect(state === 'Withdrawn').toBe(withdrawn.ok)
      expect(await refundsAtWeChat(shop, outTradeNo)).toHaveLength(approved.ok ? 1 : 0)
      expect((await orderOf(person, orderId)).state).toBe(approved.ok ? 'Refunded' : 'Paid')
    }
  })

  it('who are clerks see, quote and decline, and send no money back', async () => {
    const { person, orderId } = await buyer()
    const request = await ask(person, { orderId })
    const denied = { ok: false, kind: 'denied', code: 'NotAllowed' }
    const approval = { afterSaleId: request.id, wish: WHOLE, goodsReturned: [], expectedFen: 3600 }
    expect(await clerk.merchant('approveAfterSale', approval)).toEqual(denied)
    expect(await clerk.merchant('refundOrder', {
      requestId: newRequestId(), orderId, wish: WHOLE, goodsReturned: [], expectedFen: 3600, note: 'x',
    })).toEqual(denied)
    expect(await clerk.merchant('refundQuote', { orderId, wish: WHOLE })).toMatchObject({ ok: true, value: { amountFen: 3600 } })
    expect(await clerk.merchant('attention', {})).toMatchObject({ ok: true, value: { mayDecide: false } })
    expect(await owner.merchant('attention', {})).toMatchObject({ ok: true, value: { mayDecide: true } })
    await decline(request.id)
    expect(await decline(request.id)).toMatchObject({ ok: true })
    expect(await approve(request.id, 3600)).toMatchObject({ code: 'AfterSaleDecided', detail: { state: 'Declined' } })
  })

  it('settle the request, too, when they settle its refund by hand', async () => {
    const { person, orderId, outTradeNo } = await buyer()
    const refundId = `R${outTradeNo}_1`
    await shop.manage('pay/callbacks', { callbacks: 'hold', outRefundNo: refundId })
    const request = await ask(person, { orderId })
    await approve(request.id, 3600)
    await until('WeChat to have done it', async () => (await refundsAtWeChat(shop, outTradeNo))[0]?.state === 'SUCCESS')
    await shop.manage('pay/deliver', { outRefundNo: refundId, alter: { refundStatus: 'CHANGE' } })
    expect(await requestOf(person, orderId)).toMatchObject({ state: 'Refunding' })
    await owner.merchant('settleRefundByHand', { refundId, note: '银行转账' })
    expect(await requestOf(person, orderId)).toMatchObject({ state: 'Refunded' })
  })

  it('have money that is short retried under the request, until it is there', async () => {
    const { person, orderId, outTradeNo } = await buyer()
    const request = await ask(person, { orderId })
    await shop.manage('pay/faults', { api: 'refund', fault: 'NOTENOUGH', times: 1 })
    expect(await approve(request.id, 3600)).toMatchObject({ ok: true, value: { state: 'Approved' } })
    expect(await owner.merchant('attention', {})).toMatchObject({ value: { refunds: 1 } })
    await shop.admin.change('refunds', `R${outTradeNo}_1`, { checkAtMs: 0 })
    await shop.manage('timers/timer')
    await until('the money to arrive', async () => (await requestOf(person, orderId))?.state === 'Refunded')
    expect(await owner.merchant('attention', {})).toMatchObject({ value: { refunds: 0 } })
  })
})

it('somebody else\'s order and request are unknown', async () => {
  const { person, orderId } = await buyer()
  const request = await ask(person, { orderId })
  expect(await mallory.shop('afterSaleForm', { orderId })).toMatchObject({ code: 'OrderUnknown' })
  expect(await mallory.shop('afterSaleQuote', { orderId, wish: WHOLE })).toMatchObject({ code: 'OrderUnknown' })
  expect(await mallory.shop('requestAfterSale', {
    requestId: newRequestId(), orderId, wish: WHOLE, reason: 'Other', text: '', photos: [], expectedFen: 3600,
  })).toMatchObject({ code: 'OrderUnknown' })
  expect(await mallory.shop('withdrawAfterSale', { afterSaleId: request.id })).toEqual({ ok: false, kind: 'refused', code: 'AfterSaleUnknown' })
  expect(await requestOf(person, orderId)).toMatchObject({ state: 'Requested' })
})

it('the form for money back comes with what everything comes to, and without where nothing can go back', async () => {
  const { person, orderId } = await buyer()
  const quote = await person.shop('afterSaleQuote', { orderId, wish: WHOLE })
  if (!quote.ok) throw new Error('afterSaleQuote')
  expect(quote.value.amountFen).toBe(3600)
  expect(await person.shop('afterSaleForm', { orderId })).toMatchObject({ ok: true, value: { order: { id: orderId, state: 'Paid' }, quote: quote.value } })
  const unpaid = await place(person)
  expect(await person.shop('afterSaleForm', { orderId: unpaid.id })).toMatchObject({ ok: true, value: { order: { state: 'Unpaid' }, quote: null } })
})

it('staff see a tab with all counts in one answer, the same as its list by itself', async () => {
  const { person, orderId } = await buyer()
  const request = await ask(person, { orderId })
  const screen = await owner.merchant('attention', { tab: 'afterSales' })
  const list = await owner.merchant('afterSales', {})
  if (!screen.ok || !list.ok) throw new Error('attention')
  expect(screen.value.shown.items.map(({ id }) => id)).toEqual(list.value.items.map(({ id }) => id))
  expect(screen.value.shown.items.map(({ id }) => id)).toContain(request.id)
  expect(await owner.merchant('bar', { tab: 'ToMake' })).toMatchObject({ ok: true, value: { attention: { afterSales: screen.value.afterSales, mayDecide: true } } })
})

it('a list of what needs a person comes page by page, the oldest first', async () => {
  const before = await owner.merchant('attention', {})
  const waiting = before.ok ? before.value.afterSales : 0
  const asked: string[] = []
  for (let count = 0; count < 21; count += 1) {
    const { person, orderId } = await buyer()
    asked.push((await ask(person, { orderId })).id)
  }
  const first = await owner.merchant('afterSales', {})
  if (!first.ok) throw new Error('afterSales')
  expect(first.value.items).toHaveLength(20)
  const second = await owner.merchant('afterSales', { cursor: first.value.nextCursor! })
  if (!second.ok) throw new Error('afterSales')
  const ids = [...first.value.items, ...second.value.items].map(request => request.id)
  expect(ids).toHaveLength(waiting + 21)
  expect(ids.slice(-21)).toEqual(asked)
  expect(second.value.nextCursor).toBeNull()
})
