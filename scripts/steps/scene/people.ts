import type { InputOf, OutputOf } from '../../../contracts/action.ts'
import type { MerchantActions } from '../../../contracts/merchant.ts'
import type { ShopActions } from '../../../contracts/shop.ts'

/** Somebody whose phone talks to the shop's doors; a refusal is an error here. */
export interface Person {
  shop: <Name extends keyof ShopActions>(action: Name, input: InputOf<ShopActions[Name]>) => Promise<OutputOf<ShopActions[Name]>>
  merchant: <Name extends keyof MerchantActions>(
    action: Name, input: InputOf<MerchantActions[Name]>,
  ) => Promise<OutputOf<MerchantActions[Name]>>
}

/** The local WeChat at an address: its people, and what only it can do. */
export interface Town {
  /** Logs in as this person's phone would. */
  person: (name: string) => Promise<Person>
  /** Pays a trade without the sheet. */
  pay: (outTradeNo: string) => Promise<unknown>
  /** What the shop does every minute. */
  minute: () => Promise<unknown>
}

async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  return await response.json() as Record<string, unknown>
}

/** The town in which the local shop at this address stands. */
export function townAt(url: string): Town {
  const door = (name: string, openid: string) => async (action: string, input: unknown) => {
    const { result } = await post(`${url}/functions/${name}`, { action, input }, { 'x-wx-openid': openid }) as { result: { ok: boolean, value: never } }
    if (!result.ok) throw new Error(`${openid} ${action}: ${JSON.stringify(result)}`)
    return result.value
  }
  return {
    person: async (name) => {
      const person: Person = { shop: door('shop', `o-${name}`), merchant: door('merchant', `o-${name}`) }
      const { code } = await post(`${url}/wechat/login`, { person: name }) as { code: string }
      await person.shop('login', { code })
      return person
    },
    pay: outTradeNo => post(`${url}/manage/pay/complete`, { outTradeNo }),
    minute: () => post(`${url}/manage/timers/timer`, {}),
  }
}
