// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fenOf, partToPay } from '@/packages/dining/table/split'
import { fitsFor } from '@/packages/merchant/tables/choices'
import { useMenuCart } from '@/composables/useMenuCart'
import { zh } from '@/locales/zh'
import { termsText } from '@/locales/terms'
import { useCart } from '@/stores/cart'
import { useTable } from '@/stores/table'
import { useVisit } from '@/stores/visit'
import type { BillPart, SharedLine, SittingView } from '@contracts/dining.ts'
import type { TableRow } from '@contracts/tables.ts'
import { cloud } from './support/cloud'
import { done, refused } from './support/goods'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))

const CODE = 'Nc5TqY8w'
const name = { zh: '面', en: 'Noodles' }
const line = (guest: number, over: Partial<SharedLine> = {}): SharedLine =>
  ({ id: `l${guest}`, guest, productId: 'noodles', choiceIds: [], quantity: 1, name, picture: '', choices: [], unitFen: 1800, ...over })

function sitting(over: Partial<SittingView> = {}): SittingView {
  return {
    id: 's1', version: 1, state: 'Open', tableName: 'C1', joined: [], pay: 'Later', terms: { perPersonFen: 0, serviceBasisPoints: 0 }, people: 2,
    me: 1, guests: [1, 2], cart: { version: 0, lines: [] }, rounds: [],
    running: { lines: [], goodsFen: 0, fees: [], totalFen: 0 }, bill: null,
    calls: [], news: [],
    ...over,
  }
}

beforeEach(() => {
  freshPhone()
  cloud.reset()
  setActivePinia(createPinia())
})

/** A phone that has scanned the code on a table. */
function scanned() {
  useVisit().arrive({ kind: 'Table', linkId: CODE, tableName: 'C1', storeId: 'main', hasSittings: true })
  const table = useTable()
  table.sitDown(CODE)
  return table
}

describe('a phone at a table', () => {
  it('enters by the code once, and from then on asks for its own sitting alone, naming what it has seen', async () => {
    const table = scanned()
    cloud.replies = { enterTable: () => done(sitting()), tableNow: () => done(null) }
    await table.look()
    await table.look()
    expect(cloud.calls.map(({ action, input }) => [action, input])).toEqual([
      ['enterTable', { linkId: CODE }], ['tableNow', { sittingId: 's1', version: 1 }],
    ])
    // Also when the phone was restarted in between.
    setActivePinia(createPinia())
    await useTable().look()
    expect(cloud.calls.at(-1)).toMatchObject({ action: 'tableNow', input: { sittingId: 's1' } })
  })

  it('learns that the table was cleared, and does not sit down again by itself', async () => {
    const table = scanned()
    cloud.replies = { enterTable: () => done(sitting()), tableNow: () => done(sitting({ version: 9, state: 'Cleared' })) }
    await table.look()
    await table.look()
    expect(table.isOver).toBe(true)
    expect(table.isShared).toBe(false)
    await table.look()
    expect(cloud.actions()).toEqual(['enterTable', 'tableNow'])
  })

  it('asks once, however many want to know', async () => {
    const table = scanned()
    cloud.replies = { enterTable: () => done(sitting()) }
    await Promise.all([table.look(), table.look()])
    expect(cloud.calls).toHaveLength(1)
    expect(table.sitting?.id).toBe('s1')
  })

  it('whose finger is quicker than the first look puts its dish into the cart of the table', async () => {
    const table = scanned()
    const cart = useMenuCart()
    const after = sitting({ version: 2, cart: { version: 1, lines: [line(1)] } })
    cloud.replies = { enterTable: () => done(sitting()), changeTableCart: () => done(after) }
    expect(cart.add({ productId: 'noodles', choiceIds: [], quantity: 1 })).toBe(true)
    await vi.waitFor(() => expect(table.sitting?.version).toBe(2))
    expect(cloud.calls.map(({ action }) => action)).toEqual(['enterTable', 'changeTableCart'])
    expect(useCart().lines).toEqual([])
  })

  it('whose table turns out to share nothing has the dish in a cart of its own', async () => {
    scanned()
    cloud.replies = { enterTable: () => refused('SittingsOff') }
    useMenuCart().add({ productId: 'noodles', choiceIds: [], quantity: 1 })
    await vi.waitFor(() => expect(useCart().lines).toHaveLength(1))
  })

  it('orders alone where nobody shares', async () => {
    const table = scanned()
    cloud.replies = { enterTable: () => refused('SittingsOff') }
    await table.look()
    expect(table.seat).toBeNull()
    expect(table.isHere).toBe(false)
  })

  it('keeps why it cannot sit down, and tries again', async () => {
    const table = scanned()
    cloud.replies = { enterTable: () => refused('TableLocked') }
    await table.look()
    expect(table.failure).toMatchObject({ code: 'TableLocked' })
    cloud.replies = { enterTable: () => done(sitting()) }
    await table.look()
    expect(table.failure).toBeNull()
    expect(table.isShared).toBe(true)
  })

  it('shows a dish at once, and what the server says after it', async () => {
    const table = scanned()
    const after = sitting({ version: 2, cart: { version: 1, lines: [line(1)] } })
    cloud.replies = { enterTable: () => done(sitting()), changeTableCart: () => done(after) }
    await table.look()
    const adding = table.add({ productId: 'noodles', choiceIds: [], quantity: 1 })
    expect(table.mine).toMatchObject([{ productId: 'noodles', quantity: 1 }])
    expect(await adding).toBeNull()
    expect(table.mine).toMatchObject([{ id: 'l1', unitFen: 1800 }])
    expect(table.totalFen).toBe(1800)
  })

  it('takes a dish back that the server refused, and says why', async () => {
    const table = scanned()
    cloud.replies = {
      enterTable: () => done(sitting()), changeTableCart: () => refused('LinesUnavailable'), tableNow: () => done(sitting({ version: 1 })),
    }
    await table.look()
    expect(await table.add({ productId: 'noodles', choiceIds: [], quantity: 1 })).toMatchObject({ code: 'LinesUnavailable' })
    expect(table.mine).toEqual([])
    // It asked without naming what it had shown ahead.
    expect(cloud.calls.at(-1)).toMatchObject({ action: 'tableNow', input: { sittingId: 's1' } })
  })

  it('changes only its own line, by the id that the server gave it', async () => {
    const table = scanned()
    const cart = { version: 1, lines: [line(2), line(1)] }
    const after = sitting({ version: 2, cart: { version: 2, lines: [line(2)] } })
    cloud.replies = { enterTable: () => done(sitting({ cart })), changeTableCart: () => done(after) }
    await table.look()
    await table.setQuantity({ productId: 'noodles', choiceIds: [], quantity: 1 }, 0)
    expect(cloud.calls.at(-1)).toMatchObject({ input: { change: { kind: 'SetQuantity', lineId: 'l1', quantity: 0 } } })
    expect(table.mine).toEqual([])
    expect(table.count).toBe(1)
  })

  it('never shows an answer that is older than what it shows', async () => {
    const table = scanned()
    cloud.replies = { enterTable: () => done(sitting({ version: 5 })) }
    await table.look()
    table.show(sitting({ version: 4, state: 'Ordering' }))
    expect(table.sitting).toMatchObject({ version: 5, state: 'Open' })
  })

  it('follows to the table that its own was merged with', async () => {
    const table = scanned()
    cloud.replies = { enterTable: () => done(sitting()), tableNow: () => done(sitting({ id: 's2', version: 1, tableName: 'C2+C1' })) }
    await table.look()
    await table.look()
    expect(table.seat).toMatchObject({ sittingId: 's2' })
  })
})

