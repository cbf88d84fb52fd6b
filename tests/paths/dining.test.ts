import { expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import type { TableRow } from '../../contracts/tables.ts'
import { codeOf } from '../../scripts/steps/scene/tables.ts'
import { addForTable, guestAt } from './ordering.ts'
import { nameOf } from './shopping.ts'
import { useStreet } from './street.ts'

/** Guests who order together at one table, from the code that they scan to the table that is cleared. */
const street = useStreet()

const [TART, TEA] = [nameOf('egg-tart'), nameOf('pearl-milk-tea')]
const clerk = () => street.shop.as('o-clerk')

const guest = (person: string, table: string) => guestAt(street, person, table)

async function rowOf(table: string): Promise<TableRow> {
  const answer = await clerk().merchant('tables', {})
  const found = answer.ok ? answer.value.tables.find(({ name }) => name === table) : undefined
  if (!found) throw new Error(`no table ${table}`)
  return found
}

/** The table as one of its guests is told. */
async function sittingOf(person: string, table: string) {
  const { sittingId } = await rowOf(table)
  const answer = await street.shop.as(`o-${person}`).shop('tableNow', { sittingId: sittingId! })
  if (!answer.ok || !answer.value) throw new Error(JSON.stringify(answer))
  return answer.value
}

async function ticketsOf(table: string) {
  const answer = await clerk().merchant('kitchenTickets', { state: 'New' })
  return answer.ok ? answer.value.tickets.filter(ticket => ticket.tableName === table) : []
}

const sharedRow = (dish: string) => `.shared-row:has-text("${dish}")`

it('two phones share a cart, send two rounds, call the waiter, split the bill and pay, and staff clear the table', async () => {
  const ann = await guest('ann', 'C1')
  await ann.read('几位用餐？')
  await ann.tap('.people-more')
  await ann.see('.people-count:has-text("3")')
  await ann.read('茶位费每位 ¥2.00')
  await ann.read('茶位费共 ¥6.00')
  await ann.tap('.begin-button:has-text("同意")')
  await ann.read('还没有同桌加入')
  await addForTable(ann, TART)
  await ann.tap('.table-button')
  await ann.see(`${sharedRow(TART)} [aria-label="我"]`)

  // Those who sit there are told of a new phone, and see what it picks.
  const [ben] = await Promise.all([guest('ben', 'C1'), ann.read('客人 2 加入了这一桌')])
  await ben.see('.table-bar__count:has-text("1")')
  await ben.read('2 人一起点')
  await addForTable(ben, TEA)
  await ben.until('the table to have it', async () => (await sittingOf('ben', 'C1')).cart.lines.length === 2)
  const addedAtMs = Date.now()
  await ann.see(`${sharedRow(TEA)} [aria-label="客人 2"]`)
  expect(Date.now() - addedAtMs).toBeLessThan(2000)
  // Ben's dish is Ben's: only he has a stepper for it.
  await ann.gone(`${sharedRow(TEA)} .stepper`)
  await ben.tap('.table-button')
  await ben.see(`${sharedRow(TART)} [aria-label="客人 1"]`)
  await ben.see(`${sharedRow(TEA)} .stepper`)

  await ann.type('.shared__remark', '珍珠多一点')
  await Promise.all([ben.read('客人 1 下单了'), ann.tap('.send-button')])
  for (const phone of [ann, ben]) await phone.see('.round-card:has-text("第 1 轮"):has-text("已送到厨房")')
  await ben.gone('.shared-row')
  await ben.tap('.menu-button')
  await addForTable(ben, TART)
  await ben.tap('.table-button')
  await ben.tap('.send-button')
  for (const phone of [ann, ben]) await phone.see('.round-card:has-text("第 2 轮")')
  const tickets = await ticketsOf('C1')
  expect(tickets.map(({ round, remark, people }) => ({ round, remark, people }))).toEqual([
    { round: 1, remark: '珍珠多一点', people: 3 }, { round: 2, remark: '', people: 3 },
  ])

  const staff = await street.phoneOf('clerk', { path: 'packages/merchant/tables/tables' })
  await ann.tap('.call-button')
  await Promise.all([ann.read('已经告诉店员，马上来'), ann.tap('.call-Water')])
  await staff.see('.waiter-call:has-text("C1 桌 · 加水")')
  await staff.tap('.answer-call-button')
  await staff.gone('.waiter-call')
  await staff.tap('.tab-Kitchen')
  await staff.tap('.kitchen-ticket:has-text("第 1 轮") .finish-ticket-button')
  for (const phone of [ann, ben]) await phone.see('.round-card:has-text("第 1 轮"):has-text("已上齐")')
  await staff.tap('.tab-Grid')

  // 12.00 of Ann's; 14.00 and 12.00 of Ben's; and three seats, of which Ben was there for one.
  await ann.see('.running-total:has-text("44.00")')
  await ann.tap('.split-open-button')
  await ann.tap('.split-ByGuest')
  await ann.tap('.split-button')
  for (const phone of [ann, ben]) await phone.until('two parts', async () => (await phone.texts('.bill-part')).length === 2)
  await staff.see('.table-tile:has-text("C1"):has-text("待结账")')
  const parts = (await sittingOf('ann', 'C1')).bill!.parts
  expect(parts.map(({ of, lines }) => [of, lines.map(line => line.name.zh)])).toEqual([[1, [TART]], [2, [TEA, TART]]])
  expect(parts.reduce((sum, part) => sum + part.amountFen, 0)).toBe(4400)
  await ann.tap('.pay-bill-button:has-text("付我的")')
  await ann.pay()
  await ben.see('.bill-part:has-text("客人 1"):has-text("已付")')
  await ben.tap('.pay-bill-button:has-text("付我的")')
  await ben.pay()
  for (const phone of [ann, ben]) await phone.see('.table-paid:has-text("已经付清，谢谢光临")')
  expect(await rowOf('C1')).toMatchObject({ state: 'ToBeCleared', unpaidFen: 0 })

  await staff.tap('.table-tile:has-text("C1")')
  await staff.tap('.clear-button')
  await staff.see('.table-tile:has-text("C1"):has-text("空闲")')
  for (const phone of [ann, ben]) await phone.see('.table-over:has-text("请重新扫桌上的码")')
}, 120_000)

it('a round at a table that pays first goes to the kitchen with its money, not before', async () => {
  const phone = await guest('payer', 'D1')
  await phone.read('除了菜品，不收别的费用')
  await phone.tap('.begin-button')
  await addForTable(phone, TART)
  await phone.tap('.table-button')
  await phone.tap('.send-button:has-text("下单并付款")')
  await phone.leaveCashier()
  await phone.see('.round-card:has-text("等待付款")')
  expect(await ticketsOf('D1')).toEqual([])
  await phone.tap('.pay-round-button')
  await phone.pay()
  await phone.see('.round-card:has-text("已送到厨房")')
  expect(await ticketsOf('D1')).toMatchObject([{ round: 1, lines: [{ name: { zh: TART }, quantity: 1 }] }])
  expect(await rowOf('D1')).toMatchObject({ unpaidFen: 0 })
}, 60_000)

/** What a phone would send that still shows its table: the server must know better. */
async function sendAnyway(person: string, sittingId: string) {
  return street.shop.as(`o-${person}`).shop('changeTableCart', {
    sittingId, requestId: `late-${person}-${sittingId}`.slice(0, 60), change: { kind: 'Add', line: { productId: 'egg-tart', choiceIds: [], quantity: 1 } },
  })
}

it('a phone whose table was cleared while it slept orders nothing, and reads to scan again', async () => {
  const ann = await guest('sleeper', 'C2')
  await ann.tap('.begin-button')
  await addForTable(ann, TART)
  await ann.tap('.table-button')
  await ann.see('.send-button')
  await ann.setOffline(true)
  const { sittingId } = await rowOf('C2')
  expect(await clerk().merchant('clearTable', { sittingId: sittingId! })).toMatchObject({ ok: true })
  await ann.see('.send-button')
  await ann.setOffline(false)
  await ann.see('.table-over:has-text("请重新扫桌上的码")')
  await ann.gone('.send-button')
  expect(await sendAnyway('sleeper', sittingId!)).toMatchObject({ ok: false, code: 'TableCleared' })
  expect(await ticketsOf('C2')).toEqual([])
  expect(await rowOf('C2')).toMatchObject({ state: 'Free', sittingId: null })
}, 60_000)

it('a picture of the code that somebody sent seats nobody, where the code opens the table as well', async () => {
  const absent = await street.phoneOf('absent', { scene: codeOf('C4'), isPicture: true })
  await absent.read('这是桌码的照片')
  await absent.gone('.home__table')
  await absent.tap('.dine-in-entry')
  await absent.read('还不知道你坐哪一桌')
  const rows = await street.shop.as('o-clerk').merchant('tables', {})
  expect(rows.ok && rows.value.tables.find(({ name }) => name === 'C4')?.state).toBe('Free')
  // There, the camera is enough.
  await absent.open({ scene: codeOf('C4') })
  await absent.see('.home__table')
}, 60_000)

it('a photo of the code orders nothing after clearing, where staff open the tables', async () => {
  const ann = await guest('photographer', 'V2')
  await ann.see('.table-waiting')
  const tableId = demoCatalog.tables.find(({ name }) => name === 'V2')!.id
  expect(await clerk().merchant('openTable', { tableId })).toMatchObject({ ok: true })
  await ann.read('服务费为菜品金额的 10%')
  await ann.tap('.begin-button:has-text("同意")')
  await ann.see('.rail__item')
  const { sittingId } = await rowOf('V2')
  expect(await clerk().merchant('clearTable', { sittingId: sittingId! })).toMatchObject({ ok: true })
  await ann.see('.table-over')

  // At home, with the picture of the code.
  await ann.open({ scene: codeOf('V2') })
  await ann.tap('.dine-in-entry')
  await ann.see('.table-waiting:has-text("正在等店员开台")')
  const waiting = await rowOf('V2')
  expect(waiting.state).toBe('Waiting')
  expect(await sendAnyway('photographer', waiting.sittingId!)).toMatchObject({ ok: false, code: 'TableWaiting' })
  expect(await ticketsOf('V2')).toEqual([])
  await clerk().merchant('clearTable', { sittingId: waiting.sittingId! })
  await ann.see('.table-over')
}, 60_000)
