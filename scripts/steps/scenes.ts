import { demoCatalog } from '../../demo/seed.ts'

/** Orders that stand in the shop before a picture of it is taken: made through the doors, as a customer would. */

type Input = Record<string, unknown>

async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  return await response.json() as Record<string, unknown>
}

/** Calls a door of the shop as this person; throws where it says no. */
export async function call<T>(url: string, openid: string, action: string, input: Input, door: 'shop' | 'merchant' = 'shop'): Promise<T> {
  const { result } = await post(`${url}/functions/${door}`, { action, input }, { 'x-wx-openid': openid }) as { result: { ok: boolean, value: T } }
  if (!result.ok) throw new Error(`${action}: ${JSON.stringify(result)}`)
  return result.value
}

/** Makes this person a member, as opening the mini program does. */
export async function logIn(url: string, openid: string): Promise<void> {
  const { code } = await post(`${url}/wechat/login`, { person: openid.replace(/^o-/, '') })
  await call(url, openid, 'login', { code })
}

/** The first choice of every group of a product that has to be chosen from. */
export function firstChoices(productId: string): string[] {
  const product = demoCatalog.products.find(({ id }) => id === productId)
  return (product?.optionGroups ?? []).filter(group => group.min > 0).map(group => group.choices[0]!.id)
}

const LINES = ['brown-sugar-pearl-milk', 'earl-grey-cookies'].map(productId => ({ productId, choiceIds: firstChoices(productId), quantity: 1 }))

/** An order that waits for its money; answers its id. */
export async function orderedOnly(url: string, openid: string): Promise<string> {
  await logIn(url, openid)
  const { totalFen } = await call<{ totalFen: number }>(url, openid, 'quote', { lines: LINES })
  const table = demoCatalog.links.find(link => link.kind === 'Table')!
  const { id } = await call<{ id: string }>(url, openid, 'placeOrder', {
    requestId: crypto.randomUUID(), lines: LINES, fulfilment: { kind: 'DineIn', linkId: table.id }, remark: '珍珠多一点', expectedTotalFen: totalFen,
  })
  return id
}

/** An order that the bar is working on; answers its id. */
export async function orderedAndPaid(url: string, openid: string): Promise<string> {
  const orderId = await orderedOnly(url, openid)
  const { outTradeNo } = await call<{ outTradeNo: string }>(url, openid, 'unifiedOrder', { orderId })
  await post(`${url}/manage/pay/complete`, { outTradeNo })
  await call(url, openid, 'syncPayment', { orderId })
  return orderId
}
