import type { Pay } from '../../emulator/pay/pay.ts'
import type { Trade } from '../../emulator/pay/ledger.ts'
import { Decisions } from './decisions.ts'

export type Row = Readonly<Record<string, unknown>>

/** One document that a commit changed. */
export interface Change {
  collection: string
  before: Row | undefined
  after: Row | undefined
}

export interface BooksSettings {
  pay: Pay
  nowMs(): number
  /** How far the clock of an instance may be off in this seed. */
  clocksOffMs: number
  /** True when WeChat has told the shop nothing of this refund, or refuses refunds for days. */
  mayBeLost(outRefundNo: string): boolean
}

interface Price { product: Row, untilMs: number }
interface Priced { id?: string, priceFen: number, memberPriceFen?: number }

/** The auditor's own copy of what the shop has written, WeChat's books beside it, and what WeChat has said. */
export class Books {
  /** Trades that WeChat has called closed: whatever comes of them then is not the shop's fault. */
  readonly calledClosed = new Set<string>()
  /** `product order` of every sale. */
  readonly sold = new Set<string>()
  /** `product refund` of everything that came back onto a shelf. */
  readonly returned = new Set<string>()
  readonly decisions = new Decisions()
  private readonly supplies = new Map<string, number>()
  readonly clocksOffMs: number
  private readonly documents = new Map<string, Map<string, Row>>()
  private readonly outTradeNos = new Map<string, Set<string>>()
  private readonly refundNumbers = new Map<string, Set<string>>()
  private readonly ordersOfTransaction = new Map<string, Set<string>>()
  private readonly oldPrices = new Map<string, Price[]>()

  constructor(private readonly settings: BooksSettings) {
    this.clocksOffMs = settings.clocksOffMs
  }

  get nowMs(): number {
    return this.settings.nowMs()
  }

  get ledger(): Pay['ledger'] {
    return this.settings.pay.ledger
  }

  row(collection: string, id: unknown): Row | undefined {
    return this.documents.get(collection)?.get(String(id))
  }

  rows(collection: string): Row[] {
    return [...this.documents.get(collection)?.values() ?? []]
  }

  /** Pieces that came onto a shelf: in the beginning, or later. */
  broughtIn(productId: string, pieces: number): void {
    this.supplies.set(productId, this.supplyOf(productId) + pieces)
  }

  supplyOf(productId: string): number {
    return this.supplies.get(productId) ?? 0
  }

  /** Takes one change over. */
  keep({ collection, before, after }: Change): void {
    const rows = this.documents.get(collection) ?? new Map<string, Row>()
    this.documents.set(collection, rows)
    const id = String((after ?? before)?._id)
    if (after) rows.set(id, after)
    else rows.delete(id)
    if (collection === 'orders' && after?.transactionId) addTo(this.ordersOfTransaction, String(after.transactionId), id)
    if (collection === 'refunds' && after) addTo(this.refundNumbers, String(after.outTradeNo), id)
    if (collection === 'products' && before) {
      this.oldPrices.set(id, [...this.oldPrices.get(id) ?? [], { product: before, untilMs: this.nowMs }])
    }
  }

  /** A number appeared at WeChat; it begins with the id of its order. */
  sawTrade(outTradeNo: string): void {
    addTo(this.outTradeNos, orderIdIn(outTradeNo), outTradeNo)
  }

  tradesOf(orderId: string): Trade[] {
    return [...this.outTradeNos.get(orderId) ?? []].flatMap(outTradeNo => this.trade(outTradeNo) ?? [])
  }

  trade(outTradeNo: unknown): Trade | undefined {
    return this.ledger.tradesNumbered(String(outTradeNo))[0]
  }

  /** What has become of a refund at WeChat Pay, whichever gateway it went through. */
  fateOf(outRefundNo: unknown): string | undefined {
    return this.ledger.refundsNumbered(String(outRefundNo))[0]?.state
  }

  /** What the shop has booked to go back of a payment, in the order of booking. */
  refundsOf(outTradeNo: unknown): Row[] {
    return [...this.refundNumbers.get(String(outTradeNo)) ?? []].map(id => this.row('refunds', id) as Row)
  }

  mayBeLost(outRefundNo: string): boolean {
    return this.settings.mayBeLost(outRefundNo)
  }

  /** True while somebody can pay this trade, and WeChat has not said otherwise. */
  isPayable({ outTradeNo, state, expiresAtMs }: Trade): boolean {
    return state === 'NOTPAY' && (expiresAtMs === null || expiresAtMs > this.nowMs) && !this.calledClosed.has(outTradeNo)
  }

  ordersPaidWith(transactionId: unknown): string[] {
    return [...this.ordersOfTransaction.get(String(transactionId)) ?? []]
  }

  /** What members have paid for goods, or for one kind of them, within some time, without choices. */
  pricesOf(productId: unknown, skuId: string | undefined, withinMs: number): number[] {
    const recent = (this.oldPrices.get(String(productId)) ?? []).filter(({ untilMs }) => untilMs >= this.nowMs - withinMs)
    const now = this.row('products', productId)
    return [...recent.map(({ product }) => product), ...now ? [now] : []].flatMap((product) => {
      const kind = skuId === undefined ? product : (product.skus as Priced[] | undefined)?.find(({ id }) => id === skuId)
      const { priceFen, memberPriceFen = Number.POSITIVE_INFINITY } = kind as unknown as Priced
      return [Math.min(priceFen, memberPriceFen)]
    })
  }
}

export const orderIdIn = (outTradeNo: string): string => outTradeNo.split('_')[0] as string

/** The states in which money has been received for an order; Refunded comes after one of the others. */
const paidStates: readonly unknown[] = ['Paid', 'Making', 'Ready', 'OnTheWay', 'Collected', 'Refunded']
export const isPaid = (state: unknown): boolean => paidStates.includes(state)

export const sumOf = (rows: readonly Row[], field: string): number => rows.reduce((sum, row) => sum + Number(row[field]), 0)

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key)
  if (known) known.add(value)
  else sets.set(key, new Set([value]))
}
