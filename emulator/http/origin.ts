import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/** True when the request comes from this very machine. */
export function isLoopback(request: IncomingMessage): boolean {
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return address === '::1' || address.startsWith('127.')
}

/** The address of whoever sent the request, as IPv4 where it is one. */
export function clientAddress(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
}

/**
 * False for a request that a browser sends on behalf of a foreign page. The emulator has no passwords,
 * so any page that its user happens to visit could otherwise pay or read in their name.
 */
export function isOwnPage(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const page = new URL(origin)
  return page.host === host || ['localhost', '127.0.0.1', '[::1]'].includes(page.hostname)
}

/**
 * False for a request that was sent to a name, unless it is the one that the emulator listens on. A foreign site can point
 * its own name at this machine, and its pages would then be taken for ours; it cannot do so with an address.
 */
export function isOwnAddress({ headers: { host = '' } }: IncomingMessage, ownName: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false
  const name = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '')
  return name === 'localhost' || name === ownName.toLowerCase() || isIP(name) !== 0
}
