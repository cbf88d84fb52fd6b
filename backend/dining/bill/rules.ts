import type { RoundLine, RunningBill, Split, TableTerms } from '../../../contracts/dining.ts'
import type { Fee, PricedLine } from '../../../contracts/order.ts'
import { allocate } from '../../pricing/allocate.ts'
import { SHARE_ID } from '../../statistics/rules.ts'
import { wishKeyOf } from '../cart/rules.ts'

/** What of a sitting a bill depends on. */
export interface Billable {
  rounds: readonly { state: 'Unpaid' | 'Accepted', orderId: string | null, isPaid: boolean, lines: readonly RoundLine[] }[]
  people: number | null
  /** Those whose seats an earlier bill of the same sitting has charged. */
  chargedPeople: number
  terms: TableTerms
}

/** `of` is the guest whose dishes they are, where everybody pays their own. */
export interface Part { lines: PricedLine[], fees: Fee[], amountFen: number, of?: number }

type BilledLine = RunningBill['lines'][number]

/**
 * So many pieces of a line, at its own price: every reason is a whole number of fen a piece, so nothing is rounded.
 * Throws for a reason that is not.
 */
export function portionOf(line: PricedLine, quantity: number): PricedLine {
  const { guest: _guest, returned: _returned, guests: _guests, ...priced } = line as PricedLine & Partial<RoundLine & BilledLine>
  const reasons = line.reasons.map((reason) => {
    const amountFen = reason.amountFen / line.quantity * quantity
    if (!Number.isSafeInteger(amountFen)) throw new RangeError(`A reason of ${line.productId} cannot be split by pieces.`)
    return { ...reason, amountFen }
  })
  const totalFen = line.unitFen * quantity
  return { ...priced, quantity, totalFen, paidFen: totalFen, reasons }
}

/** Lines that are the same at the same price for the same reasons are one line of the bill. */
function keyOf(line: PricedLine): string {
  const aPiece = line.reasons.map(reason => [reason.kind, 'name' in reason ? reason.name.zh : '', reason.amountFen / line.quantity])
  return JSON.stringify([wishKeyOf(line), line.unitFen, aPiece])
}

function merged(lines: readonly RoundLine[]): BilledLine[] {
  const bill = new Map<string, BilledLine>()
  for (const line of lines) {
    const left = line.quantity - line.returned
    if (left === 0) continue
    const known = bill.get(keyOf(line))
    const guests = [...new Set([...known?.guests ?? [], line.guest])]
    bill.set(keyOf(line), { ...portionOf(line, left + (known?.quantity ?? 0)), guests })
  }
  return [...bill.values()]
}

const openLines = ({ rounds }: Billable): RoundLine[] =>
  rounds.flatMap(round => round.state === 'Accepted' && round.orderId === null && !round.isPaid ? round.lines : [])

/** All that is eaten and on no paid bill yet: Σ lines + Σ fees = totalFen, to the fen. */
export function runningBill(sitting: Billable): RunningBill {
  const lines = merged(openLines(sitting))
  const goodsFen = sumOf(lines.map(line => line.totalFen))
  const fees = lines.length === 0 ? [] : feesOf(sitting, goodsFen)
  return { lines, goodsFen, fees, totalFen: goodsFen + sumOf(fees.map(fee => fee.amountFen)) }
}

/** A service charge is rounded down to the fen: nobody pays more than was told. */
function feesOf({ people, chargedPeople, terms }: Billable, goodsFen: number): Fee[] {
  const seats = Math.max(0, (people ?? 0) - chargedPeople)
  const serviceFen = Math.floor(goodsFen * terms.serviceBasisPoints / 10_000)
  return [
    { kind: 'PerPerson' as const, amountFen: seats * terms.perPersonFen, pieces: seats },
    { kind: 'Service' as const, amountFen: serviceFen, because: { kind: 'Percent' as const, basisPoints: terms.serviceBasisPoints } },
  ].filter(fee => fee.amountFen > 0)
}

/**
 * A running bill in parts, or why it cannot be split like that. Always: Σ amountFen = totalFen, each part is worth at least
 * a fen, and no piece stands on two parts.
 */
