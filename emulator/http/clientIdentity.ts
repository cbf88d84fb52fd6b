import type { IncomingMessage } from 'node:http'
import { isLoopback } from './origin.ts'
import { Refusal } from './refusal.ts'

/**
 * The openid of the person in whose name a mini program sends a request; undefined for nobody. Only this machine may say
 * who it is: a page on the local network must log in like everyone else.
 */
export function openidOf(request: IncomingMessage): string | undefined {
  const openid = request.headers['x-wx-openid']
  if (openid === undefined) return undefined
  if (!isLoopback(request)) throw new Refusal(401, 'Only the machine that the emulator runs on may set x-wx-openid.')
  if (typeof openid !== 'string' || !/^[\w-]{1,64}$/.test(openid)) throw new Refusal(400, 'x-wx-openid must be 1 to 64 letters, digits, _ or -.')
  return openid
}
