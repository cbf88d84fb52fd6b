import { ask, insist } from './stage.ts'
import type { Stage } from './stage.ts'

interface Share { line: number, quantity: number }
interface Quote { lines: Share[], amountFen: number }
interface Line { productId: string, skuId?: string, quantity: number }
interface Order { id: string, lines: Line[] }
interface Request { id: string, orderId: string, kind: 'Whole' | 'Lines', lines: Share[], shelfLines: number[] }
interface Troubled { id: string, state: string }

/** A customer wants money back: for all of an order, or for a piece of its first line; some think better of it. */
export async function askBack(stage: Stage, name: string, orderId: string, requestId: string): Promise<void> {
  const { agenda, chance } = stage.simulation
  const wish = chance.percent(50) ? { kind: 'Whole' } : { kind: 'Lines', lines: [{ line: 0, quantity: 1 }] }
  const quote = await ask(stage, name, 'shop', 'afterSaleQuote', { orderId, wish })
  if (!quote?.ok) return
  const input = { requestId, orderId, wish, reason: 'Quality', text: '', photos: [], expectedFen: quote.value.amountFen }
  const request = () => insist(stage, () => ask(stage, name, 'shop', 'requestAfterSale', input))
  const isDoubleTap = chance.percent(30)
  if (isDoubleTap) stage.simulation.happened('doubleTap')
  const [reply] = await Promise.all(isDoubleTap ? [request(), request()] : [request()])
  if (!reply?.ok || !chance.percent(15)) return
  await agenda.pause(chance.whole(500, 60_000), `${name} thinks better of it`)
  await insist(stage, () => ask(stage, name, 'shop', 'withdrawAfterSale', { afterSaleId: reply.value.id }))
}

/** Whoever decides about money back: answers requests, sends money of their own accord, and sees to what WeChat could not do. */
export async function liveAsManager(stage: Stage): Promise<void> {
  const { agenda, chance } = stage.simulation
  while (stage.isOpen()) {
    const restMs = chance.whole(stage.mood.phaseMs / 20, stage.mood.phaseMs / 5) / (stage.mood.givesBack ? 4 : 1)
    await agenda.pause(restMs, 'the owner has a minute')
    if (!stage.isOpen()) return
    const wish = chance.whole(1, 100)
    if (wish <= 50) await decideRequest(stage)
    else if (wish <= 85) await refundOrder(stage)
    else if (wish <= 95) await seeToTroubles(stage)
    else await seeToIncidents(stage)
  }
}

async function decideRequest(stage: Stage): Promise<void> {
  const { chance } = stage.simulation
  const list = await ask(stage, 'owner', 'merchant', 'afterSales', {})
  const requests = (list?.ok ? list.value.items : []) as Request[]
  if (requests.length === 0) return
  const request = chance.pick(requests)
  if (chance.percent(30)) await insist(stage, () => ask(stage, 'clerk', 'merchant', 'declineAfterSale', { afterSaleId: request.id, answer: 'No.' }))
  else await approve(stage, request)
}

/** What it comes to is looked up first, then sent back. */
async function approve(stage: Stage, { id: afterSaleId, orderId, kind, lines, shelfLines }: Request): Promise<void> {
  const wish = kind === 'Whole' ? { kind } : { kind, lines: lines.map(({ line, quantity }) => ({ line, quantity })) }
  const quote = await quoteOf(stage, orderId, wish)
  if (!quote) return
  const goodsReturned = brought(stage, quote, line => shelfLines.includes(line))
  await decide(stage, { person: 'owner', action: 'approveAfterSale', key: afterSaleId, orderId, quote, input: { afterSaleId, wish, goodsReturned } })
}

/** Money back without a request: of all, or of some pieces. Now and then a clerk tries, who may not. */
async function refundOrder(stage: Stage): Promise<void> {
  const { chance } = stage.simulation
  const list = await ask(stage, 'owner', 'merchant', 'orders', { tab: chance.pick(['ToMake', 'ToCollect', 'Collected']) })
  const orders = (list?.ok ? list.value.orders : []) as Order[]
  if (orders.length === 0) return
  // Who gives back gladly gives back of the same order again.
  const { id: orderId, lines } = stage.mood.givesBack ? orders[0] as Order : chance.pick(orders)
  const wish = stage.mood.givesBack ? pieceByPiece(stage, lines) : partOrWhole(stage, lines)
  const quote = await quoteOf(stage, orderId, wish)
  if (!quote) return
  const isCounted = (place: number) =>
    stage.goods.some(({ id, skuId, stock }) => id === lines[place]?.productId && skuId === lines[place].skuId && stock !== null)
  const goodsReturned = brought(stage, quote, isCounted)
  const key = `refund-${String(stage.simulation.agenda.steps).padStart(12, '0')}`
  const person = chance.percent(10) ? 'clerk' : 'owner'
  await decide(stage, { person, action: 'refundOrder', key, orderId, quote, input: { requestId: key, orderId, wish, goodsReturned, note: 'Sorry.' } })
}