it.each([['12', 1200], ['12.5', 1250], ['0.01', 1], [' 3.20 ', 320], ['1.234', null], ['-1', null], ['', null], ['1,5', null], ['1e3', null]])(
  'an amount typed as "%s" is %s fen', (text, fen) => expect(fenOf(text)).toBe(fen))

describe('the part of a bill that a phone pays next', () => {
  const part = (over: Partial<BillPart> = {}): BillPart =>
    ({ amountFen: 500, lines: [], fees: [], state: 'Open', guest: null, orderId: null, ...over })
  const next = (...parts: BillPart[]) => partToPay({ me: 2, bill: { number: 1, totalFen: 0, parts } })?.index

  it('is the one that it has begun to pay, else the only one, else that of its own dishes', () => {
    expect(next(part({ of: 1 }), part({ of: 2 }))).toBe(1)
    expect(next(part({ state: 'Claimed', guest: 2, of: 1 }), part({ of: 2 }))).toBe(0)
    expect(next(part())).toBe(0)
  })

  it('has to be said where all are alike, and is none of others', () => {
    expect(next(part(), part())).toBeUndefined()
    expect(next(part({ state: 'Claimed', guest: 1, of: 2 }), part({ of: 1 }))).toBeUndefined()
    expect(next(part({ state: 'Paid', guest: 2, of: 2 }), part({ of: 1 }))).toBeUndefined()
    expect(partToPay({ me: 2, bill: null })).toBeNull()
  })
})

it('what is charged beside the dishes is told in a few words, or in none', () => {
  expect(termsText({ perPersonFen: 500, serviceBasisPoints: 1000 }, zh)).toBe('茶位费每位 ¥5.00 · 服务费 10%')
  expect(termsText({ perPersonFen: 0, serviceBasisPoints: 0 }, zh)).toBe('')
})

describe('staff', () => {
  const row = (tableId: string, over: Partial<TableRow> = {}): TableRow => ({
    tableId, name: tableId, area: null, seats: 4, state: 'Free', sittingId: null, together: [], people: null, openedAtMs: null, unpaidFen: 0, pieces: 0,
    calls: [], ...over,
  })
  const eating = row('a', { state: 'Ordering', sittingId: 's1' })

  it('move guests to free tables, and join them with others who sit somewhere else', () => {
    const all = [
      eating, row('b'), row('c', { state: 'Locked' }), row('d', { state: 'Open', sittingId: 's2' }),
      row('e', { state: 'Ordering', sittingId: 's1' }), row('f', { state: 'ToBePaid', sittingId: 's3' }),
    ]
    expect(fitsFor('move', eating, all).map(table => table.tableId)).toEqual(['b'])
    expect(fitsFor('merge', eating, all).map(table => table.tableId)).toEqual(['d'])
  })
})
