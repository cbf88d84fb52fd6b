import type { RefundState } from '../../contracts/order.ts'
import type { Machine } from '../machine.ts'

/** Accepted is not done: WeChat says later whether the money has arrived. */
export const refundMachine: Machine<RefundState> = {
  name: 'refund',
  initial: 'Requested',
  edges: {
    Requested: { Accepted: 'WeChat has taken it up', Failed: 'WeChat refused it for two days' },
    Accepted: { Succeeded: 'the money is with the customer', Failed: 'it did not arrive for two days' },
    Failed: { Succeeded: 'the money arrived after all' },
    Succeeded: {},
  },
}

/** After so many tries a person has to look: with the delays below that is about two days. */
export const TRIES_MAX = 60

/** 15 s, then twice as long each time, at most an hour. */
export const retryDelayMs = (tries: number): number => Math.min(15_000 * 2 ** Math.min(tries, 10), 3_600_000)
