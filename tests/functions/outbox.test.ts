import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sortKeyOf } from '../../backend/order/rules.ts'
import { KEEP_MS, TRIES_MAX } from '../../backend/outbox/rules.ts'
import type { EffectState } from '../../contracts/merchant.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { outboxOf } from './outboxSupport.ts'
import { member } from './support.ts'

let shop: TestShop
let box: ReturnType<typeof outboxOf>
let alice: Caller
let clerk: Caller

beforeAll(async () => {
  shop = await openTestShop({ tradeDelayMs: 0 })
  box = outboxOf(shop)
  alice = await member(shop, 'o-alice')
  clerk = await member(shop, 'o-clerk')
  await shop.admin.change('stock', 'egg-tart', { available: 500 })
})
afterAll(() => shop.close())

const UPLOAD = 'wxa.sec.order.uploadShippingInfo'
const uploadId = (orderId: string) => `UploadShipping_${orderId}_1`
const ready = async () => (await box.readyOrder(alice, clerk)).orderId
const calls = (api: string) =>
  shop.invocations().flatMap(({ operations }) => operations).filter(operation => operation.includes(api)).length

describe('an effect', () => {
  it('is written with what causes it, exactly once, whoever taps twice', async () => {
    const orderId = await ready()
    await clerk.merchant('markReady', { orderId })
    expect(await box.read(uploadId(orderId))).toMatchObject({ kind: 'UploadShipping', state: 'Waiting', orderId, tries: 0, payload: { entry: 1 } })
    expect(await shop.admin.count('outbox', { orderId, kind: 'UploadShipping' })).toBe(1)
  })

  it('is tried when it is due and not before, and then never again', async () => {
    const orderId = await ready()
    await box.runTimer()
    expect(await box.read(uploadId(orderId))).toMatchObject({ state: 'Waiting', tries: 0 })
    expect(await box.tryNow(uploadId(orderId))).toMatchObject({ state: 'Done', tries: 1, said: '' })
    const before = calls(UPLOAD)
    expect(await box.tryNow(uploadId(orderId))).toMatchObject({ state: 'Done', tries: 1 })
    expect(calls(UPLOAD)).toBe(before)
  })

  it('that WeChat does not answer is tried again later and later, and keeps what was said', async () => {
    const orderId = await ready()
    await box.fault(UPLOAD, -1, { times: 2 })
    const pauses: number[] = []
    for (const tries of [1, 2]) {
      const effect = await box.tryNow(uploadId(orderId))
      expect(effect).toMatchObject({ state: 'Waiting', tries, said: expect.stringContaining('-1') as string })
      pauses.push(effect.nextAtMs - effect.updatedAtMs)
    }
    expect(pauses).toEqual([15_000, 30_000])
    expect(await box.tryNow(uploadId(orderId))).toMatchObject({ state: 'Done', tries: 3 })
  })

  it('is tried by one of two runs that meet', async () => {
    const orderId = await ready()
    await shop.admin.change('outbox', uploadId(orderId), { nextAtMs: 0 })
    const before = calls(UPLOAD)
    await Promise.all([1, 2, 3].map(() => box.runTimer()))
    expect(await box.read(uploadId(orderId))).toMatchObject({ state: 'Done', tries: 1 })
    expect(calls(UPLOAD)).toBe(before + 1)
  })

  it('that kills the function it runs in counts every try, and is buried at last', async () => {
    const orderId = await ready()
    // As a function leaves it that died in the middle of its last try.
    await shop.admin.change('outbox', uploadId(orderId), { tries: TRIES_MAX })
    const before = calls(UPLOAD)
    expect(await box.tryNow(uploadId(orderId))).toMatchObject({ state: 'Dead', said: 'no try ever came to its end' })
    expect(calls(UPLOAD)).toBe(before)
  })

  it('whose document is damaged harms no other', async () => {
    const [broken, sound] = [await ready(), await ready()]
    await shop.admin.remove('shipments', broken)
    for (const orderId of [broken, sound]) await shop.admin.change('outbox', uploadId(orderId), { nextAtMs: 0 })
    await box.runTimer()
    expect(await box.read(uploadId(broken))).toMatchObject({ state: 'Waiting', tries: 1, said: 'an error of the shop, see its log' })
    expect(await box.read(uploadId(sound))).toMatchObject({ state: 'Done' })
  })

  it('waits for the next run where there are more than one run takes', async () => {
    const template = (await box.read(uploadId(await ready())))!
    const ids = Array.from({ length: 103 }, (_, place) => `TellReady_crowd${String(place).padStart(3, '0')}`)
    const { _id, ...effect } = { ...template, kind: 'TellReady' as const, orderId: 'nobody' }
    await Promise.all(ids.map((id, place) => shop.admin.set('outbox', id, { ...effect, nextAtMs: place })))
    const doneOf = () => shop.admin.count('outbox', { orderId: 'nobody', state: 'Done' })
    await box.runTimer()
    expect(await doneOf()).toBe(100)
    await box.runTimer()
    expect(await doneOf()).toBe(103)
  }, 30_000)
})

