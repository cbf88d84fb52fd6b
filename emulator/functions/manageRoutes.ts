import { Refusal } from '../http/refusal.ts'
import { sendJson } from '../http/router.ts'
import type { Route } from '../http/router.ts'
import type { Functions } from './functions.ts'
import type { Invocations } from './invocations.ts'
import type { FunctionLog } from './log.ts'
import type { Timers } from './timers.ts'

const defaultLimit = 100

/** What the commands look into. */
export interface ManagedFunctions {
  functions: Functions
  invocations: Invocations
  timers: Timers
  log: FunctionLog
}

/** Commands for tests and tools: what was called, what it wrote, and timers out of turn. */
export function functionManageRoutes({ functions, invocations, timers, log }: ManagedFunctions): Route[] {
  return [
    {
      method: 'GET',
      path: '/manage/invocations',
      loopbackOnly: true,
      handle: ({ response, url }) => {
        sendJson(response, { invocations: invocations.list(url.searchParams.get('function') ?? undefined).slice(-limitOf(url)) })
      },
    },
    {
      method: 'GET',
      path: '/manage/logs',
      loopbackOnly: true,
      handle: async ({ response, url }) => {
        const [requestId, functionName] = ['requestId', 'function'].map(name => url.searchParams.get(name) ?? undefined)
        sendJson(response, { lines: await log.read({ requestId, functionName, limit: limitOf(url) }) })
      },
    },
    {
      method: 'POST',
      path: '/manage/timers/*',
      loopbackOnly: true,
      handle: async ({ response, rest }) => {
        if (!functions.find(rest)) throw new Refusal(404, `There is no function ${rest}.`)
        const outcome = await timers.fire(rest)
        if ('failure' in outcome) sendJson(response, { requestId: outcome.requestId, errCode: outcome.failure.errCode, errMsg: outcome.failure.message })
        else sendJson(response, { requestId: outcome.requestId, result: JSON.parse(outcome.result) as unknown })
      },
    },
  ]
}

function limitOf(url: URL): number {
  const limit = Number(url.searchParams.get('limit') ?? defaultLimit)
  if (!Number.isInteger(limit) || limit < 1) throw new Refusal(400, 'limit must be a whole number above 0.')
  return limit
}
