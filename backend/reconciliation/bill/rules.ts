/** One line of a trade bill. Amounts are in fen. */
export type BillLine = PaymentLine | RefundLine

export interface PaymentLine { kind: 'Payment', outTradeNo: string, transactionId: string, totalFen: number }

export interface RefundLine {
  kind: 'Refund'
  outTradeNo: string
  outRefundNo: string
  refundFen: number
  /** How the refund stood when the bill was made, in the morning: it may have gone on since. */
  state: 'Succeeded' | 'Abnormal' | 'Closed' | 'Processing'
}

const refundStates: Record<string, RefundLine['state']> = {
  SUCCESS: 'Succeeded', CHANGE: 'Abnormal', FAIL: 'Closed', REFUNDCLOSE: 'Closed', PROCESSING: 'Processing',
}

const LINES_HEADER = '交易时间'
const TOTALS_HEADER = '总交易单数'

type Row = ReadonlyMap<string, string>

/**
 * Reads a trade bill of type ALL. A string says why it cannot be believed: columns that are missing, an amount that is
 * none, or totals that are not what the lines come to. Columns are found by their names: WeChat has added some over the
 * years. Source: WeChat Pay, 交易账单详细说明.
 */
export function parseBill(text: string): BillLine[] | string {
  const rows = text.replace(/^\uFEFF/, '').split(/\r?\n/).filter(row => row !== '')
  const totalsAt = rows.findIndex(row => row.startsWith(TOTALS_HEADER))
  if (!rows[0]?.startsWith(LINES_HEADER) || totalsAt < 0 || totalsAt !== rows.length - 2) return 'it is no trade bill'
  try {
    const lines = readTable(rows.slice(0, totalsAt)).map(readLine)
    return checkTotals(readTable(rows.slice(totalsAt))[0]!, lines) ?? lines
  } catch (error) {
    if (error instanceof BrokenBill) return error.message
    throw error
  }
}

class BrokenBill extends Error {}

function readTable([header = '', ...rows]: readonly string[]): Row[] {
  const names = header.split(',').map(name => name.trim())
  return rows.map((row) => {
    // Each value has a backquote before it, so that a comma inside one is told from a comma between two.
    const values = row.startsWith('`') ? row.slice(1).split(',`') : []
    if (values.length !== names.length) throw new BrokenBill(`a row has ${values.length} values for ${names.length} columns`)
    return new Map(names.map((name, place) => [name, values[place]!]))
  })
}

function readLine(row: Row): BillLine {
  const outTradeNo = cell(row, '商户订单号')
  const state = cell(row, '交易状态')
  if (state === 'SUCCESS') return { kind: 'Payment', outTradeNo, transactionId: cell(row, '微信订单号'), totalFen: fenOf(cell(row, '订单金额')) }
  const refundState = refundStates[cell(row, '退款状态')]
  // REVOKED, of payments by code, gives the money back as well.
  if ((state !== 'REFUND' && state !== 'REVOKED') || !refundState) throw new BrokenBill(`a line has the unknown state ${state} ${cell(row, '退款状态')}`)
  return { kind: 'Refund', outTradeNo, outRefundNo: cell(row, '商户退款单号'), refundFen: fenOf(cell(row, '申请退款金额')), state: refundState }
}

function checkTotals(totals: Row, lines: readonly BillLine[]): string | null {
  const said = [cell(totals, '总交易单数'), fenOf(cell(totals, '订单总金额')), fenOf(cell(totals, '申请退款总金额'))].join(' ')
  const paidFen = lines.reduce((sum, line) => line.kind === 'Payment' ? sum + line.totalFen : sum, 0)
  const refundedFen = lines.reduce((sum, line) => line.kind === 'Refund' ? sum + line.refundFen : sum, 0)
  const found = [lines.length, paidFen, refundedFen].join(' ')
  return said === found ? null : `its totals are ${said}, its lines come to ${found}`
}

function cell(row: Row, name: string): string {
  const value = row.get(name)
  if (value === undefined) throw new BrokenBill(`the column ${name} is missing`)
  return value
}

/** Yuan with two decimals as fen, by its digits: a float would lose a fen sooner or later. */
function fenOf(yuan: string): number {
  const parts = /^(\d{1,10})\.(\d{2})$/.exec(yuan)
  if (!parts) throw new BrokenBill(`"${yuan}" is no amount`)
  return Number(parts[1] + parts[2]!)
}
