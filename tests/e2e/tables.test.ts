import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { codeOf } from '../../scripts/steps/scene/tables.ts'
import { demoCatalog } from '../../demo/seed.ts'
import { until } from '../support/localShop.ts'
import type { TestShop } from '../support/localShop.ts'
import { addAtTable, openPhone, openStreet, PASSWORD, paySheet, sitDown } from './support.ts'
import type { Phone } from './support.ts'

/** Staff and guests of a table: what the tile of a table shows follows from what its guests do. */
let shop: TestShop
let browser: Browser
let close: () => Promise<void>
let staff: Phone
beforeAll(async () => {
  ({ shop, browser, close } = await openStreet())
  staff = await openPhone(browser, shop, 'clerk', { viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false })
  await staff.goto('/packages/merchant/tables/tables')
})
afterAll(() => close())

const phones: Phone[] = []
afterEach(async () => {
  for (const phone of phones.splice(0)) {
    expect(phone.errors).toEqual([])
    await phone.close()
  }
  expect(staff.errors.splice(0)).toEqual([])
})

const nameOf = (id: string) => demoCatalog.products.find(product => product.id === id)!.name.zh
const [TART, TEA] = [nameOf('egg-tart'), nameOf('pearl-milk-tea')]

async function guest(person: string, table: string): Promise<Phone> {
  const phone = await openPhone(browser, shop, person)
  phones.push(phone)
  await sitDown(phone, codeOf(table))
  return phone
}

/** A guest who has said how many they are and sent one dish to the kitchen. */
async function eating(person: string, table: string, dish = TART): Promise<Phone> {
  const phone = await guest(person, table)
  await phone.page.locator('.begin-button').click()
  await addAtTable(phone.page, dish)
  await phone.page.locator('.table-button').click()
  await phone.page.locator('.send-button').click()
  await phone.page.locator('.round-card').waitFor()
  return phone
}

const tile = (table: string) => staff.page.locator('.table-tile', { has: staff.page.locator('.tile__name', { hasText: new RegExp(`^${table}$`) }) })
const shows = (table: string, state: string) => tile(table).locator('.tile__state', { hasText: state }).waitFor()
const press = (button: string) => staff.page.locator(button).click()
const open = (table: string) => tile(table).click()
const leaveSheet = () => staff.page.locator('.sheet__close').last().click()
const reads = (page: Page, text: string) => page.getByText(text).first().waitFor()

it('a table is free, open, ordering, to be paid, to be cleared and locked, and nobody but the lock is set by hand', async () => {
  await shows('C1', '空闲')
  const ann = await guest('ann', 'C1')
  await shows('C1', '已开台')
  await ann.page.locator('.begin-button').click()
  await addAtTable(ann.page, TART)
  await ann.page.locator('.table-button').click()
  await ann.page.locator('.shared__remark textarea').fill('不要香菜')
  await ann.page.locator('.send-button').click()
  await shows('C1', '用餐中')
  await press('.tab-Kitchen')
  await staff.page.locator('.kitchen-ticket', { hasText: '不要香菜' }).waitFor()
  await ann.page.locator('.urge-button').click()
  await staff.page.locator('.kitchen-ticket', { hasText: '客人催了' }).waitFor()
  await press('.tab-Grid')

  // Who has not paid is not cleared away.
  await open('C1')
  await press('.clear-button')
  await reads(staff.page, '还有没付的账，不能清台')
  await leaveSheet()
  await shows('C1', '用餐中')

  await ann.page.locator('.pay-whole-button').click()
  await paySheet(ann.page).close()
  await shows('C1', '待结账')
  await open('C1')
  await press('.cancel-bill-button')
  await shows('C1', '用餐中')
  await leaveSheet()
  await ann.page.locator('.pay-whole-button').click()
  await paySheet(ann.page).type(PASSWORD)
  await shows('C1', '待清台')
  await open('C1')
  await press('.clear-button')
  await shows('C1', '空闲')
  await ann.page.locator('.table-over').waitFor()

  await open('C1')
  await press('.lock-button')
  await shows('C1', '锁定')
  await leaveSheet()
  const ben = await guest('ben', 'C1')
  await reads(ben.page, '这一桌暂时不能坐，请问一下店员')
  await open('C1')
  await press('.unlock-button')
  await shows('C1', '空闲')
  await leaveSheet()
}, 120_000)

it('a room waits for staff, and its guests agree to seats and service before the first dish', async () => {
  const ann = await guest('room', 'V1')
  await ann.page.locator('.table-waiting').waitFor()
  await shows('V1', '等开台')
  await open('V1')
  await press('.open-table-button')
  await shows('V1', '已开台')
  await leaveSheet()
  await reads(ann.page, '茶位费每位 ¥5.00')
  await reads(ann.page, '服务费为菜品金额的 10%')
  await ann.page.locator('.begin-button', { hasText: '同意' }).click()
  // Who joins later reads what was agreed to, and the bill says the same.
  const ben = await guest('room-mate', 'V1')
  await reads(ben.page, '茶位费每位 ¥5.00 · 服务费 10%')
  await addAtTable(ben.page, TART)
  await ben.page.locator('.table-button').click()
  await ben.page.locator('.send-button').click()
  await ben.page.locator('.running-total', { hasText: '23.20' }).waitFor()
  await reads(ben.page, '服务费')
}, 60_000)

it('guests are moved, merged and parted again by staff, and take along what they ordered', async () => {
  const ann = await eating('mover', 'C2')
  await open('C2')
  await press('.move-button')
  // The phone says so for two seconds: it is watched while the staff's page catches up.
  await Promise.all([
    reads(ann.page, '已经换到 C3 桌'),
    staff.page.locator('.other-table', { hasText: 'C3' }).click(),
    shows('C2', '空闲'),
    shows('C3', '用餐中'),
  ])
  await ann.page.locator('.head__table', { hasText: 'C3' }).waitFor()

  await leaveSheet()
  const ben = await eating('joiner', 'C4', TEA)
  await open('C3')
  await press('.merge-button')
  await staff.page.locator('.other-table', { hasText: 'C4' }).click()
  await tile('C4').getByText('和 C3 并桌').waitFor()
  for (const phone of [ann, ben]) await phone.page.locator('.head__table', { hasText: 'C3+C4' }).waitFor()
  for (const phone of [ann, ben]) await phone.page.locator('.round-card').nth(1).waitFor()

  await leaveSheet()
  await open('C3')
  await press('.unmerge-button')
  await shows('C4', '用餐中')
  for (const [phone, table] of [[ann, 'C3'], [ben, 'C4']] as const) {
    await phone.page.locator('.head__table').getByText(`${table} 桌`, { exact: true }).waitFor()
    await until('one round', async () => await phone.page.locator('.round-card').count() === 1)
  }
  await leaveSheet()
}, 120_000)

it('a dish that staff take back is off the bill, with a word to the table', async () => {
  const ann = await eating('returner', 'C2')
  await ann.page.locator('.running-total', { hasText: '16.00' }).waitFor()
  await open('C2')
  await press('.return-button')
  await staff.page.locator('.return__text textarea').fill('上错了')
  await press('.return-send')
  await reads(ann.page, '已退 1 份')
  await ann.page.locator('.running-total').waitFor({ state: 'detached' })
  // Nothing is owed any more: the table can be cleared.
  await press('.clear-button')
  await shows('C2', '空闲')
  await ann.page.locator('.table-over').waitFor()
}, 60_000)
