import * as v from 'valibot'
import { action } from './action.ts'
import { Cursor } from './fields.ts'
import type { AfterSaleForStaff, DeadLetter, IncidentView, ListOf, TroubledRefund, Workplace } from './merchant.ts'

/** Something in the set-up that the owner should mend. `detail` names variables, goods or collections; never a key. */
export interface ShopFinding { kind: ShopFindingKind, detail: string }

export type ShopFindingKind =
  | 'GatewayUnknown' | 'GatewayNotReady' | 'OldGatewayNotReady' | 'CloudPayForbidden' | 'CloudPayForMall' | 'CollectionMissing' | 'StoreMissing'

/** How much needs a person in the store of the call, and whether this one may decide about money. */
export interface AttentionCounts { afterSales: number, refunds: number, incidents: number, deadLetters: number, mayDecide: boolean }

export const attentionTabs = ['afterSales', 'refunds', 'incidents', 'deadLetters'] as const
export type AttentionTab = typeof attentionTabs[number]

/** So many stand on a page of these lists, and so many pages can be had at once. */
export const attentionPage = 20
export const attentionPagesMax = 10

/** What stands behind one tab, from the beginning, the oldest first. */
export type AttentionList =
  | { tab: 'afterSales' } & ListOf<AfterSaleForStaff>
  | { tab: 'refunds' } & ListOf<TroubledRefund>
  | { tab: 'incidents' } & ListOf<IncidentView>
  | { tab: 'deadLetters' } & ListOf<DeadLetter>

/** How the shop is set up: what would keep it from taking payments, or is against WeChat's rules. */
export interface ShopCheck { findings: ShopFinding[], gateway: 'cloudpay' | 'wechat-v3' }

const onePage = v.strictObject({ cursor: v.optional(Cursor) })

/** What waits for a person in the store of the call. Incidents that are no single store's are shown to owners alone. */
export const attentionActions = {
  /**
   * How much needs a person, with the first `pages` of one tab: a screen that has grown is refreshed as it is. Only the owner
   * can mend the set-up, and has it looked over with `check`, which costs an operation for each collection; null for clerks and
   * without it. With `place` it tells where that is.
   */
  attention: action<AttentionCounts & { shown: AttentionList, check: ShopCheck | null, workplace: Workplace | null }>()({
    caller: 'clerk',
    input: v.strictObject({
      tab: v.optional(v.picklist(attentionTabs), 'afterSales'),
      pages: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(attentionPagesMax)), 1),
      check: v.optional(v.boolean(), false),
      place: v.optional(v.boolean(), false),
    }),
    codes: [],
  }),
  /** Requests of customers that wait for an answer, the oldest first. */
  afterSales: action<ListOf<AfterSaleForStaff>>()({ caller: 'clerk', input: onePage, codes: [] }),
  refundsInTrouble: action<ListOf<TroubledRefund>>()({ caller: 'clerk', input: onePage, codes: [] }),
  incidents: action<ListOf<IncidentView>>()({ caller: 'clerk', input: onePage, codes: [] }),
  deadLetters: action<ListOf<DeadLetter>>()({ caller: 'clerk', input: onePage, codes: [] }),
} as const
