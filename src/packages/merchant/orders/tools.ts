import { routes } from '@/platform/routes'
import type { Messages } from '@/locales/zh'

/** A page of the shop's staff, as it stands in the grid. */
export interface Tool {
  /** Its tile has the class `ID-entry`. */
  id: string
  /** A file of static/icons without its ending. */
  icon: string
  text: (t: Messages) => string
  open: () => unknown
  /** Clerks are refused there, so they do not see it. */
  isForOwner?: boolean
}

/** Every page that staff go to from the bar. A new one adds its line here. */
export const tools: readonly Tool[] = [
  { id: 'tables', icon: 'table', text: t => t.tables.title, open: routes.tables },
  { id: 'goods', icon: 'box', text: t => t.keeping.title, open: routes.staffGoods },
  { id: 'reviews', icon: 'star', text: t => t.tools.reviews, open: routes.staffReviews },
  { id: 'coupons', icon: 'ticket', text: t => t.coupons.title, open: routes.staffCoupons, isForOwner: true },
  { id: 'home', icon: 'layout', text: t => t.homeArranging.title, open: routes.homeArranging, isForOwner: true },
  { id: 'sales', icon: 'chart', text: t => t.sales.title, open: routes.sales, isForOwner: true },
  { id: 'rules', icon: 'sliders', text: t => t.storeRules.title, open: routes.storeRules, isForOwner: true },
]

/** What this person may open. */
export const toolsFor = (isOwner: boolean): Tool[] => tools.filter(tool => isOwner || !tool.isForOwner)
