import type { CodeAnswer, CodeToSession } from '../ports.ts'

export interface CodeToSessionAccount {
  appId: string
  /** From the function's environment; never logged, never sent anywhere but to WeChat. */
  appSecret: string
  /** `https://api.weixin.qq.com` unless a test or the local WeChat stands in. */
  baseUrl: string
}

const TIMEOUT_MS = 4_000
/** WeChat asks to wait and try again when it is busy. */
const PAUSES_MS = [200, 600]

/**
 * code2session over HTTPS: it is not available as a cloud call. A success may come without `errcode`, so the openid
 * decides. Source: sns/jscode2session.
 */
export function openCodeToSession(account: CodeToSessionAccount): CodeToSession {
  return {
    exchange: async (code) => {
      if (!account.appSecret) return { kind: 'Misconfigured', because: 'WECHAT_APP_SECRET is not set in the environment of this function.' }
      for (const pauseMs of PAUSES_MS) {
        const answer = await ask(account, code)
        if (answer.kind !== 'Busy') return answer
        await new Promise(resolve => setTimeout(resolve, pauseMs))
      }
      return ask(account, code)
    },
  }
}

interface Reply { openid?: string, session_key?: string, errcode?: number }

async function ask({ appId, appSecret, baseUrl }: CodeToSessionAccount, code: string): Promise<CodeAnswer> {
  const query = new URLSearchParams({ appid: appId, secret: appSecret, js_code: code, grant_type: 'authorization_code' })
  try {
    const response = await fetch(`${baseUrl}/sns/jscode2session?${query.toString()}`, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    return read(await response.json() as Reply)
  } catch (error) {
    // The address carries the secret, so only the kind of failure is logged.
    console.warn('code2session gave no answer:', error instanceof Error ? error.name : 'unknown')
    return { kind: 'Busy' }
  }
}

function read({ openid, session_key: sessionKey, errcode }: Reply): CodeAnswer {
  if (openid && sessionKey) return { kind: 'Session', openid, sessionKey }
  switch (errcode) {
    case 40029:
    case 40163: return { kind: 'CodeDead' }
    case 40226: return { kind: 'Blocked' }
    case 45011: return { kind: 'TooOften' }
    case -1: return { kind: 'Busy' }
    default: return { kind: 'Misconfigured', because: `code2session answered errcode ${String(errcode)}: check appid and AppSecret.` }
  }
}
