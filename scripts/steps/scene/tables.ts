import { demoCatalog } from '../../../demo/seed.ts'
import type { SittingView } from '../../../contracts/dining.ts'
import { dish } from './orders.ts'
import type { Person, Town } from './people.ts'

/** Guests at the tables of the demo shop, before a picture of them is taken. Everybody comes through the doors. */

/** The code on a table of the demo shop, by the table's name. */
export function codeOf(tableName: string): string {
  const table = demoCatalog.tables.find(({ name }) => name === tableName)
  const link = demoCatalog.links.find(({ tableId }) => tableId !== undefined && tableId === table?.id)
  if (!link) throw new Error(`The demo shop has no table ${tableName} with a code.`)
  return link.id
}

const idOf = (tableName: string): string => demoCatalog.tables.find(({ name }) => name === tableName)!.id

/** Guests sit down; the first of them says how many they are. */
async function sitDown(tableName: string, guests: readonly Person[]): Promise<SittingView> {
  let sitting: SittingView | null = null
  for (const guest of guests) sitting = await guest.shop('enterTable', { linkId: codeOf(tableName) })
  const { id, terms } = sitting!
  return guests[0]!.shop('beginMeal', { sittingId: id, people: guests.length, terms })
}

const pick = (guest: Person, sittingId: string, productId: string, quantity = 1) => guest.shop('changeTableCart', {
  sittingId, requestId: crypto.randomUUID(), change: { kind: 'Add', line: { ...dish(productId), quantity } },
})

async function send(guest: Person, { id, cart }: SittingView, remark = ''): Promise<SittingView> {
  const expectedTotalFen = cart.lines.reduce((sum, line) => sum + line.unitFen * line.quantity, 0)
  const wish = { sittingId: id, requestId: crypto.randomUUID(), cartVersion: cart.version, remark, expectedTotalFen }
  return (await guest.shop('sendRound', wish)).sitting
}

/** C1: two people have sent a round and are picking the next one. */
async function orderingTable(host: Person, mate: Person): Promise<void> {
  const { id } = await sitDown('C1', [host, mate])
  await pick(host, id, 'pearl-milk-tea')
  await send(host, await pick(mate, id, 'condensed-milk-toast', 2), '珍珠多一点')
  await pick(mate, id, 'mango-pomelo-sago')
  await pick(host, id, 'earl-grey-cookies')
  await mate.shop('callWaiter', { sittingId: id, kind: 'Water' })
}

/** C3: three people have their bill in parts. */
async function payingTable(guests: readonly Person[]): Promise<void> {
  const { id } = await sitDown('C3', guests)
  for (const [index, productId] of ['pearl-milk-tea', 'condensed-milk-toast', 'coconut-latte'].entries()) await pick(guests[index]!, id, productId)
  const sitting = await guests[0]!.shop('tableNow', { sittingId: id })
  const { running } = await send(guests[0]!, sitting!)
  await guests[0]!.shop('makeBill', { sittingId: id, split: { kind: 'ByGuest' }, expectedTotalFen: running.totalFen })
}

/** Tables in every state that guests and staff meet. V1 is opened, and what is charged there has not been agreed yet. */
export async function setTables(town: Town): Promise<void> {
  const [host, mate, clerk] = [await town.person('host'), await town.person('mate'), await town.person('clerk')]
  const payers = await Promise.all(['payer-one', 'payer-two', 'payer-three'].map(name => town.person(name)))
  await orderingTable(host, mate)
  await payingTable(payers)
  await clerk.merchant('openTable', { tableId: idOf('V1') })
  await clerk.merchant('lockTable', { tableId: idOf('D1'), isLocked: true })
}
