import { login } from './login'
import { send } from './send'
import type { LoginCode } from './login'
import type { DoorName } from './transport'
import type { Actions, CodeOf, InputOf, OutputOf } from '@contracts/action.ts'
import type { MerchantActions } from '@contracts/merchant.ts'
import type { Outcome } from '@contracts/outcome.ts'
import type { ShopActions } from '@contracts/shop.ts'

/** What a call may answer: the promise of its action, or the reason why the login before it failed. */
export type Answer<A> = Outcome<OutputOf<A>, CodeOf<A> | LoginCode>

/** Any kind of no. */
export type Failure = Extract<Outcome<unknown>, { ok: false }>

/** A boundary of trust on the server, seen from a page. */
export interface Door<Promised extends Actions> {
  call<Name extends keyof Promised & string>(action: Name, input: InputOf<Promised[Name]>): Promise<Answer<Promised[Name]>>
}

function needsLogin(outcome: Outcome<unknown>): boolean {
  return !outcome.ok && outcome.kind === 'denied' && outcome.code === 'LoginNeeded'
}

function door<Promised extends Actions>(name: DoorName): Door<Promised> {
  return {
    async call<Name extends keyof Promised & string>(action: Name, input: InputOf<Promised[Name]>) {
      type Result = Answer<Promised[Name]>
      const first: Result = await send(name, action, input)
      if (!needsLogin(first)) return first
      const entered = await login()
      return entered.ok ? send(name, action, input) : entered as Result
    },
  }
}

/** The customer's door. Nothing here shows anything: the page decides what a person reads. */
export const shop = door<ShopActions>('shop')

/** The staff's door. */
export const merchant = door<MerchantActions>('merchant')
