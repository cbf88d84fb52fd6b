import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBill } from '../../backend/reconciliation/bill/rules.ts'
import type { BillLine, PaymentLine } from '../../backend/reconciliation/bill/rules.ts'
import {
  billDays, billReadyAtMs, billRetryDelayMs, BILL_TRIES_MAX, compareLine, dayStartMs, lastBillDay, missingPayments, missingRefunds,
  noTotals, totalsOf, unsettled,
} from '../../backend/reconciliation/rules.ts'
import type { Difference, DifferenceKind, OurPayment, OurRefund } from '../../backend/reconciliation/rules.ts'

/** A bill as WeChat Pay writes it: a mark, a backquote before each value, details and totals, lines that end as in Windows. */
const paymentColumns = '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额'
const header = `${paymentColumns},微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注`
const totalsHeader = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'

const yuan = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
const inBill = { Succeeded: 'SUCCESS', Abnormal: 'CHANGE', Closed: 'FAIL', Processing: 'PROCESSING' }
const row = (values: readonly (string | number)[]) => values.map(value => `\`${value}`).join(',')

function detail(line: BillLine): string {
  const [paidFen, backFen] = line.kind === 'Payment' ? [line.totalFen, 0] : [0, line.refundFen]
  const transactionId = line.kind === 'Payment' ? line.transactionId : '42'
  return row([
    '2026-03-01 12:00:00', 'wx1', '1900000109', '0', '', transactionId, line.outTradeNo, 'o-alice', 'JSAPI', line.kind === 'Payment' ? 'SUCCESS' : 'REFUND',
    'OTHERS', 'CNY', yuan(paidFen), '0.00', line.kind === 'Refund' ? '50' : '0', line.kind === 'Refund' ? line.outRefundNo : '0', yuan(backFen), '0.00',
    line.kind === 'Refund' ? 'ORIGINAL' : '', line.kind === 'Refund' ? inBill[line.state] : '', '茶,大杯,"热"', '', '0.00000', '0.60%', yuan(paidFen), yuan(backFen), '',
  ])
}

function billOf(lines: readonly BillLine[], changed: { paidFen?: number } = {}): string {
  const paidFen = lines.reduce((sum, line) => line.kind === 'Payment' ? sum + line.totalFen : sum, 0)
  const backFen = lines.reduce((sum, line) => line.kind === 'Refund' ? sum + line.refundFen : sum, 0)
  const totals = row([lines.length, yuan(paidFen), yuan(backFen), '0.00', '0.00000', yuan(changed.paidFen ?? paidFen), yuan(backFen)])
  return `\uFEFF${[header, ...lines.map(detail), totalsHeader, totals].map(line => `${line}\r\n`).join('')}`
}

const numberOf = (order: number, attempt = 1) => `${order.toString(16).padStart(24, '0')}_${attempt}`
const payment = (outTradeNo: string, totalFen: number): BillLine => ({ kind: 'Payment', outTradeNo, transactionId: `4200${outTradeNo}`, totalFen })
const refund = (outTradeNo: string, outRefundNo: string, refundFen: number): BillLine =>
  ({ kind: 'Refund', outTradeNo, outRefundNo, refundFen, state: 'Succeeded' })

const fen = fc.integer({ min: 2, max: 10_000_000 })

/** What goes wrong with one payment, and with one refund of it. */
const plantedPayments = ['None', 'MoneyWithoutOrder', 'PaidHereNotThere', 'AmountDiffers', 'Late', 'Foreign'] as const
const plantedRefunds = ['None', 'RefundMissingHere', 'RefundMissingThere', 'RefundAmountDiffers', 'ListedBefore'] as const
const trade = fc.record({
  totalFen: fen,
  planted: fc.constantFrom(...plantedPayments),
  refunds: fc.array(fc.record({ refundFen: fen, planted: fc.constantFrom(...plantedRefunds) }), { maxLength: 3 }),
})
const trades = fc.array(trade, { maxLength: 30 })
type Trade = typeof trade extends fc.Arbitrary<infer Value> ? Value : never

interface Side {
  lines: BillLine[]
  payments: OurPayment[]
  refunds: (OurRefund & { wasListed: boolean })[]
  planted: string[]
  late: string[]
}

