import { demoCatalog } from '../../demo/seed.ts'
import { codeOf } from '../../scripts/steps/scene/tables.ts'
import type { TestShop } from '../support/localShop.ts'
import type { Hand, Street } from './hand.ts'

/** What most people do who order from the menu, and the clock of the shop. */

export const inTheMenu = { path: 'pages/menu/menu' }
export const atTheBar = { path: 'packages/merchant/orders/orders' }

/** A dish in the list of the menu. */
export const row = (dish: string): string => `.menu__list .product-row:has(.product-row__name:has-text("${dish}"))`

/** Looks a dish up and puts the first that is found into the cart, with the choices that its sheet proposes. */
export async function add(phone: Hand, dish: string): Promise<void> {
  await phone.type('.search', dish)
  await phone.tap('.menu__found .choose-button, .menu__found .add-button')
  if (demoCatalog.products.find(({ name }) => name.zh === dish)!.optionGroups.length > 0) {
    await phone.tap('.item-sheet__add')
    await phone.gone('.item-sheet')
  }
  await phone.tap('.search__clear')
}

/** A phone that has scanned the code on a table and gone on to its menu. */
export async function guestAt(street: Street, person: string, table: string): Promise<Hand> {
  const phone = await street.phoneOf(person, { scene: codeOf(table) })
  await phone.tap('.dine-in-entry')
  return phone
}

/** Puts the first dish of this name into the cart that a table shares. */
export async function addForTable(phone: Hand, dish: string): Promise<void> {
  await add(phone, dish)
  await phone.see('.table-bar__count')
}

/** From the menu to the till. */
export async function toCheckout(phone: Hand, ...dishes: string[]): Promise<void> {
  for (const dish of dishes) await add(phone, dish)
  await phone.tap('.cart-bar .checkout-button')
  await phone.see('.pay-button')
}

/** One of the next times that the open sheet of times offers: `14:15`. Late in the evening there are few. */
export async function someTime(phone: Hand): Promise<string> {
  await phone.see('.time-slot')
  const times = await phone.texts('.time-slot')
  return times[Math.min(2, times.length - 1)]!.trim()
}

/** A moment by the clock of the shop, so many minutes from now: `14:05`. */
export function clockIn(minutes: number): string {
  return new Date(Date.now() + (8 * 60 + minutes) * 60_000).toISOString().slice(11, 16)
}

/** Opens every store around the clock, whatever it says otherwise. */
export async function openAlways(shop: TestShop): Promise<void> {
  const hours = { from: '00:00', until: '24:00' }
  const week = Array.from({ length: 7 }, () => [hours])
  for (const { id } of [demoCatalog.store, ...demoCatalog.branches]) await shop.admin.change('stores', id, { hours, week })
}
