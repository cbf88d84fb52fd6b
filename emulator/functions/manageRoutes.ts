import { Refusal } from '../http/refusal.ts'
import { sendJson } from '../http/router.ts'
import type { Route } from '../http/router.ts'
import type { Functions } from './functions.ts'
import type { Invocations } from './invocations.ts'
import type { Timers } from './timers.ts'

const defaultRecords = 100

/** Commands for tests and tools: what was called, and timers out of turn. */
export function functionManageRoutes(functions: Functions, invocations: Invocations, timers: Timers): Route[] {
  return [
    {
      method: 'GET',
      path: '/manage/invocations',
      loopbackOnly: true,
      handle: ({ response, url }) => {
        const limit = Number(url.searchParams.get('limit') ?? defaultRecords)
        if (!Number.isInteger(limit) || limit < 1) throw new Refusal(400, 'limit must be a whole number above 0.')
        sendJson(response, { invocations: invocations.list(url.searchParams.get('function') ?? undefined).slice(-limit) })
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
