import type { SqliteFile } from '../../sqliteFile.ts'
import type { PaidTrade } from './paidTrades.ts'
import { express } from './uploadRules.ts'
import type { Parcel } from './uploadRules.ts'

const dayMs = 24 * 3600_000
/** Receipt counts as confirmed so long after shipping: express, and the three other ways. */
const confirmationMs = { express: 10 * dayMs, other: 2 * dayMs }
/** How long an order is "received", and then "awaiting settlement". */
const settlementStepMs = 60_000

/** 1 to ship, 2 shipped, 3 received, 6 awaiting settlement, 4 done, 5 refunded. */
export type OrderState = 1 | 2 | 3 | 4 | 5 | 6

/** What the merchant entered about one order, and what became of it. */
export interface Shipment {
  transactionId: string
  logisticsType: number
  mode: 1 | 2
  parcels: Parcel[]
  uploadTimeMs: number
  isComplete: boolean
  /** How often all of it was entered. */
  completions: number
  hasCorrected: boolean
  shippedAtMs: number | null
  /** When the customer confirmed by hand. */
  confirmedAtMs: number | null
  isReminded: boolean
  isSettlementTold: boolean
}

interface Row extends Omit<Shipment, 'parcels' | Flag> {
  parcels: string
  isComplete: number
  hasCorrected: number
  isReminded: number
  isSettlementTold: number
}
type Flag = 'isComplete' | 'hasCorrected' | 'isReminded' | 'isSettlementTold'

/** The tables behind shipping management. */
export const shippingTables = `
  CREATE TABLE IF NOT EXISTS shipments (
    transactionId TEXT PRIMARY KEY, logisticsType INTEGER NOT NULL, mode INTEGER NOT NULL, parcels TEXT NOT NULL,
    uploadTimeMs INTEGER NOT NULL, isComplete INTEGER NOT NULL, completions INTEGER NOT NULL, hasCorrected INTEGER NOT NULL,
    shippedAtMs INTEGER, confirmedAtMs INTEGER, isReminded INTEGER NOT NULL, isSettlementTold INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS specialOrders (transactionId TEXT PRIMARY KEY, type INTEGER NOT NULL, delayToMs INTEGER);
  CREATE TABLE IF NOT EXISTS shippingSettings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
`

/** The entries of shipping management. */
export class Shipments {
  constructor(private readonly tables: SqliteFile) {}

  find(transactionId: string): Shipment | undefined {
    const row = this.tables.one<Row>('SELECT * FROM shipments WHERE transactionId = ?', transactionId)
    return row && shipmentOf(row)
  }

  /** Those whose settlement the merchant does not know of yet. */
  unsettled(): Shipment[] {
    return this.tables.all<Row>('SELECT * FROM shipments WHERE isComplete = 1 AND isSettlementTold = 0').map(shipmentOf)
  }

  /** Keeps entries that belong together. */
  keep(shipments: Shipment[]): void {
    this.tables.atomically(() => {
      for (const shipment of shipments) {
        this.tables.run('DELETE FROM shipments WHERE transactionId = ?', shipment.transactionId)
        this.tables.insert('shipments', rowOf(shipment))
      }
    })
  }

  /** A pre-sale or test order: its shipping may come late, or never. */
  markSpecial(transactionId: string, type: number, delayToMs: number | null): void {
    this.tables.atomically(() => {
      this.tables.run('DELETE FROM specialOrders WHERE transactionId = ?', transactionId)
      this.tables.insert('specialOrders', { transactionId, type, delayToMs })
    })
  }

  setting(name: string): string {
    return this.tables.one<{ value: string }>('SELECT value FROM shippingSettings WHERE name = ?', name)?.value ?? ''
  }

  changeSetting(name: string, value: string): void {
    this.tables.run('INSERT INTO shippingSettings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', name, value)
  }
}

function shipmentOf(row: Row): Shipment {
  return {
    ...row,
    parcels: JSON.parse(row.parcels) as Parcel[],
    isComplete: row.isComplete === 1,
    hasCorrected: row.hasCorrected === 1,
    isReminded: row.isReminded === 1,
    isSettlementTold: row.isSettlementTold === 1,
  }
}

function rowOf(shipment: Shipment): { [field in keyof Row]: Row[field] } {
  const flag = (value: boolean) => value ? 1 : 0
  return {
    ...shipment,
    parcels: JSON.stringify(shipment.parcels),
    isComplete: flag(shipment.isComplete),
    hasCorrected: flag(shipment.hasCorrected),
    isReminded: flag(shipment.isReminded),
    isSettlementTold: flag(shipment.isSettlementTold),
  }
}

/** When receipt counts as confirmed: by hand, or by itself after the term of its way of delivery. */
export function receivedAtMs({ logisticsType, shippedAtMs, confirmedAtMs }: Shipment): number | null {
  if (confirmedAtMs !== null || shippedAtMs === null) return confirmedAtMs
  return shippedAtMs + (logisticsType === express ? confirmationMs.express : confirmationMs.other)
}

/** When the money is the merchant's. */
export function settledAtMs(shipment: Shipment): number | null {
  const received = receivedAtMs(shipment)
  return received === null ? null : received + 2 * settlementStepMs
}

/** Where an order stands at a moment. */
export function orderState(trade: PaidTrade, shipment: Shipment | undefined, nowMs: number): OrderState {
  if (trade.isRefunded) return 5
  const received = shipment?.isComplete ? receivedAtMs(shipment) : null
  if (received === null) return 1
  if (nowMs < received) return 2
  if (nowMs < received + settlementStepMs) return 3
  return nowMs < received + 2 * settlementStepMs ? 6 : 4
}
