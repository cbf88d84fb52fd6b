import type { IndexDeclaration } from '../emulator/database/database.ts'
import { seededRandom } from './seededRandom.ts'

/** An order as a shop stores it. */
export interface Order {
  _id: string
  /** Always the value of `_id`, in a field of its own: the query by it shows what a search without an index costs. */
  number: string
  member: string
  store: string
  status: typeof STATUSES[number]
  createdAtMs: number
  lines: { sku: string, title: string, image: string, options: string[], count: number, priceCents: number }[]
  amounts: { goodsCents: number, deliveryCents: number, discountCents: number, totalCents: number }
  address: { name: string, phone: string, region: { province: string, city: string, district: string }, detail: string }
  history: { status: string, atMs: number }[]
  note: string
}

export const STATUSES = ['unpaid', 'paid', 'shipped', 'done', 'closed'] as const

/** The indexes that a shop needs for its lists of orders. */
export const ORDER_INDEXES: IndexDeclaration[] = [
  { name: 'member_createdAtMs', keys: [{ field: 'member', direction: 'asc' }, { field: 'createdAtMs', direction: 'desc' }] },
  { name: 'status_createdAtMs', keys: [{ field: 'status', direction: 'asc' }, { field: 'createdAtMs', direction: 'desc' }] },
  {
    name: 'store_status_createdAtMs',
    keys: [{ field: 'store', direction: 'asc' }, { field: 'status', direction: 'asc' }, { field: 'createdAtMs', direction: 'asc' }],
  },
]

const FIRST_DAY_MS = Date.UTC(2025, 0, 1)
const MINUTE_MS = 60_000
/** How many orders a member has, on average. */
const ORDERS_PER_MEMBER = 20
/** Most orders are over; few are still to be paid or sent. */
const STATUS_OF_TEN = ['unpaid', 'paid', 'shipped', 'done', 'done', 'done', 'done', 'done', 'closed', 'closed'] as const
const TITLES = ['手冲咖啡豆 埃塞俄比亚 250g', '燕麦拿铁', '抹茶千层蛋糕', '冷萃咖啡液 6 瓶装', '海盐焦糖可颂', '陶瓷马克杯 350ml']

/** Orders of many members, one a minute. The same for the same count. */
export function* orders(count: number): Generator<Order> {
  const random = seededRandom(7)
  const below = (limit: number): number => Math.floor(random() * limit)
  for (let place = 0; place < count; place++) yield order(place, below(Math.ceil(count / ORDERS_PER_MEMBER)), below)
}

/** The name of the order at a place in the sequence. */
export function numberAt(place: number): string {
  return `20250101${String(place).padStart(8, '0')}`
}

function order(place: number, member: number, below: (limit: number) => number): Order {
  const createdAtMs = FIRST_DAY_MS + place * MINUTE_MS
  const lines = Array.from({ length: 1 + below(4) }, () => line(below))
  const goodsCents = lines.reduce((sum, { count, priceCents }) => sum + count * priceCents, 0)
  const status = STATUS_OF_TEN[below(STATUS_OF_TEN.length)] ?? 'done'
  return {
    _id: numberAt(place), number: numberAt(place), member: `o-member${member}`, store: `store${below(5)}`, status, createdAtMs, lines,
    amounts: { goodsCents, deliveryCents: 600, discountCents: 300, totalCents: goodsCents + 300 },
    address: {
      name: '王小明', phone: `138${String(10_000_000 + member)}`, detail: `中山路 ${1 + below(400)} 号 ${1 + below(30)} 楼`,
      region: { province: '上海市', city: '上海市', district: '徐汇区' },
    },
    history: [{ status: 'unpaid', atMs: createdAtMs }, { status, atMs: createdAtMs + MINUTE_MS }],
    note: below(5) === 0 ? '请放在门口，谢谢' : '',
  }
}

function line(below: (limit: number) => number): Order['lines'][number] {
  const product = below(TITLES.length)
  return {
    sku: `sku-${product}-${below(3)}`, title: TITLES[product] ?? '', image: `cloud://local-env.local/products/${product}.webp`,
    options: ['中杯', '少冰'], count: 1 + below(3), priceCents: 1_000 + 100 * below(90),
  }
}
