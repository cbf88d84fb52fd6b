import { readJsonObject } from '../http/body.ts'
import { Refusal } from '../http/refusal.ts'
import { sendJson } from '../http/router.ts'
import type { Route } from '../http/router.ts'
import { isPerson } from './identity.ts'
import type { Login } from './login.ts'

const provokable = [40226, 45011, -1]

/** `wx.login` for browsers, WeChat's own code2session, and the command that makes it fail. */
export function loginRoutes(login: Login): Route[] {
  return [
    {
      method: 'POST',
      path: '/wechat/login',
      handle: async ({ request, response }) => {
        const { person } = await readJsonObject(request)
        if (!isPerson(person)) throw new Refusal(400, 'person must be 1 to 32 letters, digits, _ or -.')
        sendJson(response, { code: login.createCode(person), errMsg: 'login:ok' })
      },
    },
    {
      method: 'GET',
      path: '/sns/jscode2session',
      handle: ({ response, url }) => {
        const [appid, secret, code, grant] = ['appid', 'secret', 'js_code', 'grant_type'].map(name => url.searchParams.get(name))
        // WeChat sends this JSON as plain text, which some HTTP clients then leave unparsed.
        sendJson(response, login.exchange({ appid, secret, js_code: code, grant_type: grant }), 200, 'text/plain')
      },
    },
    {
      method: 'POST',
      path: '/manage/faults',
      loopbackOnly: true,
      handle: async ({ request, response }) => {
        const { api, errcode, times = 1 } = await readJsonObject(request)
        if (api !== 'jscode2session') throw new Refusal(400, 'api must be jscode2session; faults of payments have /manage/pay/faults.')
        if (!provokable.includes(errcode as number)) throw new Refusal(400, `errcode must be one of ${provokable.join(', ')}.`)
        if (!Number.isInteger(times) || Number(times) < 1 || Number(times) > 1000) throw new Refusal(400, 'times must be a whole number from 1 to 1000.')
        login.failNext(errcode as number, Number(times))
        sendJson(response, { ok: true })
      },
    },
  ]
}
