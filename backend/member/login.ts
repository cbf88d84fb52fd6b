import type { CodeOf, OutputOf } from '../../contracts/action.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import type { ShopActions } from '../../contracts/shop.ts'
import type { CodeAnswer, World } from '../ports.ts'
import { join, openSession } from './members.ts'

type Answer = Outcome<OutputOf<ShopActions['login']>, CodeOf<ShopActions['login']>>

/**
 * Takes the code of `wx.login` to code2session. In the mini program the platform has already said who calls
 * (`injectedOpenid`): a code that belongs to anyone else is denied. Over HTTP the code alone says it.
 */
export async function login(world: World, injectedOpenid: string | null, input: { code: string }): Promise<Answer> {
  const answer = await world.codeToSession.exchange(input.code)
  if (answer.kind !== 'Session') return refuse(world, answer)
  if (injectedOpenid !== null && injectedOpenid !== answer.openid) return { ok: false, kind: 'denied', code: 'NotAllowed' }
  const [member, session] = await Promise.all([
    join(world, answer.openid),
    openSession(world, answer.openid, answer.sessionKey),
  ])
  return done({ member, session })
}

function refuse(world: World, answer: Exclude<CodeAnswer, { kind: 'Session' }>): Answer {
  switch (answer.kind) {
    case 'CodeDead': return refused('CodeExpired')
    case 'Blocked': return refused('AccountBlocked')
    case 'TooOften': return refused('TooOften')
    case 'Busy': return refused('WeChatBusy')
    case 'Misconfigured':
      world.log.error('Login is not configured', answer.because, {})
      return refused('LoginNotConfigured')
  }
}
