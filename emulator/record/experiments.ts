import type { Experiment } from './experiment.ts'
import { documents } from './experiments/documents.ts'
import { services } from './experiments/services.ts'
import { transactions } from './experiments/transactions.ts'

/** Every question that a run asks, in its order. */
export const experiments: Experiment[] = [...documents, ...transactions, ...services]
