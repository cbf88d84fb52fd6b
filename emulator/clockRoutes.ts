import type { MovableClock } from './clock.ts'
import { readJsonObject } from './http/body.ts'
import { Refusal } from './http/refusal.ts'
import { sendJson } from './http/router.ts'
import type { Route } from './http/router.ts'

const longestAdvanceMs = 366 * 24 * 3600_000
const fastest = 100_000

/** `/manage/clock`: what this WeChat takes for now, and the commands that move it. */
export function clockRoutes(clock: MovableClock): Route[] {
  const show = () => ({ nowMs: clock.nowMs(), speed: clock.speed })
  return [
    { method: 'GET', path: '/manage/clock', loopbackOnly: true, handle: ({ response }) => sendJson(response, show()) },
    {
      method: 'POST',
      path: '/manage/clock',
      loopbackOnly: true,
      handle: async ({ request, response }) => {
        const { advanceMs = 0, speed = clock.speed } = await readJsonObject(request)
        if (!Number.isSafeInteger(advanceMs) || Number(advanceMs) < 0 || Number(advanceMs) > longestAdvanceMs) {
          throw new Refusal(400, 'advanceMs must be a whole number of milliseconds, a year at most: time does not go back.')
        }
        if (typeof speed !== 'number' || !(speed >= 1 && speed <= fastest)) throw new Refusal(400, `speed must be a number from 1 to ${fastest}.`)
        clock.run(speed)
        clock.advance(Number(advanceMs))
        sendJson(response, show())
      },
    },
  ]
}
