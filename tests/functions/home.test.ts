import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditDocument } from '../../backend/staff/audits.ts'
import type { HomeArrangement } from '../../contracts/home.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { member } from './support.ts'

let shop: TestShop
let owner: Caller
beforeAll(async () => {
  shop = await openTestShop()
  owner = shop.as('o-owner')
})
afterAll(() => shop.close())

async function arrangement(): Promise<HomeArrangement> {
  const read = await owner.merchant('homeArrangement', {})
  if (!read.ok) throw new Error(JSON.stringify(read))
  return read.value
}

async function shownKinds(): Promise<string[]> {
  const home = await shop.as('o-passer-by').shop('home', {})
  return home.ok ? home.value.blocks.map(({ kind }) => kind) : []
}

it('what the owner arranges stands on home at once, in that order, without what is off', async () => {
  const { sections, revision } = await arrangement()
  const ways = sections.filter(({ kind }) => kind === 'Ways')
  const rest = sections.filter(({ kind }) => kind !== 'Ways')
    .map(section => section.kind === 'Coupons' ? { ...section, isOff: true as const } : section)
  const saved = await owner.merchant('arrangeHome', { revision, sections: [...ways, ...rest], banners: [] })
  expect(saved).toMatchObject({ ok: true, value: { revision: revision + 1 } })
  expect((await arrangement()).sections).toEqual([...ways, ...rest])
  const kinds = await shownKinds()
  expect(kinds[0]).toBe('Ways')
  expect(kinds).toContain('Goods')
  expect(kinds).not.toContain('Coupons')
})

it('goods that were picked stand in the order in which they were picked', async () => {
  const { revision } = await arrangement()
  const productIds = ['egg-tart', 'tea-gift-box']
  await owner.merchant('arrangeHome', {
    revision, banners: [],
    sections: [{ kind: 'Goods', title: { zh: '店主挑的', en: 'Picked' }, layout: 'Grid', source: { kind: 'Some', productIds }, max: 2 }],
  })
  const home = await shop.as('o-passer-by').shop('home', {})
  expect(home).toMatchObject({ ok: true, value: { blocks: [{ kind: 'Goods', goods: productIds.map(id => ({ id })) }] } })
})

it('of two people who arrange the same home, one is told of the other', async () => {
  const { sections, revision } = await arrangement()
  const both = await Promise.all([1, 2].map(() => owner.merchant('arrangeHome', { revision, sections, banners: [] })))
  expect(both.filter(outcome => outcome.ok)).toHaveLength(1)
  expect(both.find(outcome => !outcome.ok)).toMatchObject({ kind: 'refused', code: 'ArrangedMeanwhile' })
  expect((await arrangement()).revision).toBe(revision + 1)
  const rows = await shop.admin.find<AuditDocument>('audits', { what: 'ArrangeHome' })
  expect(rows).toHaveLength(revision + 1)
  expect(rows[0]).toMatchObject({ by: 'o-owner', subject: 'main' })
})

it('a banner leads to other goods, or to nowhere', async () => {
  const { sections, banners, revision } = await arrangement()
  const [first, second] = banners
  const saved = await owner.merchant('arrangeHome', {
    revision, sections, banners: [{ id: first!.id, productId: 'egg-tart' }, { id: second!.id, productId: null }],
  })
  expect(saved).toMatchObject({ ok: true, value: { banners: [{ id: first!.id, picture: first!.picture, productId: 'egg-tart' }, {}, {}] } })
  expect((await arrangement()).banners[1]).not.toHaveProperty('productId')
})

it('is the owner\'s: a clerk is refused, and so is a picture from anywhere', async () => {
  await member(shop, 'o-clerk')
  const clerk = shop.as('o-clerk')
  expect(await clerk.merchant('homeArrangement', {})).toMatchObject({ kind: 'denied', code: 'NotAllowed' })
  expect(await clerk.merchant('arrangeHome', { revision: 0, sections: [{ kind: 'Ways' }], banners: [] })).toMatchObject({ kind: 'denied' })
  const words = { zh: '字', en: 'words' }
  const { revision } = await arrangement()
  expect(await owner.merchant('arrangeHome', {
    revision, banners: [],
    sections: [{ kind: 'Picture', picture: 'https://elsewhere/spy.gif', title: words, text: words, target: { kind: 'Mall' } }],
  })).toMatchObject({ kind: 'refused', code: 'PictureUnknown' })
})

it('names all goods and categories to choose from', async () => {
  const names = await owner.merchant('goodsNames', {})
  expect(names.ok && names.value.goods.some(({ id, kind }) => id === 'egg-tart' && kind === 'Menu')).toBe(true)
  expect(names.ok && names.value.categories.map(({ kind }) => kind)).toContain('Mall')
})
