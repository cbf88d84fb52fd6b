import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../scripts/steps/root.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { member, paidOrder } from './support.ts'

let shop: TestShop
let alice: Caller
beforeAll(async () => {
  shop = await openTestShop()
  alice = await member(shop, 'o-alice')
})
afterAll(() => shop.close())

const picture = readFileSync(path.join(root, 'demo/pictures/goods/umbrella.480.webp'))
const idOf = (who: Caller) => `m${createHash('sha256').update(who.openid!).digest('hex').slice(0, 23)}`

/** A picture that a member has put into her own folder, as a phone does. */
async function uploaded(who: Caller, name: string, content = picture): Promise<string> {
  const where = `${shop.url}/storage/upload?path=${encodeURIComponent(`avatar/${idOf(who)}/${name}.webp`)}`
  const permit = await (await fetch(where, { method: 'POST', headers: { 'x-wx-openid': who.openid! } })).json() as Record<string, string>
  const sent = await fetch(permit.url!, { method: 'PUT', headers: { authorization: permit.authorization! }, body: new Uint8Array(content) })
  expect(sent.ok).toBe(true)
  return permit.fileID!
}

const profileOf = async (who: Caller) => {
  const screen = await who.shop('me', {})
  return screen.ok ? { nickname: screen.value.member.nickname, avatar: screen.value.member.avatar } : null
}

/** Writes a review of something that she has received; answers it as everybody sees it. */
async function reviewed(who: Caller, isAnonymous: boolean) {
  const { orderId } = await paidOrder(shop, who, [{ productId: 'soy-sauce', choiceIds: [], quantity: 1 }])
  await shop.admin.change('orders', orderId, { state: 'Collected' })
  await who.shop('writeReview', { orderId, line: 0, stars: 5, text: '好酱油', pictures: [], isAnonymous })
  const list = await shop.as(null).shop('reviews', { productId: 'soy-sauce', filter: 'All' })
  return list.ok ? list.value.reviews[0] : null
}

describe('A profile', () => {
  it('is empty until its member says otherwise, and can be taken back', async () => {
    expect(await profileOf(alice)).toEqual({ nickname: '', avatar: '' })
    const avatar = await uploaded(alice, 'first')
    expect(await alice.shop('saveProfile', { nickname: ' 小林子 ', avatar })).toMatchObject({ ok: true, value: { nickname: '小林子', avatar } })
    expect(await profileOf(alice)).toEqual({ nickname: '小林子', avatar })
    await alice.shop('saveProfile', { nickname: '', avatar: '' })
    expect(await profileOf(alice)).toEqual({ nickname: '', avatar: '' })
  })

  it('stands beside reviews, the name in part, and beside anonymous ones not at all', async () => {
    const bob = await member(shop, 'o-bob')
    const avatar = await uploaded(bob, 'face')
    await bob.shop('saveProfile', { nickname: '爱喝茶的王先生', avatar })
    expect(await reviewed(bob, false)).toMatchObject({ author: '爱**生', avatar })
    expect(await reviewed(bob, true)).toMatchObject({ author: null, avatar: '' })
  })

  it('is looked at by WeChat, name and picture, and nothing changes where it says no', async () => {
    const cat = await member(shop, 'o-cat')
    expect(await cat.shop('saveProfile', { nickname: '网络赌博', avatar: '' })).toMatchObject({ code: 'ContentRefused' })
    const content = Buffer.concat([picture, Buffer.from('bad')])
    await shop.manage('content', { pattern: createHash('sha256').update(content).digest('hex'), suggest: 'risky' })
    const avatar = await uploaded(cat, 'bad', content)
    expect(await cat.shop('saveProfile', { nickname: '小猫', avatar })).toMatchObject({ code: 'ContentRefused' })
    await shop.manage('faults', { api: 'security.msgSecCheck', errcode: -1, times: 1 })
    expect(await cat.shop('saveProfile', { nickname: '小猫', avatar: '' })).toMatchObject({ code: 'CheckUnavailable' })
    expect(await profileOf(cat)).toEqual({ nickname: '', avatar: '' })
  })

  it('that has not changed is not looked at again', async () => {
    const dan = await member(shop, 'o-dan')
    await dan.shop('saveProfile', { nickname: '阿丹', avatar: '' })
    await shop.manage('faults', { api: 'security.msgSecCheck', errcode: -1, times: 1 })
    expect(await dan.shop('saveProfile', { nickname: '阿丹', avatar: '' })).toMatchObject({ ok: true })
    expect(await dan.shop('saveProfile', { nickname: '丹丹', avatar: '' })).toMatchObject({ code: 'CheckUnavailable' })
  })

  it('shows no picture of somebody else\'s', async () => {
    const eva = await member(shop, 'o-eva')
    expect(await eva.shop('saveProfile', { nickname: '', avatar: await uploaded(alice, 'hers') })).toMatchObject({ code: 'PhotoUnknown' })
    expect(await eva.shop('saveProfile', { nickname: '', avatar: 'https://example.com/face.webp' })).toMatchObject({ kind: 'invalid' })
    expect(await eva.shop('saveProfile', { nickname: '长'.repeat(21), avatar: '' })).toMatchObject({ kind: 'invalid' })
  })
})
