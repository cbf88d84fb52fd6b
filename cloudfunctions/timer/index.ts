import { runJobs } from '../../backend/timer/jobs.ts'
import { wxContext } from '../../backend/wechat/cloud.ts'
import { openWorld } from '../../backend/wechat/world.ts'

/** Every minute. Only the platform's own trigger may run it. */
export const main = async () => {
  const { SOURCE } = wxContext()
  if (SOURCE !== 'wx_trigger') return { done: false, because: 'not allowed' }
  return { done: true, handled: await runJobs(openWorld()) }
}
