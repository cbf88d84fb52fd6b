import * as v from 'valibot'
import { action } from './action.ts'
import { Cursor } from './fields.ts'
import type { AfterSaleForStaff, DeadLetter, IncidentView, ListOf, TroubledRefund } from './merchant.ts'

/** Something in the set-up that the owner should mend. `detail` names variables, goods or collections; never a key. */
export interface ShopFinding { kind: ShopFindingKind, detail: string }

export type ShopFindingKind =
  | 'GatewayUnknown' | 'GatewayNotReady' | 'OldGatewayNotReady' | 'CloudPayForbidden' | 'CloudPayForMall' | 'CollectionMissing' | 'StoreMissing'

/** How much needs a person, and whether this one may decide about money. */
export interface AttentionCounts { afterSales: number, refunds: number, incidents: number, deadLetters: number, mayDecide: boolean }

export const attentionTabs = ['afterSales', 'refunds', 'incidents', 'deadLetters'] as const
export type AttentionTab = typeof attentionTabs[number]

/** The first page of what stands behind one tab, the oldest first. */
export type AttentionList =
  | { tab: 'afterSales' } & ListOf<AfterSaleForStaff>
  | { tab: 'refunds' } & ListOf<TroubledRefund>
  | { tab: 'incidents' } & ListOf<IncidentView>
  | { tab: 'deadLetters' } & ListOf<DeadLetter>

/** How the shop is set up: what would keep it from taking payments, or is against WeChat's rules. */
export interface ShopCheck { findings: ShopFinding[], gateway: 'cloudpay' | 'wechat-v3' }

const onePage = v.strictObject({ cursor: v.optional(Cursor) })

/** What waits for a person. */
export const attentionActions = {
  /**
   * How much needs a person, with the first page of one tab. Only the owner can mend the set-up, and has it looked over with
   * `check`, which costs an operation for each collection; null for clerks and without it.
   */
  attention: action<AttentionCounts & { shown: AttentionList, check: ShopCheck | null }>()({
    caller: 'clerk',
    input: v.strictObject({ tab: v.optional(v.picklist(attentionTabs), 'afterSales'), check: v.optional(v.boolean(), false) }),
    codes: [],
  }),
  /** Requests of customers that wait for an answer, the oldest first. */
  afterSales: action<ListOf<AfterSaleForStaff>>()({ caller: 'clerk', input: onePage, codes: [] }),
  refundsInTrouble: action<ListOf<TroubledRefund>>()({ caller: 'clerk', input: onePage, codes: [] }),
  incidents: action<ListOf<IncidentView>>()({ caller: 'clerk', input: onePage, codes: [] }),
  deadLetters: action<ListOf<DeadLetter>>()({ caller: 'clerk', input: onePage, codes: [] }),
} as const
