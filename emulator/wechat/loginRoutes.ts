import { sendJson } from '../http/router.ts'
import type { Route } from '../http/router.ts'
import { readPerson } from './personRequests.ts'
import { openidOf } from './identity.ts'
import type { Login } from './login.ts'

/** `wx.login` for browsers, and WeChat's own code2session. `see` is told whoever logs in. */
export function loginRoutes(login: Login, see: (openid: string) => void): Route[] {
  return [
    {
      method: 'POST',
      path: '/wechat/login',
      handle: async ({ request, response }) => {
        const { person } = await readPerson(request)
        see(openidOf(person))
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
  ]
}
