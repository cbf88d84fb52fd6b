import { it } from 'vitest'
import { addForTable, guestAt } from './ordering.ts'
import { nameOf } from './shopping.ts'
import { useStreet } from './street.ts'
import type { Hand } from './street.ts'

/** Staff and guests of a table: what the tile of a table shows follows from what its guests do. */
const street = useStreet()

const [TART, TEA] = [nameOf('egg-tart'), nameOf('pearl-milk-tea')]

const guest = (person: string, table: string) => guestAt(street, person, table)

/** A guest who has said how many they are and sent one dish to the kitchen. */
async function eating(person: string, table: string, dish = TART): Promise<Hand> {
  const phone = await guest(person, table)
  await phone.tap('.begin-button')
  await addForTable(phone, dish)
  await phone.tap('.table-button')
  await phone.tap('.send-button')
  await phone.see('.round-card')
  return phone
}

const tile = (table: string) => `.table-tile:has(.tile__name:has-text("${table}"))`
const staffAt = async (person = 'clerk') => {
  const staff = await street.phoneOf(person, { path: 'packages/merchant/tables/tables' })
  return Object.assign(staff, {
    shows: (table: string, state: string) => staff.see(`${tile(table)} .tile__state:has-text("${state}")`),
    leaveSheet: () => staff.tap('.sheet__close'),
  })
}

it('a table is free, open, ordering, to be paid, to be cleared and locked, and nobody but the lock is set by hand', async () => {
  const staff = await staffAt()
  await staff.shows('C1', '空闲')
  const ann = await guest('ann', 'C1')
  await staff.shows('C1', '已开台')
  await ann.tap('.begin-button')
  await addForTable(ann, TART)
  await ann.tap('.table-button')
  await ann.type('.shared__remark', '不要香菜')
  await ann.tap('.send-button')
  await staff.shows('C1', '用餐中')
  await staff.tap('.tab-Kitchen')
  await staff.see('.kitchen-ticket:has-text("不要香菜")')
  await ann.tap('.urge-button')
  await staff.see('.kitchen-ticket:has-text("客人催了")')
  await staff.tap('.tab-Grid')

  // Who has not paid is not cleared away.
  await staff.tap(tile('C1'))
  await staff.tap('.clear-button')
  await staff.read('还有没付的账，不能清台')
  await staff.leaveSheet()
  await staff.shows('C1', '用餐中')

  await ann.tap('.pay-whole-button')
  await ann.leaveCashier()
  await staff.shows('C1', '待结账')
  await staff.tap(tile('C1'))
  await staff.tap('.cancel-bill-button')
  await staff.shows('C1', '用餐中')
  await staff.leaveSheet()
  await ann.tap('.pay-whole-button')
  await ann.pay()
  await staff.shows('C1', '待清台')
  await staff.tap(tile('C1'))
  await staff.tap('.clear-button')
  await staff.shows('C1', '空闲')
  await ann.see('.table-over')

  await staff.tap(tile('C1'))
  await staff.tap('.lock-button')
  await staff.shows('C1', '锁定')
  await staff.leaveSheet()
  const ben = await guest('ben', 'C1')
  await ben.read('这一桌暂时不能坐，请问一下店员')
  await staff.tap(tile('C1'))
  await staff.tap('.unlock-button')
  await staff.shows('C1', '空闲')
}, 120_000)

it('a room waits for staff, and its guests agree to seats and service before the first dish', async () => {
  const staff = await staffAt()
  const ann = await guest('room', 'V1')
  await ann.see('.table-waiting')
  await staff.shows('V1', '等开台')
  await staff.tap(tile('V1'))
  await staff.tap('.open-table-button')
  await staff.shows('V1', '已开台')
  await ann.read('茶位费每位 ¥5.00')
  await ann.read('服务费为菜品金额的 10%')
  await ann.tap('.begin-button:has-text("同意")')
  // Who joins later reads what was agreed to, and the bill says the same.
  const ben = await guest('room-mate', 'V1')
  await ben.read('茶位费每位 ¥5.00 · 服务费 10%')
  await addForTable(ben, TART)
  await ben.tap('.table-button')
  await ben.tap('.send-button')
  await ben.see('.running-total:has-text("23.20")')
  await ben.read('服务费')
}, 120_000)

it('guests are moved, merged and parted again by staff, and take along what they ordered', async () => {
  const staff = await staffAt()
  const ann = await eating('mover', 'C2')
  await staff.tap(tile('C2'))
  await staff.tap('.move-button')
  // The phone says so for two seconds: it is watched while the staff's page catches up.
  await Promise.all([
    ann.read('已经换到 C3 桌'),
    staff.tap('.other-table:has-text("C3")'),
    staff.shows('C2', '空闲'),
    staff.shows('C3', '用餐中'),
  ])
  await ann.see('.head__table:has-text("C3")')

  await staff.leaveSheet()
  const ben = await eating('joiner', 'C4', TEA)
  await staff.tap(tile('C3'))
  await staff.tap('.merge-button')
  await staff.tap('.other-table:has-text("C4")')
  await staff.see(`${tile('C4')}:has-text("和 C3 并桌")`)
  for (const phone of [ann, ben]) await phone.see('.head__table:has-text("C3+C4")')
  for (const phone of [ann, ben]) await phone.until('two rounds', async () => (await phone.texts('.round-card')).length === 2)

  await staff.leaveSheet()
  await staff.tap(tile('C3'))
  await staff.tap('.unmerge-button')
  await staff.shows('C4', '用餐中')
  for (const [phone, table] of [[ann, 'C3'], [ben, 'C4']] as const) {
    await phone.see(`.head__table:has-text("${table} 桌")`)
    await phone.until('one round', async () => (await phone.texts('.round-card')).length === 1)
  }
}, 120_000)

it('a dish that staff take back is off the bill, with a word to the table', async () => {
  const staff = await staffAt()
  const ann = await eating('returner', 'C2')
  await ann.see('.running-total:has-text("16.00")')
  await staff.tap(tile('C2'))
  await staff.tap('.return-button')
  await staff.type('.return__text', '上错了')
  await staff.tap('.return-send')
  await ann.read('已退 1 份')
  await ann.gone('.running-total')
  // Nothing is owed any more: the table can be cleared.
  await staff.tap('.clear-button')
  await staff.shows('C2', '空闲')
  await ann.see('.table-over')
}, 120_000)
