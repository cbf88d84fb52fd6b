import { readJsonObject } from '../http/body.ts'
import { Refusal } from '../http/refusal.ts'
import { sendJson } from '../http/router.ts'
import type { Route } from '../http/router.ts'
import type { ContentSafety } from '../openapi/contentSafety.ts'
import type { Interfaces } from '../openapi/registry.ts'
import type { Suggestion } from '../openapi/riskyWords.ts'
import type { Login } from './login.ts'
import type { Messages } from './messages.ts'
import { openidFrom } from './personRequests.ts'
import { phoneButton } from './personRoutes.ts'

const loginFaults = [40226, 45011, -1]
const suggestions = ['pass', 'review', 'risky']
const labels: Record<Suggestion, number> = { pass: 100, review: 21000, risky: 21000 }

type Given = Record<string, unknown>

export interface ManagedServices {
  login: Login
  interfaces: Interfaces
  messages: Messages
  content: ContentSafety
}

/** Commands for tests: let interfaces fail, plan what the content check says, read what people got. */
export function wechatManageRoutes(services: ManagedServices): Route[] {
  return [
    command('/manage/faults', given => planFault(services, given)),
    command('/manage/content', given => planVerdict(services.content, given)),
    {
      method: 'GET',
      path: '/manage/messages',
      loopbackOnly: true,
      handle: ({ response, url }) => sendJson(response, { messages: services.messages.list(url.searchParams.has('person') ? openidFrom(url) : undefined) }),
    },
  ]
}

function command(path: string, run: (given: Given) => void): Route {
  return {
    method: 'POST',
    path,
    loopbackOnly: true,
    handle: async ({ request, response }) => {
      run(await readJsonObject(request))
      sendJson(response, { ok: true })
    },
  }
}

function planFault({ login, interfaces }: ManagedServices, { api, errcode, times = 1, after = false }: Given): void {
  if (!Number.isInteger(errcode) || errcode === 0) throw new Refusal(400, 'errcode must be a whole number other than 0, such as -1 or 45009.')
  if (!Number.isInteger(times) || Number(times) < 1 || Number(times) > 1000) throw new Refusal(400, 'times must be a whole number from 1 to 1000.')
  if (typeof after !== 'boolean') throw new Refusal(400, 'after must be true for a call that does its work and loses its answer, or false.')
  if (api === 'jscode2session') {
    if (!loginFaults.includes(errcode as number)) throw new Refusal(400, `errcode must be one of ${loginFaults.join(', ')}.`)
    return login.failNext(errcode as number, Number(times))
  }
  const known = [...interfaces.names(), phoneButton]
  if (!known.includes(String(api))) throw new Refusal(400, `api must be jscode2session or one of ${known.join(', ')}; faults of payments have /manage/pay/faults.`)
  interfaces.planFault(String(api), { errcode: errcode as number, isAnswerLost: after }, Number(times))
}

function planVerdict(content: ContentSafety, { pattern, suggest, label }: Given): void {
  if (!suggestions.includes(suggest as string)) throw new Refusal(400, `suggest must be one of ${suggestions.join(', ')}.`)
  const suggestion = suggest as Suggestion
  content.plan(readPattern(pattern), { suggest: suggestion, label: Number.isInteger(label) ? Number(label) : labels[suggestion] })
}

function readPattern(pattern: unknown): RegExp {
  if (typeof pattern !== 'string' || pattern === '') throw new Refusal(400, 'pattern must be a regular expression as text.')
  try {
    return new RegExp(pattern, 'u')
  } catch (error) {
    throw new Refusal(400, `pattern is no regular expression: ${(error as Error).message}.`)
  }
}
