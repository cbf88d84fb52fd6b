import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PHOTO_MAX_BYTES } from '../../contracts/photo.ts'
import { root } from '../../scripts/steps/root.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { member, orderOf, paidOrder } from './support.ts'

let shop: TestShop
let alice: Caller
let clerk: Caller
const SOY = { productId: 'soy-sauce', choiceIds: [] as string[], quantity: 1 }
const good = { stars: 5, text: '好酱油', pictures: [] as string[], isAnonymous: false }

beforeAll(async () => {
  shop = await openTestShop()
  alice = await member(shop, 'o-alice')
  clerk = await member(shop, 'o-clerk')
})
afterAll(() => shop.close())

/** An order that its customer has. */
async function collected(who = alice, lines = [SOY]): Promise<string> {
  const { orderId } = await paidOrder(shop, who, lines)
  await shop.admin.change('orders', orderId, { state: 'Collected' })
  return orderId
}

const ratingOf = async (productId = 'soy-sauce') => {
  const page = await alice.shop('product', { productId })
  return page.ok ? page.value.rating : page
}

/** A picture that a member has put into her own folder, as a phone does. */
async function uploaded(who: Caller, content: Buffer): Promise<string> {
  const folder = `review/m${createHash('sha256').update(who.openid!).digest('hex').slice(0, 23)}`
  const where = `${shop.url}/storage/upload?path=${encodeURIComponent(`${folder}/${content.length}.webp`)}`
  const permit = await (await fetch(where, { method: 'POST', headers: { 'x-wx-openid': who.openid! } })).json() as Record<string, string>
  const sent = await fetch(permit.url!, { method: 'PUT', headers: { authorization: permit.authorization! }, body: new Uint8Array(content) })
  expect(sent.ok).toBe(true)
  return permit.fileID!
}
const picture = (name: string) => readFileSync(path.join(root, 'demo/pictures/goods', `${name}.480.webp`))

