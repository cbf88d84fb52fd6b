import type { Clock } from '../../clock.ts'
import { Alarm } from '../../pay/alarm.ts'
import type { SqliteFile } from '../../sqliteFile.ts'
import { beijingText } from '../../wechat/beijingTime.ts'
import type { MessagePush } from '../../wechat/messagePush.ts'
import type { Messages } from '../../wechat/messages.ts'
import { done } from '../answers.ts'
import type { Given, JsonAnswer } from '../answers.ts'
import type { Pages } from '../pages.ts'
import { settlementEvent } from './orderViews.ts'
import type { PaidTrade, PaidTrades, TradeKey } from './paidTrades.ts'
import { orderState, receivedAtMs, settledAtMs, Shipments } from './shipments.ts'
import type { Shipment } from './shipments.ts'
import { addParcels, readUpload, refuseShipping } from './uploadRules.ts'
import type { Upload } from './uploadRules.ts'

export interface ShippingSettings {
  tables: SqliteFile
  trades: PaidTrades
  pages: Pages
  messages: Messages
  push: MessagePush
  merchantId: string
  clock: Clock
  /** How long a payment is unknown here after it was made. */
  tradeDelayMs: number
}

/** The order of the merchant, once shipping management knows its payment. */
export interface Order {
  trade: PaidTrade
  shipment: Shipment | undefined
}

/** Shipping management: the merchant enters what was sent, the customer confirms receipt, and the money is settled. */
export class Shipping {
  readonly shipments: Shipments
  private readonly alarm: Alarm

  constructor(readonly settings: ShippingSettings) {
    this.shipments = new Shipments(settings.tables)
    this.alarm = new Alarm({ nextAtMs: () => this.nextSettlementAtMs(), ring: () => this.tellSettlements(), clock: settings.clock })
  }

  get nowMs(): number {
    return this.settings.clock.nowMs()
  }

  start(): void {
    this.alarm.set()
  }

  stop(): void {
    this.alarm.stop()
  }

  /** The order of a payment. A payment of the last seconds is not here yet. */
  find(key: TradeKey): Order | null {
    const trade = this.settings.trades.find(key)
    return trade && this.knows(trade) ? { trade, shipment: this.shipments.find(trade.transactionId) } : null
  }

  /** All orders, the latest payment first. */
  orders(): Order[] {
    const trades = this.settings.trades.all().filter(trade => this.knows(trade)).sort((a, b) => b.paidAtMs - a.paidAtMs)
    return trades.map(trade => ({ trade, shipment: this.shipments.find(trade.transactionId) }))
  }

  /** `uploadShippingInfo`: one entry. */
  upload(given: Given): JsonAnswer {
    return this.uploadAll([given], given.payer, given.upload_time)
  }

  /** `uploadCombinedShippingInfo`: the entries of several orders that were paid together; all of them are kept, or none. */
  uploadCombined({ sub_orders: subOrders, payer, upload_time: uploadTime }: Given): JsonAnswer {
    return this.uploadAll(Array.isArray(subOrders) && subOrders.length > 0 ? subOrders as Given[] : [{}], payer, uploadTime)
  }

  /** A customer confirms receipt in WeChat's own component; the text says why it cannot be. */
  confirm(openid: string, key: TradeKey): 'ok' | string {
    const order = this.find(key)
    if (!order || order.trade.openid !== openid) return 'The order is unknown, or somebody else has paid it.'
    if (orderState(order.trade, order.shipment, this.nowMs) !== 2 || !order.shipment) return 'The order is not on its way.'
    this.shipments.keep([{ ...order.shipment, confirmedAtMs: this.nowMs }])
    this.alarm.set()
    return 'ok'
  }

  private knows({ paidAtMs }: PaidTrade): boolean {
    return this.nowMs - paidAtMs >= this.settings.tradeDelayMs
  }

