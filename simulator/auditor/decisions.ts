/** What the owner has decided about money back, as it was said to the shop. */
export interface Decision {
  /** The wish of one moment, kept over retries. */
  key: string
  orderId: string
  amountFen: number
  /** Goods that the customer gave back with it. */
  goods: readonly { line: number, quantity: number }[]
}

/** Everything that the owner has ever asked for: nothing else may go back of a paid order. */
export class Decisions {
  private readonly byOrder = new Map<string, Map<string, Decision>>()

  decided(decision: Decision): void {
    const known = this.byOrder.get(decision.orderId) ?? new Map<string, Decision>()
    this.byOrder.set(decision.orderId, known.set(decision.key, decision))
  }

  of(orderId: unknown): Decision[] {
    return [...this.byOrder.get(String(orderId))?.values() ?? []]
  }

  /** Pieces of some lines that the owner has put back on the counter. */
  piecesOf(orderId: unknown, isMeant: (line: number) => boolean): number {
    const goods = this.of(orderId).flatMap(decision => decision.goods).filter(({ line }) => isMeant(line))
    return goods.reduce((sum, { quantity }) => sum + quantity, 0)
  }
}
