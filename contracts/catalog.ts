import type { Way } from './fulfilment.ts'
import type { WaitRange } from './kitchen.ts'

/** Goods and the store, as the customer sees them. All amounts are integers in fen. */

/** A text in both languages of the shop. */
export interface Localized { zh: string, en: string }

export interface Store {
  id: string
  name: Localized
  address: Localized
  phone: string
  /** Beijing time, `HH:MM`: today's ranges in one, for a glance. */
  hours: { from: string, until: string }
  /** From Sunday to Saturday, where the days differ or have several ranges. */
  week?: { from: string, until: string }[][]
  /** Days on which it stays closed, `YYYYMMDD` in Beijing, from today on. */
  closedDays: { day: string, because: Localized }[]
  /** It takes no orders until its owner says so, in the owner's words; absent while it works. */
  resting?: Localized
  /** It takes orders now. */
  isOpen: boolean
  /** When a closed store takes orders again; null when it is open, or for longer than a month. */
  opensAtMs: number | null
  /** A closed store takes orders for a time at which it is open. */
  mayPreorder: boolean
  /** How long an order takes from now; absent while nothing can be promised. */
  wait?: WaitRange
  /** It takes no orders until then, except for later. */
  pausedUntilMs?: number
  /** How its goods can reach the customer. */
  ways: Way[]
  /** What there is on the spot: parking, Wi-Fi, a power bank. */
  services: Localized[]
  notice: Localized
  /** GCJ-02 degrees. */
  latitude: number
  longitude: number
  picture: string
}

/** How to reach a store: by phone, and on the map. */
export type Whereabouts = Pick<Store, 'name' | 'address' | 'phone' | 'latitude' | 'longitude'>

/** Menu is made to order at the bar; Mall is taken from the shelf. */
export type GoodsKind = 'Menu' | 'Mall'

/** `picture` stands for it in strips of the mall. */
export interface Category { id: string, kind: GoodsKind, name: Localized, picture?: string }

/** Its id is unique within the product, so that a cart names choices without their groups. */
export interface Choice {
  id: string
  name: Localized
  deltaFen: number
  /** There is none of it for now; everything else of the product can still be had. */
  isSoldOut?: boolean
  /** Of a set meal: the dish that this choice puts into the set. */
  part?: SetPart
}

/** One dish of a set meal: another product, made as the set says. */
export interface SetPart {
  productId: string
  name: Localized
  picture: string
  /** Pieces in one set. */
  quantity: number
  choiceIds: string[]
  choices: Localized[]
  /** What its pieces cost when they are ordered by themselves, made the same way. */
  listFen: number
}

/** What some people must not eat or drink, so the menu tells it before they ask. */
export const allergens = ['Milk', 'Gluten', 'Egg', 'Nuts', 'Soy', 'Alcohol', 'Caffeine'] as const
export type Allergen = typeof allergens[number]

export interface OptionGroup {
  id: string
  name: Localized
  /** How many choices must and may be taken. */
  min: number
  max: number
  choices: Choice[]
}

/** One way in which the pieces of a product differ: colour, size. The ids of values are unique within the product. */
export interface SpecGroup { id: string, name: Localized, values: SpecValue[] }

export interface SpecValue { id: string, name: Localized }

/** One combination of values that can be bought, with a price and a shelf of its own. Its id is unique within the product. */
export interface Sku {
  id: string
  /** One value of each group, in the order of the groups. */
  valueIds: string[]
  priceFen: number
  originalFen?: number
  memberPriceFen?: number
  /** Where it looks other than the product. */
  picture?: string
  weightGrams: number
  /** Pieces that can still be bought; null where nobody counts. */
  left: number | null
}

export interface Product {
  id: string
  categoryId: string
  kind: GoodsKind
  name: Localized
  summary: Localized
  /** A cloud file id (`cloud://…`). */
  picture: string
  /** The lowest price of its SKUs, where it has any. */
  priceFen: number
  /** The price before, to be struck through. */
  originalFen?: number
  /** What a member pays instead of `priceFen`, when that is less. */
  memberPriceFen?: number
  soldCount: number
  badge?: Localized
  /** How much of it there is: "500 ml", "two pieces". */
  portion?: Localized
  allergens?: Allergen[]
  /** How hot it is, from 1 to 3 chillies. */
  spice?: 1 | 2 | 3
  optionGroups: OptionGroup[]
  /** Of a set meal: what is always in it. What can be picked stands in the option groups, as a part of each choice. */
  parts?: SetPart[]
  /** Empty, as are the SKUs, for goods of which there is one kind. */
  specs: SpecGroup[]
  skus: Sku[]
  /** What one piece weighs when it is posted; of goods with SKUs each SKU says it. */
  weightGrams: number
  /** How many can be made on one day. */
  perDay?: number
  /** In which ways it can go; without, what its kind usually does. */
  ways?: Way[]
  /** How much of the kitchen one piece takes, in its points; 1 where it says nothing. */
  workload?: number
  /** How many pieces one order may hold. */
  perOrderMax?: number
  /** Pieces that can still be bought, of all SKUs together; null where nobody counts. */
  left: number | null
}

export interface Banner { id: string, picture: string, title: Localized, subtitle: Localized, productId?: string }

/** Where a scanned code brought the customer. An unknown code still opens the shop. */
export type Arrival =
  /** `hasSittings`: those at the table share a cart and a bill; absent, everybody orders alone. */
  | { kind: 'Table', linkId: string, tableName: string, storeId: string, hasSittings?: boolean }
  | { kind: 'Link', linkId: string, storeId: string }
  | { kind: 'Unknown' }

/** `initials` are the first letters of its name as it is spoken, for a search in Chinese without typing Chinese. */
export interface MenuProduct extends Product { initials: string }

/** What somebody orders again and again, as they had it last. */
export interface UsualWish { productId: string, choiceIds: string[] }

export interface MenuScreen {
  store: Store
  categories: Category[]
  products: MenuProduct[]
  /** What this person orders most, the most frequent first. Empty for whom nobody knows, and for who has never ordered. */
  usual: UsualWish[]
}