  private uploadAll(entries: Given[], payer: unknown, uploadTime: unknown): JsonAnswer {
    const changed: { trade: PaidTrade, shipment: Shipment, isNew: boolean }[] = []
    for (const entry of entries) {
      const upload = readUpload(entry, payer, uploadTime)
      if ('errcode' in upload) return upload
      const order = this.find(upload.key)
      const refusal = order ? this.findRefusal(order, upload) : 10060001
      if (refusal !== null || !order) return refuseShipping(refusal ?? 10060001)
      const shipment = this.shipped(order, upload)
      if (!shipment) return refuseShipping(10060024)
      changed.push({ trade: order.trade, shipment, isNew: shipment.completions > (order.shipment?.completions ?? 0) })
    }
    this.shipments.keep(changed.map(({ shipment }) => shipment))
    for (const { trade, shipment } of changed.filter(({ isNew }) => isNew)) this.tellShipped(trade, shipment)
    this.alarm.set()
    return done()
  }

  private findRefusal({ trade, shipment }: Order, upload: Upload): number | null {
    if (trade.openid !== upload.openid) return 10060031
    if (trade.isRefunded) return 10060004
    if (![1, 2].includes(orderState(trade, shipment, this.nowMs))) return 10060002
    if (!shipment) return null
    if (isCorrection(shipment, upload) && shipment.hasCorrected) return 10060003
    return upload.uploadTimeMs <= shipment.uploadTimeMs ? 10060023 : null
  }

  /** The shipment after an entry; null when it would have too many parcels. */
  private shipped({ trade, shipment }: Order, upload: Upload): Shipment | null {
    const corrects = shipment !== undefined && isCorrection(shipment, upload)
    const parcels = addParcels(shipment && !corrects ? shipment.parcels : [], upload.parcels)
    if (!parcels) return null
    return {
      transactionId: trade.transactionId,
      logisticsType: upload.logisticsType,
      mode: upload.mode,
      parcels,
      uploadTimeMs: upload.uploadTimeMs,
      isComplete: upload.isComplete,
      completions: (shipment?.completions ?? 0) + (upload.isComplete ? 1 : 0),
      hasCorrected: shipment?.hasCorrected === true || corrects,
      shippedAtMs: upload.isComplete ? this.nowMs : null,
      confirmedAtMs: null,
      isReminded: shipment?.isReminded ?? false,
      isSettlementTold: false,
    }
  }

  private tellShipped(trade: PaidTrade, shipment: Shipment): void {
    const { messages, push, merchantId } = this.settings
    const path = this.jumpPath(trade)
    messages.deliver(trade.openid, 'service', { title: '商品已发货', items: shipment.parcels.map(({ description }) => description), path })
    this.push(push.send(trade.openid, settlementEvent(trade, shipment, merchantId, false)))
  }

  /** Where a click on WeChat's message leads; null for WeChat's own page. */
  jumpPath({ transactionId, outTradeNo }: PaidTrade): string | null {
    const path = this.shipments.setting('msgJumpPath')
    const { merchantId, pages } = this.settings
    if (path === '' || !pages.has(path.replace(/^\//, ''))) return null
    const query = new URLSearchParams({ transaction_id: transactionId, merchant_id: merchantId, merchant_trade_no: outTradeNo })
    return `${path}${path.includes('?') ? '&' : '?'}${query.toString()}`
  }

  private nextSettlementAtMs(): number | null {
    const times = this.shipments.unsettled().map(shipment => settledAtMs(shipment) ?? Number.POSITIVE_INFINITY)
    return times.length === 0 ? null : Math.min(...times)
  }

  private async tellSettlements(): Promise<void> {
    const { trades, messages, push, merchantId } = this.settings
    for (const shipment of this.shipments.unsettled().filter(each => (settledAtMs(each) ?? Infinity) <= this.nowMs)) {
      this.shipments.keep([{ ...shipment, isSettlementTold: true }])
      const trade = trades.find({ transactionId: shipment.transactionId })
      if (!trade || trade.isRefunded) continue
      const receivedAt = beijingText(receivedAtMs(shipment) ?? this.nowMs)
      messages.deliver(trade.openid, 'service', { title: '已确认收货', receivedAt, path: this.jumpPath(trade) })
      await push.send(trade.openid, settlementEvent(trade, shipment, merchantId, true))
    }
  }

  /** Nobody waits for an event, so nobody else would hear of its failure. */
  private push(sending: Promise<unknown>): void {
    sending.catch((error: unknown) => console.error(error))
  }
}

/** Entering a complete order again, or in another way, is the one correction that an order may have. */
function isCorrection(shipment: Shipment, upload: Upload): boolean {
  return shipment.isComplete || shipment.mode !== upload.mode || shipment.logisticsType !== upload.logisticsType
}