describe('A review', () => {
  it('is written once, by who has the goods, and counts once', async () => {
    const before = await ratingOf() as { count: number, starsSum: number }
    const orderId = await collected()
    expect((await orderOf(alice, orderId)).toReview).toEqual([0])
    const answers = await Promise.all([1, 2, 3].map(() => alice.shop('writeReview', { orderId, line: 0, ...good })))
    expect(answers.every(answer => answer.ok)).toBe(true)
    expect(await ratingOf()).toMatchObject({ count: before.count + 1, starsSum: before.starsSum + 5 })
    expect((await orderOf(alice, orderId)).toReview).toEqual([])
    expect(await alice.shop('writeReview', { orderId, line: 0, ...good, stars: 1 })).toMatchObject({ code: 'AlreadyReviewed' })
    expect(await alice.shop('orderReviews', { orderId })).toMatchObject({ value: { lines: [{ review: { stars: 5, canAmend: true } }] } })
  })

  it('is for nobody who has not the goods yet, nor for somebody else’s order, nor for a line that is not there', async () => {
    const { orderId } = await paidOrder(shop, alice, [SOY])
    expect(await alice.shop('writeReview', { orderId, line: 0, ...good })).toMatchObject({ code: 'OrderNotReceived' })
    await shop.admin.change('orders', orderId, { state: 'Collected' })
    const mallory = await member(shop, 'o-mallory')
    expect(await mallory.shop('writeReview', { orderId, line: 0, ...good })).toMatchObject({ code: 'OrderUnknown' })
    expect(await mallory.shop('orderReviews', { orderId })).toMatchObject({ code: 'OrderUnknown' })
    expect(await alice.shop('writeReview', { orderId, line: 7, ...good })).toMatchObject({ code: 'OrderNotReceived' })
    expect(await alice.shop('writeReview', { orderId, line: 0, ...good, stars: 6 })).toMatchObject({ kind: 'invalid' })
  })

  it('can be changed once, and the rating follows', async () => {
    const bea = await member(shop, 'o-bea')
    const orderId = await collected(bea)
    const written = await bea.shop('writeReview', { orderId, line: 0, ...good, stars: 2 })
    const reviewId = written.ok ? written.value.id : ''
    const before = await ratingOf() as { count: number, starsSum: number, good: number }
    const rewrite = { kind: 'Rewrite' as const, ...good, stars: 4, text: '用久了发现很好' }
    expect(await bea.shop('amendReview', { reviewId, amendment: rewrite })).toMatchObject({ value: { stars: 4, canAmend: false } })
    expect(await ratingOf()).toMatchObject({ count: before.count, starsSum: before.starsSum + 2, good: before.good + 1 })
    expect(await bea.shop('amendReview', { reviewId, amendment: { kind: 'Add', text: '再说一句' } })).toMatchObject({ code: 'ReviewAmended' })
    expect(await alice.shop('amendReview', { reviewId, amendment: rewrite })).toMatchObject({ code: 'ReviewUnknown' })
  })

  it('is refused when WeChat finds its words or its pictures unfit', async () => {
    const cat = await member(shop, 'o-cat')
    const orderId = await collected(cat)
    const answer = await cat.shop('writeReview', { orderId, line: 0, ...good, text: '来玩网络赌博' })
    expect(answer).toMatchObject({ code: 'ContentRefused' })
    const content = picture('soy-sauce')
    await shop.manage('content', { pattern: createHash('sha256').update(content).digest('hex'), suggest: 'risky' })
    const pictures = [await uploaded(cat, content)]
    expect(await cat.shop('writeReview', { orderId, line: 0, ...good, pictures })).toMatchObject({ code: 'ContentRefused' })
    expect((await orderOf(cat, orderId)).toReview).toEqual([0])
  })

  it('has pictures of one megabyte at most, and waits for another time while WeChat cannot look at it', async () => {
    const fay = await member(shop, 'o-fay')
    const orderId = await collected(fay)
    const pictures = [await uploaded(fay, Buffer.alloc(PHOTO_MAX_BYTES + 1, 1))]
    expect(await fay.shop('writeReview', { orderId, line: 0, ...good, pictures })).toMatchObject({ code: 'PhotoTooLarge' })
    await shop.manage('faults', { api: 'security.msgSecCheck', errcode: -1, times: 1 })
    expect(await fay.shop('writeReview', { orderId, line: 0, ...good })).toMatchObject({ code: 'CheckUnavailable' })
    expect(await fay.shop('writeReview', { orderId, line: 0, ...good })).toMatchObject({ ok: true })
  })

  it('shows pictures of the own folder alone', async () => {
    const dan = await member(shop, 'o-dan')
    const orderId = await collected(dan)
    const mine = await uploaded(dan, picture('umbrella'))
    const hers = await uploaded(alice, picture('notebook'))
    expect(await dan.shop('writeReview', { orderId, line: 0, ...good, pictures: [hers] })).toMatchObject({ code: 'PhotoUnknown' })
    const written = await dan.shop('writeReview', { orderId, line: 0, ...good, pictures: [mine], isAnonymous: true })
    expect(written).toMatchObject({ ok: true })
    const seen = await shop.as(null).shop('reviews', { productId: 'soy-sauce', filter: 'Pictures' })
    expect(seen.ok && seen.value.reviews[0]).toMatchObject({ pictures: [mine], author: null })
    expect(JSON.stringify(seen)).not.toContain('o-dan')
  })

  it('is hidden with a reason, no longer counts, and counts again when it is shown', async () => {
    const eva = await member(shop, 'o-eva')
    const orderId = await collected(eva)
    const written = await eva.shop('writeReview', { orderId, line: 0, ...good, stars: 1, text: '加微信领红包' })
    const reviewId = written.ok ? written.value.id : ''
    const before = await ratingOf() as { count: number, starsSum: number }
    for (let times = 0; times < 2; times += 1) await clerk.merchant('hideReview', { reviewId, isHidden: true, reason: '广告' })
    expect(await ratingOf()).toMatchObject({ count: before.count - 1, starsSum: before.starsSum - 1 })
    const seen = await shop.as(null).shop('reviews', { productId: 'soy-sauce', filter: 'Poor' })
    expect(seen.ok && seen.value.reviews.some(review => review.id === reviewId)).toBe(false)
    expect(await eva.shop('orderReviews', { orderId })).toMatchObject({ value: { lines: [{ review: { hiddenBecause: '广告' } }] } })
    await clerk.merchant('hideReview', { reviewId, isHidden: false, reason: '看错了' })
    expect(await ratingOf()).toEqual(before)
    expect(await clerk.merchant('answerReview', { reviewId, answer: '谢谢' })).toMatchObject({ value: { answer: '谢谢' } })
    const all = await clerk.merchant('reviews', {})
    expect(all.ok && all.value.items.find(review => review.id === reviewId)).toMatchObject({ answer: '谢谢', hiddenBecause: null })
  })
})

it('The reviews of the demo shop add up to the ratings of its goods', async () => {
  const all = await shop.as(null).shop('reviews', { productId: 'dried-mango', filter: 'All' })
  if (!all.ok) throw new Error('reviews')
  expect(all.value.rating).toEqual({
    count: all.value.reviews.length, starsSum: all.value.reviews.reduce((sum, review) => sum + review.stars, 0),
    withPictures: all.value.reviews.filter(review => review.pictures.length > 0).length,
    good: all.value.reviews.filter(review => review.stars >= 4).length,
  })
  expect(all.value.reviews.every(review => review.author === null || review.author.includes('**'))).toBe(true)
})
