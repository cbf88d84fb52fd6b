import type { TestShop } from '../support/localShop.ts'

/**
 * A way into the shop: a code that was scanned, or pressed long as a picture in a chat, a page that a card leads to, or none of these.
 */
export interface Way { scene?: string, isPicture?: boolean, path?: string }

/** A place on the map of the local WeChat (`src/platform/localPlaces.ts`). */
export type PlaceName = '运河文化广场' | '小河直街' | '大关小区' | '浙江大学西溪校区' | '西湖断桥' | '萧山机场'

/** Something that led out of the shop: a number that was dialled, or a place that was opened on the map. */
export type Outing = { phone: string } | { latitude: number, longitude: number }

/**
 * What a person does with a phone and sees on it, whichever build runs there. A target is a text or an aria-label, whole, or a
 * selector (`.name`, `[attribute]`), and means what can be seen of it. Whatever is asked for is waited for.
 */
export interface Hand {
  tap(target: string): Promise<void>
  type(target: string, text: string): Promise<void>
  see(target: string): Promise<void>
  /** Waits until it lies before one's eyes, without anybody scrolling there. */
  inSight(target: string): Promise<void>
  /** Waits until nothing of it is to be seen. */
  gone(target: string): Promise<void>
  /** Waits until this can be read somewhere on the page in front, in the middle of other words or not. */
  read(words: string): Promise<void>
  /** Everything that can be read on what is seen of a target right now, one entry each. */
  texts(target: string): Promise<string[]>
  attribute(target: string, name: string): Promise<string | null>
  /** Waits until the page in front is there, whatever it shows first. */
  arrived(): Promise<void>
  /** The page in front: `pages/cart/cart`. */
  route(): string | Promise<string>
  /** Leaves the shop and comes in this way. What the phone keeps is still there. */
  open(way: Way): Promise<void>
  /** Turns the page in front to its end, as who wants to see more does. */
  scrollToEnd(): Promise<void>
  /** How far down the page in front is turned, in px. */
  scrolledPx(): Promise<number>
  /** Turns what lies side by side to the next, with a finger. */
  swipe(target: string): Promise<void>
  /** The way back that WeChat, or the browser, has beside a page. */
  back(): Promise<void>
  /** Types the payment password into WeChat's sheet, which is waited for. */
  pay(): Promise<void>
  /** Closes WeChat's sheet without paying. */
  leaveCashier(): Promise<void>
  /** Taps what asks for a picture, and takes one that is this many pixels wide. */
  takePicture(target: string, widthPx?: number): Promise<void>
  /** Taps what asks for a place on the map, and chooses this one. */
  choosePlace(target: string, place: PlaceName): Promise<void>
  /** Taps what asks WeChat whether the goods have arrived, and says that they have. */
  confirmReceipt(target: string): Promise<void>
  /** Where the phone is from now on, when the shop asks and the person lets it know; null is a person who does not. */
  standAt(where: { latitude: number, longitude: number } | null): Promise<void>
  setOffline(isOffline: boolean): Promise<void>
  /** Pulls the page down, or the list that fills it, and lets go. */
  pullDown(): Promise<void>
  /** What led out of the shop so far. */
  outings(): Promise<Outing[]>
  /** What was asked of the server since this was last asked, by the names of the actions. */
  asked(): string[]
  until(what: string, check: () => Promise<boolean> | boolean): Promise<void>
}

/** A shop of its own, and people with phones of their own who come to it. A test with a fault on any phone fails. */
export interface Street {
  readonly shop: TestShop
  phoneOf(person: string, way?: Way): Promise<Hand>
}