describe('what is over', () => {
  it('is kept for three months and then forgotten, a few at a time; what a person has to see to is not', async () => {
    const id = uploadId(await ready())
    const { _id, ...row } = (await box.read(id))!
    const old = Date.now() - KEEP_MS
    const write = (id: string, state: EffectState, atMs: number) => shop.admin.set('outbox', id, { ...row, state, sortKey: sortKeyOf(atMs, id) })
    const rows = { done: ['Done', old - 1], dismissed: ['Dismissed', old - 1], young: ['Done', old + 60_000], dead: ['Dead', old - 1] } as const
    for (const [name, [state, atMs]] of Object.entries(rows)) await write(`old-${name}`, state, atMs)
    await Promise.all(Array.from({ length: 60 }, (_, place) => write(`older-${place}`, 'Done', old - 1_000 - place)))
    await box.runTimer()
    expect(await box.read('old-done')).not.toBeNull()
    expect([await box.read('older-9'), await box.read('older-10')].map(found => found === null)).toEqual([false, true])
    await box.runTimer()
    const left = await Promise.all(Object.keys(rows).map(async name => [name, (await box.read(`old-${name}`)) !== null]))
    expect(Object.fromEntries(left)).toEqual({ done: false, dismissed: false, young: true, dead: true })
    expect(await box.read('older-0')).toBeNull()
    await shop.admin.remove('outbox', 'old-dead')
  })
})

describe('a dead letter', () => {
  /** An upload that WeChat refuses for good. */
  async function dead(): Promise<string> {
    const id = uploadId(await ready())
    await box.fault(UPLOAD, 10060004)
    expect(await box.tryNow(id)).toMatchObject({ state: 'Dead', tries: 1 })
    return id
  }
  const listed = async () => {
    const list = await clerk.merchant('deadLetters', {})
    return list.ok ? list.value.items.map(letter => letter.id) : []
  }

  it('comes of a final no at once and of the last try, and stands on the staff\'s page', async () => {
    const before = await clerk.merchant('attention', {})
    const id = await dead()
    const spent = uploadId(await ready())
    await shop.admin.change('outbox', spent, { tries: TRIES_MAX - 1 })
    await box.fault(UPLOAD, -1)
    expect(await box.tryNow(spent)).toMatchObject({ state: 'Dead', tries: TRIES_MAX })
    expect(await listed()).toEqual(expect.arrayContaining([id, spent]))
    const after = await clerk.merchant('attention', {})
    expect(after.ok && before.ok && after.value.deadLetters - before.value.deadLetters).toBe(2)
    const list = await clerk.merchant('deadLetters', {})
    expect(list.ok && list.value.items.find(letter => letter.id === id)).toMatchObject({
      kind: 'UploadShipping', tries: 1, said: expect.stringMatching(/10060004/) as string,
    })
  })

  it('is tried again when staff say so, with all its tries, and asked for twice once', async () => {
    const id = await dead()
    const answers = await Promise.all([1, 2].map(() => clerk.merchant('retryEffect', { effectId: id })))
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { state: 'Waiting' } })
    expect(await shop.admin.count('audits', { subject: id, what: 'RetryEffect', by: 'o-clerk' })).toBe(1)
    expect(await listed()).not.toContain(id)
    expect(await box.tryNow(id)).toMatchObject({ state: 'Done', tries: 1 })
    expect(await clerk.merchant('retryEffect', { effectId: id })).toMatchObject({ ok: true, value: { state: 'Done' } })
  })

  it('is dismissed with a note, once, and rests', async () => {
    const id = await dead()
    expect(await clerk.merchant('dismissEffect', { effectId: id, note: '后台已录' })).toMatchObject({ ok: true, value: { state: 'Dismissed' } })
    expect(await clerk.merchant('dismissEffect', { effectId: id, note: '再来' })).toMatchObject({ ok: true, value: { state: 'Dismissed' } })
    expect(await box.read(id)).toMatchObject({ state: 'Dismissed', note: '后台已录' })
    const before = calls(UPLOAD)
    expect(await box.tryNow(id)).toMatchObject({ state: 'Dismissed' })
    expect([calls(UPLOAD), await listed()]).toEqual([before, expect.not.arrayContaining([id]) as string[]])
    expect(await clerk.merchant('retryEffect', { effectId: id })).toMatchObject({ ok: true, value: { state: 'Dismissed' } })
  })

  it('of another store, or of nothing, is unknown', async () => {
    const id = await dead()
    await shop.admin.change('outbox', id, { storeId: 'elsewhere' })
    for (const effectId of [id, 'unknown']) {
      expect(await clerk.merchant('retryEffect', { effectId })).toEqual({ ok: false, kind: 'refused', code: 'EffectUnknown' })
      expect(await clerk.merchant('dismissEffect', { effectId, note: 'x' })).toEqual({ ok: false, kind: 'refused', code: 'EffectUnknown' })
    }
  })
})
