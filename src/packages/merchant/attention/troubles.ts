import { formatFen } from '@/locales/money'
import type { Messages } from '@/locales/zh'
import type { DeadLetter, IncidentKind, IncidentView, TroubledRefund } from '@contracts/merchant.ts'

/** What a card of trouble says and offers. */
export interface Trouble {
  title: string
  subject: string
  /** Null where it is about no money. */
  amountFen: number | null
  atMs: number
  advice: string
  facts: string[]
  /** What to look up on the merchant platform. */
  number: string
  primary: string
  /** Empty where there is one thing to do. */
  secondary: string
}

type TroubledState = keyof Messages['attention']['refund']

const known = (state: TroubledRefund['state'], t: Messages): TroubledState => state in t.attention.refund ? state as TroubledState : 'Failed'

/** Money that lacks needs no settling by hand, and a dead account is not asked again. */
export function refundTrouble(refund: TroubledRefund, t: Messages): Trouble {
  const words = t.attention
  const state = known(refund.state, t)
  // A short account is told by the title already.
  const said = refund.said === '' || state === 'NotEnough' ? [] : [words.wechatSaid({ text: refund.said })]
  return {
    title: words.refund[state],
    subject: `#${refund.shortId} · ${words.because[refund.because]}`,
    amountFen: refund.amountFen,
    atMs: refund.atMs,
    advice: words.refundDo[state],
    facts: [...said, ...refund.tries > 0 ? [words.tries({ count: refund.tries })] : []],
    number: refund.id,
    primary: state === 'Abnormal' ? words.settle : words.retry,
    secondary: state === 'Closed' || state === 'Failed' ? words.settle : '',
  }
}

/** Found in WeChat's bill of a day: its amounts are WeChat's and ours, and either side may know nothing. */
const ofBills: readonly IncidentKind[] = [
  'MoneyWithoutOrder', 'PaidThereNotHere', 'PaidHereNotThere', 'RefundMissingHere', 'RefundMissingThere', 'RefundAmountDiffers',
]

export function incidentTrouble(incident: IncidentView, t: Messages): Trouble {
  const words = t.attention
  const { amountFen, expectedFen } = incident
  const amounts = ofBills.includes(incident.kind) ? words.amountsThere : words.amounts
  return {
    title: words.incident[incident.kind],
    subject: [...incident.shortId === '' ? [] : [`#${incident.shortId}`], ...incident.isShopWide ? [words.shopWide] : []].join(' · '),
    amountFen: Math.max(amountFen, ofBills.includes(incident.kind) ? expectedFen : 0),
    atMs: incident.atMs,
    advice: words.incidentDo[incident.kind],
    facts: [
      ...amountFen === expectedFen ? [] : [amounts({ amount: formatFen(amountFen), expected: formatFen(expectedFen) })],
      ...incident.retriedAtMs === null ? [] : [words.billAsked],
    ],
    number: incident.outTradeNo,
    ...mayAskAgain(incident) ? { primary: words.retryBill, secondary: words.resolve } : { primary: words.resolve, secondary: '' },
  }
}

/** A missing bill can be asked for again, unless that is under way. */
export const mayAskAgain = ({ kind, retriedAtMs }: IncidentView): boolean => kind === 'BillMissing' && retriedAtMs === null

export function deadTrouble(effect: DeadLetter, t: Messages): Trouble {
  const words = t.attention
  return {
    title: words.effect[effect.kind],
    subject: `#${effect.shortId}`,
    amountFen: null,
    atMs: effect.atMs,
    advice: words.effectDo[effect.kind],
    facts: [...effect.said === '' ? [] : [words.wechatSaid({ text: effect.said })], words.tries({ count: effect.tries })],
    number: effect.orderId,
    primary: words.retryEffect,
    secondary: words.dismiss,
  }
}
