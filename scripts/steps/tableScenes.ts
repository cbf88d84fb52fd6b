import { demoCatalog } from '../../demo/seed.ts'
import type { SittingView } from '../../contracts/dining.ts'
import { call, firstChoices, logIn } from './scenes.ts'

/** Guests at the tables of the demo shop, before a picture of them is taken. Everybody comes through the doors. */

/** The code on a table of the demo shop, by the table's name. */
export function codeOf(tableName: string): string {
  const table = demoCatalog.tables.find(({ name }) => name === tableName)
  const link = demoCatalog.links.find(({ tableId }) => tableId !== undefined && tableId === table?.id)
  if (!link) throw new Error(`The demo shop has no table ${tableName} with a code.`)
  return link.id
}

/** Guests sit down; the first of them says how many they are, unless staff have to open the table. */
async function sitDown(url: string, tableName: string, guests: readonly string[]): Promise<SittingView> {
  let sitting: SittingView | null = null
  for (const guest of guests) {
    await logIn(url, guest)
    sitting = await call<SittingView>(url, guest, 'enterTable', { linkId: codeOf(tableName) })
  }
  const { id, terms } = sitting!
  return call<SittingView>(url, guests[0]!, 'beginMeal', { sittingId: id, people: guests.length, terms })
}

async function pick(url: string, guest: string, sittingId: string, productId: string, quantity = 1): Promise<SittingView> {
  const line = { productId, choiceIds: firstChoices(productId), quantity }
  return call(url, guest, 'changeTableCart', { sittingId, requestId: crypto.randomUUID(), change: { kind: 'Add', line } })
}

async function send(url: string, guest: string, { id, cart }: SittingView, remark = ''): Promise<SittingView> {
  const expectedTotalFen = cart.lines.reduce((sum, line) => sum + line.unitFen * line.quantity, 0)
  const wish = { sittingId: id, requestId: crypto.randomUUID(), cartVersion: cart.version, remark, expectedTotalFen }
  return (await call<{ sitting: SittingView }>(url, guest, 'sendRound', wish)).sitting
}

/** C1: two people have sent a round and are picking the next one. */
async function orderingTable(url: string): Promise<void> {
  const { id } = await sitDown(url, 'C1', ['o-host', 'o-mate'])
  await pick(url, 'o-host', id, 'pearl-milk-tea')
  await send(url, 'o-host', await pick(url, 'o-mate', id, 'condensed-milk-toast', 2), '珍珠多一点')
  await pick(url, 'o-mate', id, 'mango-pomelo-sago')
  await pick(url, 'o-host', id, 'earl-grey-cookies')
  await call(url, 'o-mate', 'callWaiter', { sittingId: id, kind: 'Water' })
}

/** C3: three people have their bill in parts, and one of them has paid. */
async function payingTable(url: string): Promise<void> {
  const guests = ['o-payer-one', 'o-payer-two', 'o-payer-three']
  const { id } = await sitDown(url, 'C3', guests)
  for (const [index, productId] of ['pearl-milk-tea', 'condensed-milk-toast', 'coconut-latte'].entries()) await pick(url, guests[index]!, id, productId)
  const sitting = await call<SittingView>(url, guests[0]!, 'tableNow', { sittingId: id })
  const { running } = await send(url, guests[0]!, sitting)
  await call(url, guests[0]!, 'makeBill', { sittingId: id, split: { kind: 'ByGuest' }, expectedTotalFen: running.totalFen })
}

/** V1: staff have opened the room; what is charged there has not been agreed yet. */
async function openedRoom(url: string): Promise<void> {
  await logIn(url, 'o-clerk')
  const tableId = demoCatalog.tables.find(({ name }) => name === 'V1')!.id
  await call(url, 'o-clerk', 'openTable', { tableId }, 'merchant')
}

/** Tables in every state that guests and staff meet. */
export async function setTables(url: string): Promise<void> {
  await orderingTable(url)
  await payingTable(url)
  await openedRoom(url)
  const locked = demoCatalog.tables.find(({ name }) => name === 'D1')!.id
  await call(url, 'o-clerk', 'lockTable', { tableId: locked, isLocked: true }, 'merchant')
}