/** Both sides of a day, with the differences that were planted between them. */
function dayOf(given: readonly Trade[]): Side {
  const day: Side = { lines: [], payments: [], refunds: [], planted: [], late: [] }
  given.forEach(({ totalFen, planted, refunds }, index) => {
    const isForeign = planted === 'Foreign'
    const outTradeNo = isForeign ? `POS-${index}` : numberOf(index + 1)
    const orderId = outTradeNo.slice(0, 24)
    if (planted !== 'PaidHereNotThere') day.lines.push(payment(outTradeNo, planted === 'AmountDiffers' ? totalFen - 1 : totalFen))
    if (planted !== 'MoneyWithoutOrder' && !isForeign) day.payments.push({ outTradeNo, orderId, totalFen, isPaid: planted !== 'Late' })
    if (planted === 'Late') day.late.push(outTradeNo)
    else if (planted !== 'None' && !isForeign) day.planted.push(`${planted} ${outTradeNo}`)
    refunds.forEach((one, number) => plantRefund(day, outTradeNo, `R${outTradeNo}_${number + 1}`, isForeign ? { ...one, planted: 'None' } : one))
  })
  return day
}

function plantRefund(
  day: Side, outTradeNo: string, outRefundNo: string, { refundFen, planted }: { refundFen: number, planted: typeof plantedRefunds[number] },
): void {
  const isThere = planted !== 'RefundMissingThere' && planted !== 'ListedBefore'
  if (isThere) day.lines.push(refund(outTradeNo, outRefundNo, planted === 'RefundAmountDiffers' ? refundFen - 1 : refundFen))
  const ours = { outRefundNo, outTradeNo, orderId: outTradeNo.slice(0, 24), refundFen, wasListed: planted === 'ListedBefore' }
  if (planted !== 'RefundMissingHere' && !outTradeNo.startsWith('POS')) day.refunds.push(ours)
  if (planted !== 'None' && planted !== 'ListedBefore') day.planted.push(`${planted} ${outRefundNo}`)
}

const pieces = <One>(all: readonly One[], length: number): One[][] =>
  Array.from({ length: Math.ceil(all.length / length) }, (_, index) => all.slice(index * length, (index + 1) * length))

/** Compares as the use case does, our side in pieces of this length. */
function compared({ lines, payments, refunds }: Side, pieceLength: number) {
  const ours = {
    payments: new Map(payments.map(one => [one.outTradeNo, one])),
    refunds: new Map(refunds.map(one => [one.outRefundNo, one])),
  }
  const findings = lines.map(line => ({ line, finding: compareLine(line, ours) }))
  const found: Difference[] = findings.flatMap(({ finding }) => finding.kind === 'Differs' ? [finding.difference] : [])
  for (const piece of pieces(payments, pieceLength)) found.push(...missingPayments(piece, lines))
  for (const piece of pieces(refunds, pieceLength)) found.push(...missingRefunds(piece, lines))
  const late = findings.flatMap(({ line, finding }) => finding.kind === 'Unsettled' ? [line.outTradeNo] : [])
  return { found, late }
}