export function splitBill(sitting: Billable, split: Split, tableName: string): Part[] | 'SplitInvalid' {
  const bill = runningBill(sitting)
  const parts = partsOf(sitting, bill, split, tableName)
  if (parts === null || parts.length === 0 || parts.length > 20 || parts.some(part => part.amountFen < 1)) return 'SplitInvalid'
  return parts
}

function partsOf(sitting: Billable, bill: RunningBill, split: Split, tableName: string): Part[] | null {
  switch (split.kind) {
    case 'Whole': return byGoods([bill.lines.map(line => portionOf(line, line.quantity))], bill.fees)
    case 'Evenly': return shares(allocate(bill.totalFen, Array<number>(split.parts).fill(1)), tableName)
    case 'ByAmount': return sumOf(split.amounts) === bill.totalFen ? shares(split.amounts, tableName) : null
    case 'ByGuest': {
      const linesOf = (guest: number) => merged(openLines(sitting).filter(line => line.guest === guest))
      const all = [...new Set(openLines(sitting).map(line => line.guest))].sort((one, other) => one - other)
      const guests = all.filter(guest => linesOf(guest).length > 0)
      const groups = guests.map(guest => linesOf(guest).map(line => portionOf(line, line.quantity)))
      return byGoods(groups, bill.fees, 'ByHead').map((part, index) => ({ ...part, of: guests[index]! }))
    }
    case 'ByDish': return byDish(bill, split.parts)
  }
}

function byDish(bill: RunningBill, wishes: readonly (readonly { line: number, quantity: number }[])[]): Part[] | null {
  const left = bill.lines.map(line => line.quantity)
  const groups: PricedLine[][] = []
  for (const wish of wishes) {
    const group: PricedLine[] = []
    for (const { line, quantity } of wish) {
      const billed = bill.lines[line]
      if (!billed || (left[line] ?? 0) < quantity) return null
      left[line]! -= quantity
      group.push(portionOf(billed, quantity))
    }
    groups.push(group)
  }
  const rest = bill.lines.flatMap((line, index) => left[index]! > 0 ? [portionOf(line, left[index]!)] : [])
  return byGoods(rest.length > 0 ? [...groups, rest] : groups, bill.fees)
}

/**
 * Fees follow the dishes; where those are worth nothing, everybody bears the same. Seats are borne alike, by head, where each
 * part is one guest's.
 */
function byGoods(groups: readonly PricedLine[][], fees: readonly Fee[], seats: 'ByGoods' | 'ByHead' = 'ByGoods'): Part[] {
  const goods = groups.map(group => sumOf(group.map(line => line.totalFen)))
  const alike = goods.map(() => 1)
  const weights = goods.some(fen => fen > 0) ? goods : alike
  const feeShares = fees.map(fee => allocate(fee.amountFen, seats === 'ByHead' && fee.kind === 'PerPerson' ? alike : weights))
  return groups.map((lines, part) => {
    const shareOf = (fee: Fee, index: number): Fee => ({ kind: fee.kind, amountFen: feeShares[index]![part]! })
    const own = groups.length === 1 ? [...fees] : fees.map(shareOf).filter(fee => fee.amountFen > 0)
    return { lines, fees: own, amountFen: goods[part]! + sumOf(own.map(fee => fee.amountFen)) }
  })
}

/** Parts by amount have one line each: the dishes are everybody's. */
function shares(amounts: readonly number[], tableName: string): Part[] {
  return amounts.map((amountFen, index) => ({ lines: [shareLine(amountFen, `${index + 1}/${amounts.length}`, tableName)], fees: [], amountFen }))
}

function shareLine(amountFen: number, which: string, tableName: string): PricedLine {
  return {
    productId: SHARE_ID, choiceIds: [], name: { zh: `${tableName} 桌账单 ${which}`, en: `Table ${tableName}, share ${which}` }, picture: '',
    choices: [], unitFen: amountFen, quantity: 1, totalFen: amountFen, paidFen: amountFen, reasons: [{ kind: 'ListPrice', amountFen }],
  }
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0)