function partOrWhole({ simulation: { chance } }: Stage, lines: readonly Line[]) {
  const line = chance.whole(0, lines.length - 1)
  const part = { kind: 'Lines', lines: [{ line, quantity: chance.whole(1, (lines[line] as Line).quantity) }] }
  return chance.percent(40) ? { kind: 'Whole' } : part
}

/** One piece, of a line of which there are more: what is sent twice by mistake could be carried out twice. */
function pieceByPiece({ simulation: { beside } }: Stage, lines: readonly Line[]) {
  if (beside.percent(20)) return { kind: 'Whole' }
  const many = lines.flatMap(({ quantity }, line) => quantity > 1 ? [line] : [])
  return { kind: 'Lines', lines: [{ line: many.length > 0 ? beside.pick(many) : beside.whole(0, lines.length - 1), quantity: 1 }] }
}

async function quoteOf(stage: Stage, orderId: string, wish: object): Promise<Quote | null> {
  const reply = await ask(stage, 'owner', 'merchant', 'refundQuote', { orderId, wish })
  return reply?.ok ? reply.value as unknown as Quote : null
}

/** The lines whose goods are on the counter again. */
const brought = ({ simulation: { chance } }: Stage, { lines }: Quote, isCounted: (line: number) => boolean): number[] =>
  lines.map(({ line }) => line).filter(line => isCounted(line) && chance.percent(60))

interface Wish { person: 'owner' | 'clerk', action: string, key: string, orderId: string, quote: Quote, input: { goodsReturned: number[], [field: string]: unknown } }

/** Sends a decision, twice at times, and lets the auditor know what the owner has said. */
async function decide(stage: Stage, { person, action, key, orderId, quote, input }: Wish): Promise<void> {
  const { auditor, simulation: { chance } } = stage
  const goods = quote.lines.filter(({ line }) => input.goodsReturned.includes(line)).map(({ line, quantity }) => ({ line, quantity }))
  if (person === 'owner') auditor.books.decisions.decided({ key: `${key} ${quote.amountFen} ${input.goodsReturned.join()}`, orderId, amountFen: quote.amountFen, goods })
  const send = () => insist(stage, () => ask(stage, person, 'merchant', action, { ...input, expectedFen: quote.amountFen }))
  const isTwice = chance.percent(30) || (stage.mood.givesBack && stage.simulation.beside.percent(50))
  if (isTwice) stage.simulation.happened('requestRepeated')
  await Promise.all(isTwice ? [send(), send()] : [send()])
}

/** What does not go on without a person: some is asked for anew, while there is patience, the rest is settled by hand. */
export async function seeToTroubles(stage: Stage, isPatient = true): Promise<void> {
  const { beside } = stage.simulation
  const list = await ask(stage, 'owner', 'merchant', 'refundsInTrouble', {})
  for (const { id: refundId, state } of (list?.ok ? list.value.items : []) as Troubled[]) {
    const isAskedAnew = isPatient && (state === 'Closed' ? !beside.percent(20) : state === 'Failed' && beside.percent(40))
    if (isAskedAnew) await ask(stage, 'owner', 'merchant', 'retryRefund', { refundId })
    if (isAskedAnew || (state !== 'Abnormal' && state !== 'Failed' && state !== 'Closed')) continue
    const reply = await ask(stage, 'owner', 'merchant', 'settleRefundByHand', { refundId, note: 'Paid in cash.' })
    if (reply?.ok) stage.simulation.happened('settledByHand')
  }
}

export async function seeToIncidents(stage: Stage): Promise<void> {
  const list = await ask(stage, 'owner', 'merchant', 'incidents', {})
  for (const { id: incidentId } of (list?.ok ? list.value.items : []) as { id: string }[]) {
    await ask(stage, 'owner', 'merchant', 'resolveIncident', { incidentId, note: 'Looked at it.' })
  }
}
