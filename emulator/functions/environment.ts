import { StartError } from '../emulator.ts'
import type { AppIdentity } from '../emulator.ts'
import { unionidOf } from '../wechat/identity.ts'

/** What the cloud stores of a function's variables, names and values together. Source: SCF. */
const mostEnvironmentBytes = 4 * 1024

/** Who calls a function, as far as WeChat knows. */
export interface Caller {
  /** The SOURCE chain: `wx_client`, `wx_trigger`, `wx_client,scf` … */
  source: string
  /** Only a person in the mini program has one. */
  openid?: string
  clientIp?: string
}

/** Fills `{url}` in the values with this cloud's own address, which nobody knows before it listens. */
export function withAddress(environment: Record<string, Record<string, string>>, url: string): Record<string, Record<string, string>> {
  const filled = (own: Record<string, string>) => Object.fromEntries(Object.entries(own).map(([name, value]) => [name, value.replaceAll('{url}', url)]))
  return Object.fromEntries(Object.entries(environment).map(([functionName, own]) => [functionName, filled(own)]))
}

/** Throws a StartError when the variables of some function are more than the cloud takes. */
export function checkEnvironmentSize(environment: Record<string, Record<string, string>>): void {
  for (const functionName of Object.keys(environment)) {
    const own = { ...environment['*'], ...environment[functionName] }
    const bytes = Object.entries(own).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0)
    if (bytes <= mostEnvironmentBytes) continue
    const whose = functionName === '*' ? 'every function' : `the function ${functionName}`
    throw new StartError(`The environment variables of ${whose} take ${bytes} bytes, and the cloud stores 4096: move the long ones to a file or a collection.`)
  }
}

const inherited = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot']

/** The environment of a function's process: nothing of the emulator's own but what a program needs to run. */
export function processEnvironment(adminUrl: string, app: AppIdentity, own: Record<string, string>): Record<string, string> {
  const kept = inherited.flatMap(name => process.env[name] === undefined ? [] : [[name, process.env[name]]])
  return {
    ...Object.fromEntries(kept) as Record<string, string>,
    // Cloud functions run in UTC; a function that forgets it prints the wrong hour there too.
    TZ: 'UTC',
    ...own,
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: adminUrl }),
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    SCF_NAMESPACE: app.envId,
    TCB_ENV: app.envId,
    TENCENTCLOUD_SECRETID: 'local',
    TENCENTCLOUD_SECRETKEY: 'local',
    TENCENTCLOUD_SESSIONTOKEN: 'local',
    TCB_CONTEXT_KEYS: 'TCB_ENV,TCB_SOURCE,TCB_SEQID',
  }
}

/** The layer that one call lays over its process: the caller's identity, and the token that every SDK request returns. */
export function callEnvironment(caller: Caller, apiToken: string, requestId: string, app: AppIdentity): Record<string, string> {
  const context: Record<string, string> = { WX_APPID: app.appid, WX_API_TOKEN: apiToken }
  if (caller.openid !== undefined) context.WX_OPENID = caller.openid
  const unionid = caller.openid === undefined ? undefined : unionidOf(caller.openid, app)
  if (unionid !== undefined) context.WX_UNIONID = unionid
  if (caller.clientIp !== undefined) context.WX_CLIENTIP = caller.clientIp
  return {
    ...context,
    WX_CONTEXT_KEYS: Object.keys(context).join(','),
    TCB_SOURCE: caller.source,
    TCB_SEQID: requestId,
  }
}