describe('A bill of any day', () => {
  it('is read as it was written, to the fen', () => {
    fc.assert(fc.property(trades, (given) => {
      const { lines } = dayOf(given)
      expect(parseBill(billOf(lines))).toEqual(lines)
    }))
  })

  it('differs from the shop in what was planted, and in nothing else', () => {
    fc.assert(fc.property(trades, fc.integer({ min: 1, max: 7 }), (given, pieceLength) => {
      const day = dayOf(given)
      const { found, late } = compared(day, pieceLength)
      expect(found.map(({ kind, subject }) => `${kind} ${subject}`).sort()).toEqual([...day.planted].sort())
      expect(late).toEqual(day.late)
      for (const { kind, amountFen, expectedFen } of found) expect([kind, amountFen === expectedFen]).toEqual([kind, false])
    }), { numRuns: 300 })
  })

  it('comes to sums that count the shop\'s own money and that of other tills apart', () => {
    fc.assert(fc.property(trades, (given) => {
      const { lines } = dayOf(given)
      const { payments, refunds, foreignLines, paidFen, refundedFen, foreignFen } = totalsOf(lines)
      expect(payments + refunds + foreignLines).toBe(lines.length)
      const balance = lines.reduce((sum, line) => sum + (line.kind === 'Payment' ? line.totalFen : -line.refundFen), 0)
      expect(paidFen - refundedFen + foreignFen).toBe(balance)
    }))
  })

  it('is not believed when a line, a column or a total was lost or changed', () => {
    const lines = [payment(numberOf(1), 1200), payment(numberOf(2), 99), refund(numberOf(1), 'R1', 1200)]
    const bill = billOf(lines)
    const rows = bill.split('\r\n')
    const without = (place: number) => rows.filter((_, index) => index !== place).join('\r\n')
    for (const place of [0, 1, 2, 3, 4, 5]) expect(typeof parseBill(without(place)), `without row ${place}`).toBe('string')
    expect(parseBill(bill.slice(0, bill.length / 2))).toBe('it is no trade bill')
    expect(parseBill(billOf(lines, { paidFen: 1 }))).toContain('its totals are')
    expect(parseBill(bill.replace('商户订单号', '订单号'))).toBe('the column 商户订单号 is missing')
    expect(parseBill(bill.replaceAll('`12.00', '`12.0'))).toBe('"12.0" is no amount')
    expect(parseBill(bill.replaceAll('`12.00', '`1e1'))).toBe('"1e1" is no amount')
    expect(parseBill(bill.replace('`ORIGINAL,`SUCCESS', '`ORIGINAL,`LOST'))).toContain('unknown state')
    expect(parseBill(bill.replace('`JSAPI,`REFUND,', '`JSAPI,`NOTPAY,'))).toContain('a line has the unknown state NOTPAY SUCCESS')
    for (const wrong of ['x12.00', '12.00x', '12345678901.00']) expect(parseBill(bill.replaceAll('`12.00', `\`${wrong}`))).toBe(`"${wrong}" is no amount`)
    expect(parseBill(bill.replace(',`0.60%', ''))).toBe('a row has 26 values for 27 columns')
    expect(parseBill(bill.replace('\r\n`2026', '\r\n2026'))).toBe('a row has 0 values for 27 columns')
    expect(parseBill(bill.replace('\r\n`2026', '\r\nx2026'))).toContain('a row has 0 values')
    expect(parseBill(`${totalsHeader}\r\n${row([0, '0.00', '0.00', '0.00', '0.00', '0.00', '0.00'])}`)).toBe('it is no trade bill')
    expect(parseBill(`${header}\r\n${row([1])}`)).toBe('it is no trade bill')
    expect(parseBill(bill.replace(header, `时间,${header}`))).toBe('it is no trade bill')
    expect(parseBill('')).toBe('it is no trade bill')
    expect(parseBill('<xml><return_code>FAIL</return_code></xml>')).toBe('it is no trade bill')
  })
})

describe('A bill as WeChat may write it', () => {
  const lines: BillLine[] = [
    payment(numberOf(1), 1200), refund(numberOf(1), 'R1', 300),
    ...(['Abnormal', 'Closed', 'Processing'] as const).map((state, place): BillLine =>
      ({ kind: 'Refund', outTradeNo: numberOf(1), outRefundNo: `R${place + 2}`, refundFen: 100, state })),
  ]

  it('with lines that end as elsewhere, without a mark, with blanks around its columns', () => {
    const bill = billOf(lines)
    expect(parseBill(bill.replaceAll('\r\n', '\n'))).toEqual(lines)
    expect(parseBill(bill.slice(1))).toEqual(lines)
    expect(parseBill(bill.replace('交易状态', ' 交易状态 '))).toEqual(lines)
  })

  it('with a payment by code that was taken back, or a refund that it gave up', () => {
    const bill = billOf(lines)
    expect(parseBill(bill.replace('`JSAPI,`REFUND,', '`MICROPAY,`REVOKED,'))).toEqual(lines)
    expect(parseBill(bill.replace('`ORIGINAL,`FAIL', '`ORIGINAL,`REFUNDCLOSE'))).toEqual(lines)
  })

  it('with a mark in a name is read as it stands, and what is no bill throws nothing', () => {
    const marked = billOf(lines).replace('茶,大杯', '茶\uFEFF,大杯')
    expect(parseBill(marked)).toEqual(lines)
  })

  it('that is broken in a way nobody has thought of is an error of ours, and no word of WeChat\'s', () => {
    expect(() => parseBill(null as unknown as string)).toThrow(TypeError)
  })
})

