const byteOrderMark = '\uFEFF'

/** One table of a bill: its header, and a backquote before each value, so that Excel keeps long numbers. */
export interface BillTable {
  header: readonly string[]
  rows: string[][]
}

/** A bill as WeChat Pay writes it: UTF-8 with its mark, the details and then the totals, lines that end as in Windows. */
export function billText(...tables: BillTable[]): string {
  const lines = tables.flatMap(({ header, rows }) => [header.join(','), ...rows.map(row => row.map(value => `\`${escaped(value)}`).join(','))])
  return byteOrderMark + lines.map(line => `${line}\r\n`).join('')
}

/** What would break a line is replaced. Source: WeChat Pay, 资金账单详细说明, 特殊字符转义. */
function escaped(value: string): string {
  return value.replaceAll('\u0001', ' ').replaceAll('\r', '\\r').replaceAll('\n', '\\n')
}
