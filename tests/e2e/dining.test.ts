import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { demoCatalog } from '../../demo/seed.ts'
import { until } from '../support/localShop.ts'
import type { TestShop } from '../support/localShop.ts'
import { addAtTable, openPhone, openStreet, PASSWORD, paySheet, sitDown } from './support.ts'
import type { Phone } from './support.ts'

let shop: TestShop
let browser: Browser
let close: () => Promise<void>
beforeAll(async () => { ({ shop, browser, close } = await openStreet()) })
afterAll(() => close())

const phones: Phone[] = []
afterEach(async () => {
  for (const phone of phones.splice(0)) {
    expect(phone.errors).toEqual([])
    await phone.close()
  }
})

/** A table of the demo shop that pays at the end. */
const [TABLE, CODE] = ['C1', demoCatalog.links.find(link => link.tableId === 't9')!.id]
const TART = demoCatalog.products.find(product => product.id === 'egg-tart')!.name.zh
const TEA = demoCatalog.products.find(product => product.id === 'pearl-milk-tea')!.name.zh

async function phoneOf(person: string, desk = false): Promise<Phone> {
  const phone = await openPhone(browser, shop, person, desk ? { viewport: { width: 1280, height: 800 }, isMobile: false } : {})
  phones.push(phone)
  return phone
}

const shots = process.env.SHOTS
let shot = 0
async function look(page: Page, name: string): Promise<void> {
  if (!shots) return
  await page.waitForTimeout(500)
  await page.screenshot({ path: `${shots}/${String(++shot).padStart(2, '0')}-${name}.png` })
}

const seated = async (person: string, code = CODE) => {
  const phone = await phoneOf(person)
  await sitDown(phone, code)
  return phone
}

it('two phones at one table share a cart, send a round each, pay at the end, and staff clear the table', async () => {
  const ann = await seated('ann')
  await ann.page.locator('.people-more').click()
  await ann.page.getByText('茶位费每位').waitFor()
  await look(ann.page, 'begin')
  await ann.page.locator('.begin-button').click()
  await addAtTable(ann.page, TART)
  await look(ann.page, 'menu')

  const ben = await seated('ben')
  await ben.page.locator('.table-bar__count', { hasText: '1' }).waitFor()
  // Those who sit there are told of the new phone.
  await ann.page.locator('.table-bar', { hasText: '2 人一起点' }).waitFor()
  await addAtTable(ben.page, TEA)
  await ann.page.locator('.table-button').click()
  const seenWithinMs = Date.now()
  await ann.page.locator('.shared-row', { hasText: TEA }).waitFor()
  expect(Date.now() - seenWithinMs).toBeLessThan(2000)
  await look(ann.page, 'cart')
  // Ben's dish is Ben's: only he has a stepper for it.
  expect(await ann.page.locator('.shared-row', { hasText: TEA }).locator('.stepper').count()).toBe(0)

  await ben.page.locator('.table-button').click()
  await Promise.all([ann, ben].map(phone => phone.page.locator('.send-button').click()))
  for (const phone of [ann, ben]) await phone.page.locator('.round-card').waitFor()
  await until('one round', async () => await ben.page.locator('.round-card').count() === 1 && await ann.page.locator('.shared-row').count() === 0)
  await look(ann.page, 'round')

  await ben.page.locator('.menu-button').click()
  await addAtTable(ben.page, TART)
  await ben.page.locator('.table-button').click()
  await ben.page.locator('.send-button').click()
  await ann.page.locator('.round-card').nth(1).waitFor()
  expect(await ann.page.locator('.round-card').count()).toBe(2)

  await ann.page.locator('.call-button').click()
  await look(ann.page, 'call')
  await ann.page.locator('.call-Water').click()
  const staff = await phoneOf('owner', true)
  await staff.goto('/packages/merchant/tables/tables')
  await staff.page.locator('.waiter-call', { hasText: TABLE }).waitFor()
  await look(staff.page, 'staff')
  await staff.page.locator('.answer-call-button').click()
  await staff.page.locator('.tab-Kitchen').click()
  await look(staff.page, 'kitchen')
  await staff.page.locator('.kitchen-ticket').first().locator('.finish-ticket-button').click()
  await ann.page.locator('.round-card', { hasText: '已上齐' }).waitFor()
  await staff.page.locator('.tab-Grid').click()

  await ann.page.locator('.split-open-button').click()
  await look(ann.page, 'split')
  await ann.page.locator('.split-ByGuest').click()
  await ann.page.locator('.split-button').click()
  await ann.page.locator('.bill-part').nth(1).waitFor()
  await look(ann.page, 'bill')
  await staff.page.locator('.table-tile', { hasText: TABLE }).getByText('待结账').waitFor()
  await ann.page.locator('.pay-part-button').first().click()
  await paySheet(ann.page).type(PASSWORD)
  await ann.page.locator('.bill-part', { hasText: '已付' }).waitFor()
  await ben.page.locator('.pay-part-button').first().click()
  await paySheet(ben.page).type(PASSWORD)
  for (const phone of [ann, ben]) await phone.page.locator('.table-paid').waitFor()
  await look(ann.page, 'paid')

  await staff.page.locator('.table-tile', { hasText: TABLE }).click()
  await look(staff.page, 'table-sheet')
  await staff.page.locator('.clear-button').click()
  for (const phone of [ann, ben]) await phone.page.locator('.table-over').waitFor()
  // A phone that sat there goes home; a stale page orders nothing.
  await look(ben.page, 'over')
  await staff.page.locator('.table-tile', { hasText: TABLE }).getByText('空闲').waitFor()
}, 120_000)

it('a phone whose table was cleared while it slept orders nothing, and reads to scan again', async () => {
  const ann = await seated('sleeper', demoCatalog.links.find(link => link.tableId === 't10')!.id)
  await ann.page.locator('.begin-button').click()
  await addAtTable(ann.page, TART)
  const clerk = shop.as('o-clerk')
  const rows = await clerk.merchant('tables', {})
  const row = rows.ok && rows.value.tables.find(table => table.name === 'C2')
  if (!row || !row.sittingId) throw new Error('no sitting')
  expect(await clerk.merchant('clearTable', { sittingId: row.sittingId })).toMatchObject({ ok: true })
  await ann.page.locator('.table-over').waitFor()
  await ann.page.getByText('请重新扫桌上的码').first().waitFor()
}, 60_000)

it('a table that pays first takes the money with the round', async () => {
  const phone = await seated('first', demoCatalog.links.find(link => link.tableId === 't14')!.id)
  await phone.page.locator('.begin-button').click()
  await addAtTable(phone.page, TART)
  await phone.page.locator('.table-button').click()
  await phone.page.locator('.send-button', { hasText: '下单并付款' }).click()
  await paySheet(phone.page).type(PASSWORD)
  await phone.page.locator('.round-card', { hasText: '已送到厨房' }).waitFor()
}, 60_000)
