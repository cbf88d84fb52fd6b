import type { TableRow } from '@contracts/tables.ts'

/** The tables that guests can be moved to, or joined with. */
export function fitsFor(what: 'move' | 'merge', table: TableRow | null, tables: readonly TableRow[]): TableRow[] {
  return tables.filter((other) => {
    if (other.tableId === table?.tableId) return false
    if (what === 'move') return other.state === 'Free'
    const isSeated = other.state === 'Open' || other.state === 'Ordering' || other.state === 'ToBeCleared'
    return isSeated && other.sittingId !== table?.sittingId
  })
}
