import { formatFen } from './money'
import type { Messages } from './zh'
import type { TableTerms } from '@contracts/dining.ts'

/** What is charged at a table beside the dishes, in a few words; empty where nothing is. */
export function termsText({ perPersonFen, serviceBasisPoints }: TableTerms, t: Messages): string {
  const words = t.dining
  return [
    perPersonFen > 0 ? words.perPersonShort({ amount: formatFen(perPersonFen) }) : '',
    serviceBasisPoints > 0 ? words.serviceShort({ percent: serviceBasisPoints / 100 }) : '',
  ].filter(Boolean).join(' · ')
}
