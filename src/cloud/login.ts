import { wechat } from '@/platform'
import { storage } from '@/platform/storage'
import { send } from './send'
import type { CodeOf, OutputOf } from '@contracts/action.ts'
import type { Outcome } from '@contracts/outcome.ts'
import type { ShopActions } from '@contracts/shop.ts'

type LoginOutcome = Outcome<OutputOf<ShopActions['login']>, LoginCode>

/** Why WeChat or the shop would not let somebody in. */
export type LoginCode = CodeOf<ShopActions['login']>

async function askWithFreshCode(): Promise<LoginOutcome> {
  return send('shop', 'login', { code: await wechat.login() })
}

async function logIn(): Promise<LoginOutcome> {
  const first = await askWithFreshCode()
  // A code lives five minutes and works once; a second fresh one settles it.
  const expired = !first.ok && first.kind === 'refused' && first.code === 'CodeExpired'
  const outcome = expired ? await askWithFreshCode() : first
  if (outcome.ok) storage.write('session', outcome.value.session)
  return outcome
}

let running: Promise<LoginOutcome> | null = null

/** Logs in once, however many calls ask for it at the same time. */
export function login(): Promise<LoginOutcome> {
  running ??= logIn()
    .catch((): LoginOutcome => ({ ok: false, kind: 'broken', code: 'Offline', requestId: '' }))
    .finally(() => { running = null })
  return running
}

/**
 * Logs a newcomer in while they are still reading, so that paying takes everyone the same three calls. Should it fail,
 * nothing is lost: the first call that needs it logs in again and says what is wrong.
 */
export async function loginAhead(): Promise<void> {
  if (storage.read('session') === null) await login()
}

const strangerCodes: Record<LoginCode | 'LoginNeeded', true> = {
  LoginNeeded: true, CodeExpired: true, AccountBlocked: true, TooOften: true, WeChatBusy: true, LoginNotConfigured: true,
}

/** The shop does not know who is calling, and only another login can change that. */
export function isLoginFailure(failure: { code: string }): boolean {
  return failure.code in strangerCodes
}