describe('One line of a bill', () => {
  const ours = { outTradeNo: numberOf(1, 12), orderId: numberOf(1).slice(0, 24), totalFen: 5, isPaid: true }
  const back = { outRefundNo: 'R1', outTradeNo: numberOf(1, 12), orderId: ours.orderId, refundFen: 5 }
  const nobody = { payments: new Map<string, OurPayment>(), refunds: new Map<string, OurRefund>() }
  const known = { payments: new Map([[ours.outTradeNo, ours]]), refunds: new Map([['R1', back]]) }

  it('fits when number and amount are ours', () => {
    expect(compareLine(payment(ours.outTradeNo, 5), known)).toEqual({ kind: 'Fits' })
    expect(compareLine(refund(ours.outTradeNo, 'R1', 5), known)).toEqual({ kind: 'Fits' })
  })

  it.each([`x${numberOf(1)}`, `${numberOf(1)}x`, numberOf(1, 0), 'POS-1', `${numberOf(1)}0000000`])('is another system\'s under the number %s', (number) => {
    expect(compareLine(payment(number, 5), nobody)).toEqual({ kind: 'Foreign' })
  })

  it('that nobody here knows of says what it is about, and names an order only where it can', () => {
    const about = { outTradeNo: ours.outTradeNo, amountFen: 5, expectedFen: 0 }
    expect(compareLine(payment(ours.outTradeNo, 5), nobody)).toEqual({
      kind: 'Differs', difference: { ...about, kind: 'MoneyWithoutOrder', subject: ours.outTradeNo, orderId: '' },
    })
    expect(compareLine(refund(ours.outTradeNo, 'R1', 5), nobody)).toEqual({
      kind: 'Differs', difference: { ...about, kind: 'RefundMissingHere', subject: 'R1', orderId: ours.orderId },
    })
  })

  it('that could not be settled is told with the money that WeChat has', () => {
    expect(unsettled(payment(ours.outTradeNo, 5) as PaymentLine, 'order-1')).toEqual({
      kind: 'PaidThereNotHere', subject: ours.outTradeNo, outTradeNo: ours.outTradeNo, orderId: 'order-1', amountFen: 5, expectedFen: 5,
    })
  })

  it('of a payment is no refund of the same number, and the other way round', () => {
    expect(missingPayments([ours], [refund(ours.outTradeNo, 'R1', 5)])).toHaveLength(1)
    expect(missingRefunds([{ ...back, outRefundNo: ours.outTradeNo, wasListed: false }], [payment(ours.outTradeNo, 5)])).toHaveLength(1)
  })

  it('of no bill comes to nothing', () => {
    expect(noTotals).toEqual({ payments: 0, paidFen: 0, refunds: 0, refundedFen: 0, foreignLines: 0, foreignFen: 0 })
  })
})

describe('A refund that stands in the bill', () => {
  it('under another payment is not ours', () => {
    const ours = { outRefundNo: 'R1', outTradeNo: numberOf(1), orderId: 'x', refundFen: 5 }
    const finding = compareLine(refund(numberOf(2), 'R1', 5), { payments: new Map(), refunds: new Map([['R1', ours]]) })
    expect(finding).toMatchObject({ kind: 'Differs', difference: { kind: 'RefundMissingHere' satisfies DifferenceKind, amountFen: 5 } })
  })
})

describe('The days that are compared', () => {
  const at = (text: string) => Date.parse(`${text}+08:00`)

  it('are the last three whose bills are ready, from ten in the morning in Beijing', () => {
    expect(billDays(at('2026-03-02T09:59:59.999'))).toEqual(['20260226', '20260227', '20260228'])
    expect(billDays(at('2026-03-02T10:00'))).toEqual(['20260227', '20260228', '20260301'])
  })

  it('are ready at any moment when they are taken up, and the next is not', () => {
    fc.assert(fc.property(fc.integer({ min: at('2024-01-01T00:00'), max: at('2030-01-01T00:00') }), (nowMs) => {
      const latest = billDays(nowMs).at(-1)!
      expect(billReadyAtMs(latest)).toBeLessThanOrEqual(nowMs)
      expect(billReadyAtMs(latest) + 24 * 3_600_000).toBeGreaterThan(nowMs)
      expect(dayStartMs(latest)).toBe(at(`${latest.slice(0, 4)}-${latest.slice(4, 6)}-${latest.slice(6)}T00:00`))
    }))
  })

  it('name a refund of the last hour at the latest on the next day', () => {
    expect([lastBillDay(at('2026-03-01T22:59')), lastBillDay(at('2026-03-01T23:00'))]).toEqual(['20260301', '20260302'])
  })

  it('are tried about a day long, each time later', () => {
    const delays = Array.from({ length: BILL_TRIES_MAX - 1 }, (_, tries) => billRetryDelayMs(tries + 1))
    expect(delays).toEqual([...delays].sort((one, other) => one - other))
    expect([0, 1, 2, 3, 4, 50].map(billRetryDelayMs)).toEqual([10, 20, 40, 80, 120, 120].map(minutes => minutes * 60_000))
    const hours = delays.reduce((sum, delay) => sum + delay, 0) / 3_600_000
    expect(hours).toBeGreaterThan(20)
    expect(hours).toBeLessThan(36)
  })
})
