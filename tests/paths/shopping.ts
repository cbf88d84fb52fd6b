import { demoCatalog } from '../../demo/seed.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import type { OrderView } from '../../contracts/order.ts'
import type { Hand, Street } from './street.ts'

/** What the demo shop calls its goods, in Chinese. */
export const nameOf = (productId: string): string => demoCatalog.products.find(({ id }) => id === productId)!.name.zh

export const pageOf = (productId: string): string => `packages/mall/product/product?productId=${productId}`

/** What the server answered; it must not have said no. */
export function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  return outcome.value
}

/** The orders of a person as the server has them, the latest first. */
export async function ordersOf({ shop }: Street, person: string): Promise<OrderView[]> {
  return valueOf(await shop.as(`o-${person}`).shop('orders', { tab: 'All' })).orders
}

/** On the page of goods: puts this kind of them into the cart, and stays there. */
export async function putIn(phone: Hand, ...values: string[]): Promise<void> {
  await phone.tap('.add-to-cart')
  for (const value of values) await phone.tap(`.spec-${value}`)
  await phone.tap('.sku-add-button')
  await phone.gone('.sku-add-button')
}

/** Opens the page of goods and goes with this kind of them straight to the checkout. */
export async function buyNow(phone: Hand, productId: string, ...values: string[]): Promise<void> {
  await phone.open({ path: pageOf(productId) })
  await phone.tap('.buy-now')
  for (const value of values) await phone.tap(`.spec-${value}`)
  await phone.tap('.sku-buy-button')
  await phone.see('.pay-button')
}

/** At the checkout or on an order: pays, and sees that it was. */
export async function pay(phone: Hand): Promise<void> {
  await phone.tap('.pay-button')
  await phone.pay()
  await phone.see('.result-paid')
}

/** At the checkout: writes down the address that WeChat knows, and has it sent there. */
export async function takeWeChatAddress(phone: Hand): Promise<void> {
  await phone.tap('.address-card')
  await phone.tap('.from-wechat-button')
  await phone.tap('.save-button')
  await phone.tap('.address-row')
}
