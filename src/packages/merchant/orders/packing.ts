import type { InputOf } from '@contracts/action.ts'
import type { MerchantActions } from '@contracts/merchant.ts'

/** WeChat takes no more for one payment. */
export const parcelsMax = 15

/** A parcel while it is being entered; `pieces` says how many of each line are in it. */
export interface Draft { company: string, trackingNumber: string, pieces: number[] }

/** What a sheet shows of them. */
export interface Packing { count: number, at: number, pieces: number[], mayAdd: boolean }

type GivenParcels = InputOf<MerchantActions['shipOrder']>['parcels']

/** One parcel that carries everything that is left of an order. */
export const oneParcel = (left: readonly number[], company = ''): Draft[] => [{ company, trackingNumber: '', pieces: [...left] }]

/** One more, with nothing in it yet, by the company of the one before. */
export const withOneMore = (drafts: Draft[]): Draft[] =>
  [...drafts, { company: drafts[drafts.length - 1]?.company ?? '', trackingNumber: '', pieces: drafts[0]!.pieces.map(() => 0) }]

/** Without one of them; what was in it goes into the first that stays. */
export function without(drafts: Draft[], at: number): Draft[] {
  const gone = drafts[at]!
  return drafts.filter((_, index) => index !== at)
    .map((draft, index) => index === 0 ? { ...draft, pieces: draft.pieces.map((count, line) => count + gone.pieces[line]!) } : draft)
}

/** One piece more in a parcel, taken out of the first other one that has it: nothing is ever lost between two parcels. */
export function moveInto(drafts: Draft[], at: number, line: number): Draft[] {
  const from = drafts.findIndex((draft, index) => index !== at && draft.pieces[line]! > 0)
  return from === -1 ? drafts : moved(drafts, { from, to: at, line })
}

/** One piece less in a parcel: it goes into the next one. */
export function moveOut(drafts: Draft[], at: number, line: number): Draft[] {
  const to = (at + 1) % drafts.length
  return to === at || drafts[at]!.pieces[line] === 0 ? drafts : moved(drafts, { from: at, to, line })
}

function moved(drafts: Draft[], { from, to, line }: { from: number, to: number, line: number }): Draft[] {
  const change = new Map([[from, -1], [to, 1]])
  return drafts.map((draft, index) =>
    ({ ...draft, pieces: draft.pieces.map((count, one) => one === line ? count + (change.get(index) ?? 0) : count) }))
}

/** What WeChat takes for a tracking number: letters, digits and dashes. */
const isNumber = (text: string) => /^[A-Za-z0-9-]{4,64}$/.test(text.trim())

/** Whether each has a company, a number of its own, and something in it. */
export function isComplete(drafts: Draft[]): boolean {
  const numbers = new Set(drafts.map(draft => draft.trackingNumber.trim()))
  return numbers.size === drafts.length
    && drafts.every(({ company, trackingNumber, pieces }) => company !== '' && isNumber(trackingNumber) && pieces.some(count => count > 0))
}

/** As the server takes them: one parcel carries everything without saying so. */
export function given(drafts: Draft[]): GivenParcels {
  return drafts.map(({ company, trackingNumber, pieces }) => {
    const label = { company, trackingNumber: trackingNumber.trim() }
    const lines = pieces.map((quantity, line) => ({ line, quantity })).filter(({ quantity }) => quantity > 0)
    return drafts.length === 1 ? label : { ...label, lines }
  })
}
