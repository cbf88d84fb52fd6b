import type { Goods } from '../shop.ts'
import { ask } from './stage.ts'
import type { Stage } from './stage.ts'

interface BarOrder { id: string, fulfilment: { kind: string } }

/** Staff at the bar: makes what is paid and hands it over; where things are brought to people, somebody sets out with them. */
export async function liveAsStaff(stage: Stage): Promise<void> {
  const { mood, simulation: { agenda, beside, chance } } = stage
  while (stage.isOpen()) {
    await agenda.pause(chance.whole(20_000, mood.phaseMs / 2) / (mood.isWide ? 2 : 1), 'the bar looks up')
    const [tab, action] = chance.pick([['ToMake', 'startMaking'], ['ToMake', 'markReady'], ['ToCollect', 'markCollected']] as const)
    const list = await ask(stage, 'clerk', 'merchant', 'orders', { tab })
    const orders = (list?.ok ? list.value.orders : []) as BarOrder[]
    if (orders.length === 0) continue
    const order = chance.pick(orders)
    const mark = () => ask(stage, 'clerk', 'merchant', action, { orderId: order.id })
    await Promise.all(chance.percent(25) ? [mark(), mark()] : [mark()])
    const isToBring = action === 'markReady' && order.fulfilment.kind === 'Delivery'
    if (isToBring && beside.percent(80)) await ask(stage, 'clerk', 'merchant', 'setOut', { orderId: order.id })
  }
}

/** The owner, who fills the shelves again and moves a price now and then. The shop has no actions for it yet. */
export async function liveAsOwner(stage: Stage): Promise<void> {
  const { agenda, chance } = stage.simulation
  while (stage.isOpen()) {
    await agenda.pause(chance.whole(stage.mood.phaseMs / 12, stage.mood.phaseMs / 6), 'the owner looks around')
    if (!stage.isOpen()) return
    const goods = chance.pick(stage.goods)
    if (goods.stock === null || chance.percent(25)) await movePrice(stage, goods, chance.whole(1, 300))
    else await restock(stage, goods, chance.whole(1, 4))
  }
}

async function movePrice(stage: Stage, { id }: Goods, byFen: number): Promise<void> {
  await increase(stage, 'products', id, { priceFen: byFen })
  stage.simulation.happened('priceMoved')
}

async function restock(stage: Stage, { shelfId }: Goods, pieces: number): Promise<void> {
  stage.auditor.books.broughtIn(shelfId, pieces)
  await increase(stage, 'stock', shelfId, { available: pieces, supplied: pieces })
}

async function increase({ database }: Stage, collectionName: string, id: string, by: Record<string, number>): Promise<void> {
  const answer = await database.answer({
    action: 'database.modifyDocument', collectionName, query: JSON.stringify({ _id: id }), data: JSON.stringify({ $inc: by }), merge: true,
  })
  if (answer.code) throw new Error(`The owner could not change ${collectionName}: ${String(answer.message)}`)
}
