import type { Change } from './books.ts'
import type { Violation } from './promises.ts'

/** Whoever has no business in this shop. */
export const stranger = 'o-mallory'

/** In whose name a commit was made. */
export interface Author {
  functionName: string
  caller: { openid?: string }
}

/** Promise 14: a stranger changes nothing, a customer no order of another, and only the owner sends money back. */
export function checkAuthor({ collection, before, after }: Change, { functionName, caller: { openid } }: Author): Violation[] {
  const id = `${collection} ${String((after ?? before)?._id)}`
  // Who asks how often is counted of everybody.
  if (collection === 'limits') return []
  if (!before && collection === 'refunds' && ['ByStaff', 'AfterSale'].includes(String(after?.because)) && openid !== 'o-owner') {
    return [{ promise: 14, what: `${String(openid)} sends money back with ${id}` }]
  }
  if (openid === stranger) return [{ promise: 14, what: `${stranger} changed ${id} through ${functionName}` }]
  if (functionName !== 'shop' || !['orders', 'afterSales', 'coupons'].includes(collection) || after?.openid === openid) return []
  return [{ promise: 14, what: `${String(openid)} changed ${id} of ${String(after?.openid)}` }]
}
